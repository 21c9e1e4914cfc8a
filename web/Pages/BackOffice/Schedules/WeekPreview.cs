using NodaTime;
using Slotwright.Appointments;
using Slotwright.Localisation;
using Slotwright.Schedules;
using Slotwright.Tenancy;

namespace Slotwright.Pages.BackOffice.Schedules;

/// <summary>The free times that a definition gives in one week, beside what is booked already.</summary>
/// <param name="Days">Seven, ascending.</param>
public sealed record WeekPreview(IReadOnlyList<PreviewDay> Days)
{
    public int Count => Days.Sum(day => day.Times.Count);
}

/// <summary>One day and the wall-clock times at which customers could begin.</summary>
public sealed record PreviewDay(LocalDate Date, IReadOnlyList<LocalTime> Times);

/// <summary>Asks what a definition would give.</summary>
public sealed class PreviewReader(Grains grains, IClock clock)
{
    /// <summary>Of next week, or of the next seven days where the horizon ends before. Null: such a definition is refused.</summary>
    public async Task<WeekPreview?> Of(int accountId, int scheduleId, ScheduleDefinition definition)
    {
        var zone = TimeWords.Zone(definition.TimeZone);
        var today = clock.GetCurrentInstant().InZone(zone).Date;
        var monday = today.PlusDays(8 - (int)today.DayOfWeek);
        var from = definition.HorizonDays < 14 ? today : monday;
        var free = await Grains.Again(() => grains.Schedule(accountId, scheduleId).Preview(definition, new FreeTimesQuery { From = from, To = from.PlusDays(6) }));
        if (!free.Accepted)
        {
            return null;
        }

        var byDay = free.Value.Times.Select(time => time.Start.InZone(zone).LocalDateTime).ToLookup(start => start.Date, start => start.TimeOfDay);
        return new WeekPreview([.. Enumerable.Range(0, 7).Select(from.PlusDays).Select(day => new PreviewDay(day, [.. byDay[day]]))]);
    }
}
