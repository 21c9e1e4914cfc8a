using NodaTime;
using Slotwright.Schedules;
using Slotwright.Tenancy;

namespace Slotwright.Pages.BackOffice;

/// <summary>What staff look up before they act: schedules, one appointment, the appointments of some days.</summary>
public sealed class DayBook(Grains grains, Faces faces)
{
    /// <summary>All of the account, in the order made.</summary>
    public async Task<IReadOnlyList<ScheduleFace>> Schedules(int accountId)
    {
        var all = new List<ScheduleFace>();
        foreach (var listing in await faces.Schedules(accountId))
        {
            if (await faces.Schedule(accountId, listing.Id) is { } schedule)
            {
                all.Add(schedule);
            }
        }

        return all;
    }

    /// <summary>An appointment or block of any schedule of the account, cancelled ones too; null: there is none of that number.</summary>
    public async Task<DayEntry?> Find(int accountId, int appointmentId)
    {
        if (await grains.Account(accountId).ScheduleOf(appointmentId) is not { } scheduleId)
        {
            return null;
        }

        var found = await Grains.Again(() => grains.Schedule(accountId, scheduleId).Find(appointmentId));
        return found is null ? null : DayEntry.Of(found, await Schedules(accountId));
    }

    /// <summary>What is live and touches [from, to) on all schedules, ascending by start; 1,000 at most.</summary>
    public async Task<IReadOnlyList<DayEntry>> Between(int accountId, Instant from, Instant to) =>
        DayEntry.Of(await grains.Account(accountId).Day(from, to), await Schedules(accountId));
}
