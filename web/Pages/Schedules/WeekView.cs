using NodaTime;
using Slotwright.Appointments;
using Slotwright.Schedules;

namespace Slotwright.Pages.Schedules;

/// <summary>The free times of a week, ready to be shown.</summary>
public sealed record WeekView
{
    public required ScheduleFace Schedule { get; init; }

    public required WeekPlan Plan { get; init; }

    public required WeekLinks Links { get; init; }

    /// <summary>Monday to Sunday.</summary>
    public required IReadOnlyList<WeekDay> Days { get; init; }

    /// <summary>The day whose times are listed.</summary>
    public required LocalDate ChosenDay { get; init; }

    /// <summary>Free times of that day, by part of the day; empty parts are left out.</summary>
    public required IReadOnlyList<PartOfDay> Parts { get; init; }

    /// <summary>An instant of the chosen day, for the offset in force.</summary>
    public required Instant ZoneAt { get; init; }

    /// <summary>The clock is put forward or back on the chosen day.</summary>
    public required bool ClockChanges { get; init; }

    /// <summary>The next free time when the week has none; null when it has, or when nothing is free up to the horizon.</summary>
    public ZonedDateTime? NextFree { get; init; }

    public bool IsEmpty => Days.All(day => day.Free == 0);

    public static WeekView Of(ScheduleFace schedule, WeekPlan plan, WeekLinks links, FreeTimes free, ZonedDateTime? nextFree)
    {
        var zone = Localisation.TimeWords.Zone(schedule.TimeZone);
        var byDay = free.Times.Select(time => time.Start.InZone(zone)).ToLookup(start => start.Date);
        var chosen = plan.WantedDay ?? byDay.Select(day => day.Key).Where(day => day >= plan.From && day <= plan.To).Order().FirstOrDefault(plan.From);
        var times = byDay[chosen].Select(start => new FreeStart(start, links.Time(start), Localisation.TimeWords.IsRepeated(start))).ToList();
        var (dawn, dusk) = (zone.AtStartOfDay(chosen), zone.AtStartOfDay(chosen.PlusDays(1)));
        return new WeekView
        {
            Schedule = schedule,
            Plan = plan,
            Links = links,
            Days = [.. Enumerable.Range(0, 7).Select(plan.Monday.PlusDays).Select(day => new WeekDay(
                day,
                byDay[day].Count(),
                day < plan.From ? DayStanding.Over : day > plan.To ? DayStanding.NotYet : DayStanding.Bookable,
                day == chosen))],
            ChosenDay = chosen,
            Parts = [.. times.GroupBy(time => Part(time.Start.TimeOfDay)).Select(part => new PartOfDay(part.Key, [.. part]))],
            ZoneAt = times.Count > 0 ? times[0].Start.ToInstant() : dawn.ToInstant(),
            ClockChanges = dawn.Offset != dusk.Offset,
            NextFree = nextFree,
        };
    }

    private static string Part(LocalTime time) => time.Hour < 12 ? "Morning" : time.Hour < 17 ? "Afternoon" : "Evening";
}

/// <summary>One day of the strip.</summary>
public sealed record WeekDay(LocalDate Date, int Free, DayStanding Standing, bool IsChosen);

/// <summary>Whether a day can be booked at all.</summary>
public enum DayStanding
{
    Bookable = 1,
    Over = 2,
    NotYet = 3,
}

/// <summary>"Morning", "Afternoon" or "Evening" and its times, ascending.</summary>
public sealed record PartOfDay(string Name, IReadOnlyList<FreeStart> Times);

/// <summary>One time to choose; <paramref name="IsRepeated"/>: the clock shows it twice, so its offset is shown too.</summary>
public sealed record FreeStart(ZonedDateTime Start, string Address, bool IsRepeated);
