using NodaTime;
using Slotwright.Appointments;
using Slotwright.Localisation;
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
    public required WeekDay ChosenDay { get; init; }

    /// <summary>Free times of that day, by part of the day; empty parts are left out.</summary>
    public required IReadOnlyList<PartOfDay> Parts { get; init; }

    /// <summary>An instant of the chosen day, for the offset in force.</summary>
    public required Instant ZoneAt { get; init; }

    /// <summary>The clock is put forward or back on the chosen day.</summary>
    public required bool ClockChanges { get; init; }

    /// <summary>The time that the visitor chose; null when none was, or when it is not free.</summary>
    public FreeStart? Chosen { get; init; }

    /// <summary>Free times near one that was chosen and is not free.</summary>
    public IReadOnlyList<ZonedDateTime> Near { get; init; } = [];

    /// <summary>The next free time when the week has none; null when it has, or when nothing is free up to the horizon.</summary>
    public ZonedDateTime? NextFree { get; init; }

    public bool IsEmpty => Days.All(day => day.Free == 0);

    public static WeekView Of(ScheduleFace schedule, WeekPlan plan, WeekLinks links, FreeTimes free, Held? held)
    {
        var zone = TimeWords.Zone(schedule.TimeZone);
        var starts = free.Times.Select(time => time.Start);
        var isExtra = held is not null && free.Times.All(time => time.Start != held.Start);
        var byDay = (isExtra ? starts.Append(held!.Start).Order() : starts).Select(start => start.InZone(zone)).ToLookup(start => start.Date);
        var chosen = plan.WantedDay ?? byDay.Select(day => day.Key).Where(day => day >= plan.From && day <= plan.To).Order().FirstOrDefault(plan.From);
        var length = Duration.FromMinutes(links.Choice.Length ?? schedule.Length.DefaultMinutes);
        var times = byDay[chosen].Select(start => new FreeStart(start, start.Plus(length), links.Time(start))
        {
            HeldUntil = held is not null && held.Start == start.ToInstant() ? held.Until : null,
        }).ToList();
        var (dawn, dusk) = (zone.AtStartOfDay(chosen), zone.AtStartOfDay(chosen.PlusDays(1)));
        List<WeekDay> days = [.. Enumerable.Range(0, 7).Select(plan.Monday.PlusDays).Select(day => new WeekDay(day, byDay[day].Count(), Standing(day, plan, free))
        {
            IsChosen = day == chosen,
            From = zone.AtStartOfDay(day).ToInstant(),
            To = zone.AtStartOfDay(day.PlusDays(1)).ToInstant(),
        })];
        return new WeekView
        {
            Schedule = schedule,
            Plan = plan,
            Links = links,
            Days = days,
            ChosenDay = days.Single(day => day.IsChosen),
            Parts = [.. times.GroupBy(time => Part(time.Start.TimeOfDay)).Select(part => new PartOfDay(part.Key, [.. part]))],
            ZoneAt = times.Count > 0 ? times[0].Start.ToInstant() : dawn.ToInstant(),
            ClockChanges = dawn.Offset != dusk.Offset,
            Chosen = links.Choice.At is { } at ? times.Find(time => at.Is(time.Start)) : null,
        };
    }

    private static DayStanding Standing(LocalDate day, WeekPlan plan, FreeTimes free)
    {
        if (day < plan.From || day > plan.To)
        {
            return day < plan.From ? DayStanding.Over : DayStanding.NotYet;
        }

        var index = Period.DaysBetween(plan.From, day);
        return (index < free.Days.Count ? free.Days[index] : DayOffer.Full) switch
        {
            DayOffer.Closed => DayStanding.Closed,
            DayOffer.Over => DayStanding.Over,
            _ => DayStanding.Open,
        };
    }

    private static string Part(LocalTime time) => time.Hour < 12 ? "Morning" : time.Hour < 17 ? "Afternoon" : "Evening";
}

/// <summary>One day of the strip.</summary>
public sealed record WeekDay(LocalDate Date, int Free, DayStanding Standing)
{
    public bool IsChosen { get; init; }

    /// <summary>Its first instant, and that of the next day.</summary>
    public Instant From { get; init; }

    public Instant To { get; init; }

    /// <summary>The names of the word under it when nothing is free, and of the sentence in the place of its times.</summary>
    public (string Word, string Sentence) Named => Standing switch
    {
        DayStanding.Closed => ("Week.Closed", "Week.Day.Closed"),
        DayStanding.Over => ("Week.Over", "Week.Day.Over"),
        DayStanding.NotYet => ("Week.NotYet", "Week.Day.NotYet"),
        _ => ("Week.Full", "Week.Day.Full"),
    };
}

/// <summary>How a day stands apart from what is taken on it.</summary>
public enum DayStanding
{
    /// <summary>Something can be booked on it, unless all of that is taken.</summary>
    Open = 1,

    /// <summary>Past, or too soon to be booked.</summary>
    Over = 2,

    /// <summary>Beyond the horizon.</summary>
    NotYet = 3,

    Closed = 4,
}

/// <summary>"Morning", "Afternoon" or "Evening" and its times, ascending.</summary>
public sealed record PartOfDay(string Name, IReadOnlyList<FreeStart> Times);

/// <summary>One time to choose.</summary>
public sealed record FreeStart(ZonedDateTime Start, ZonedDateTime End, string Address)
{
    /// <summary>The clock shows it twice, so its offset is shown too.</summary>
    public bool IsRepeated => TimeWords.IsRepeated(Start);

    /// <summary>This visitor holds it until then; null: he does not.</summary>
    public Instant? HeldUntil { get; init; }
}
