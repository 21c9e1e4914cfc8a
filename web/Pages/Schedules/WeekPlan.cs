using NodaTime;
using Slotwright.Schedules;

namespace Slotwright.Pages.Schedules;

/// <summary>
/// Which week to show and which of its days to ask for: never one before today's, never one beyond the booking horizon, whatever
/// the address says. Days are those of the schedule's zone.
/// </summary>
public sealed record WeekPlan
{
    public required LocalDate Today { get; init; }

    /// <summary>The last day on which a customer may book.</summary>
    public required LocalDate LastDay { get; init; }

    public required LocalDate Monday { get; init; }

    /// <summary>The day that was asked for, when it lies in this week and can be booked; null: the first with a free time.</summary>
    public required LocalDate? WantedDay { get; init; }

    /// <summary>First day of the week that can still be booked.</summary>
    public LocalDate From => LocalDate.Max(Monday, Today);

    /// <summary>Last day of the week that can be booked.</summary>
    public LocalDate To => LocalDate.Min(Monday.PlusDays(6), LastDay);

    /// <summary>Monday of the week before; null when that is over.</summary>
    public LocalDate? Previous => Monday > Today ? Monday.PlusDays(-7) : null;

    /// <summary>Monday of the week after; null when it lies beyond the horizon.</summary>
    public LocalDate? Next => Monday.PlusDays(7) <= LastDay ? Monday.PlusDays(7) : null;

    public static WeekPlan Of(ScheduleFace schedule, WeekChoice choice, ZonedDateTime now)
    {
        var last = now.Date.PlusDays(schedule.HorizonDays);
        var wanted = choice.Day ?? choice.Week ?? now.Date;
        var shown = LocalDate.Max(now.Date, LocalDate.Min(last, wanted));
        return new WeekPlan
        {
            Today = now.Date,
            LastDay = last,
            Monday = shown.PlusDays(1 - (int)shown.DayOfWeek),
            WantedDay = choice.Day == shown ? shown : null,
        };
    }
}
