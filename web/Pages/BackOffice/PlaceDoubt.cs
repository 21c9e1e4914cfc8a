using NodaTime;
using Slotwright.Appointments;
using Slotwright.Schedules;

namespace Slotwright.Pages.BackOffice;

/// <summary>Why staff, who may place anything at any time, are asked whether they mean it.</summary>
public enum PlaceDoubt
{
    /// <summary>It would be over: of that no customer is told.</summary>
    Passed = 1,

    /// <summary>It would have begun already.</summary>
    Begun = 2,

    /// <summary>Part of it lies outside the opening hours.</summary>
    Closed = 3,
}

/// <summary>Whether a new place of an appointment is worth a question. Pure.</summary>
public static class PlaceDoubts
{
    /// <summary>The longest stretch of days whose opening hours are looked at.</summary>
    public const int MostDays = 60;

    /// <summary>Null: nothing to ask. Blocks concern no customer, and what merely stays or is shortened was asked before.</summary>
    /// <param name="current">Where it stands.</param>
    /// <param name="start">The new start, in the zone of the schedule.</param>
    /// <param name="end">The new end.</param>
    /// <param name="resourceId">The new resource; null: whoever is free, which is left to the agenda.</param>
    /// <param name="hours">Of the day before the new start until the new end, <see cref="MostDays"/> days at most.</param>
    /// <param name="now">The present.</param>
    public static PlaceDoubt? Of(Appointment current, ZonedDateTime start, ZonedDateTime end, int? resourceId, IEnumerable<OpenHours> hours, Instant now)
    {
        ArgumentNullException.ThrowIfNull(current);
        if (current.Kind == AppointmentKind.Block)
        {
            return null;
        }

        var (from, to) = (start.ToInstant(), end.ToInstant());
        if (from != current.Start && from < now)
        {
            return to <= now ? PlaceDoubt.Passed : PlaceDoubt.Begun;
        }

        var stays = from >= current.Start && to <= current.End && resourceId == current.ResourceId;
        return stays || resourceId is null || IsOpen(hours.Where(open => open.ResourceId == resourceId), start.LocalDateTime, end.LocalDateTime) ? null : PlaceDoubt.Closed;
    }

    private static bool IsOpen(IEnumerable<OpenHours> hours, LocalDateTime from, LocalDateTime to)
    {
        var until = from;
        foreach (var open in hours.OrderBy(one => one.From))
        {
            if (open.From <= until && open.To > until)
            {
                until = open.To;
            }
        }

        var looked = from.Date.PlusDays(MostDays + 1).AtMidnight();
        return until >= (to < looked ? to : looked);
    }
}
