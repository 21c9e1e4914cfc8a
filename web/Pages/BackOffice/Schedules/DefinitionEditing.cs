using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using NodaTime;
using NodaTime.Serialization.SystemTextJson;
using Slotwright.Localisation;
using Slotwright.Schedules;
using Slotwright.Tenancy;

namespace Slotwright.Pages.BackOffice.Schedules;

/// <summary>
/// Reads a schedule's definition and changes one part of it. Two people who change different parts do not meet; of two who change
/// the same part the second is told, and nothing of either is lost.
/// </summary>
public sealed class DefinitionEditing(Grains grains, Faces faces)
{
    private static readonly JsonSerializerOptions Spelling = new JsonSerializerOptions().ConfigureForNodaTime(DateTimeZoneProviders.Tzdb);

    /// <summary>Null: the account has no such schedule.</summary>
    public Task<ScheduleDefinition?> Read(int accountId, int scheduleId) => Grains.Again(() => grains.Schedule(accountId, scheduleId).Definition());

    /// <summary>What the hours stored now no longer hold and those of that definition did; null: nothing.</summary>
    public async Task<LeftOutside?> LeftOutside(int accountId, int scheduleId, ScheduleDefinition before) =>
        await Grains.Again(() => grains.Schedule(accountId, scheduleId).LeftOutside(before)) is { Count: > 0 } outside
            ? new LeftOutside(outside.Count, outside[0].Start.InZone(TimeWords.Zone(before.TimeZone)).Date)
            : null;

    /// <summary>Stands for what a page showed: equal only when that part of the definition is equal.</summary>
    public static string SeenOf(object part) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(part, Spelling))))[..32];

    /// <summary>Stores the changed part where it still is what was seen; else <see cref="ScheduleRefusal.ChangedMeanwhile"/>.</summary>
    public async Task<Outcome<ScheduleDefinition, ScheduleRefusal>> Change(
        int accountId, int scheduleId, string seen, Func<ScheduleDefinition, object> part, Func<ScheduleDefinition, ScheduleDefinition> change)
    {
        for (var attempt = 0; attempt < 5; attempt++)
        {
            if (await Read(accountId, scheduleId) is not { } present)
            {
                return ScheduleRefusal.UnknownSchedule;
            }

            if (SeenOf(part(present)) != seen)
            {
                return ScheduleRefusal.ChangedMeanwhile;
            }

            var outcome = await grains.Schedule(accountId, scheduleId).Define(change(present));
            if (outcome.Refusal != ScheduleRefusal.ChangedMeanwhile)
            {
                faces.ForgetSchedule(accountId, scheduleId);
                return outcome;
            }
        }

        return ScheduleRefusal.ChangedMeanwhile;
    }
}
