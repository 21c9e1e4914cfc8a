using System.Globalization;
using Slotwright.Appointments;
using Slotwright.Pages.BackOffice.Appointments;
using Slotwright.Schedules;
using Slotwright.Time;

namespace Slotwright.Pages.BackOffice;

/// <summary>What the calendar's script sends of one gesture; nothing in it can be trusted.</summary>
public sealed record MoveForm
{
    public int Id { get; init; }

    /// <summary>As the script last knew it.</summary>
    public int Revision { get; init; }

    /// <summary>Wall clock; see <see cref="CalendarSheet"/>.</summary>
    public string? Start { get; init; }

    public string? End { get; init; }

    /// <summary>Seconds from UTC, when the start is one that the sheet told.</summary>
    public int? Offset { get; init; }

    /// <summary>Only moved: it lasts as long as it did, also where the clock is changed in between.</summary>
    public bool KeepsLength { get; init; }

    public int Resource { get; init; }

    /// <summary>It was asked whether it may lie over another one.</summary>
    public bool Overlap { get; init; }

    /// <summary>It was asked whether a time that has passed, or is closed, is meant.</summary>
    public bool Anyway { get; init; }

    public bool IsUndo { get; init; }

    public string? Key { get; init; }

    /// <summary>What <see cref="ToCommand"/> asks for, as a place of the schedule; null: no such times.</summary>
    public WantedPlace? ToPlace(ScheduleFace schedule) =>
        CalendarDrawing.Read(Start) is { } start && CalendarDrawing.Read(End) is { } end
            ? new WantedPlace(schedule, Resource, start, Offset) { Until = KeepsLength ? null : end }
            : null;

    /// <summary>Null: no such times.</summary>
    public RescheduleAppointment? ToCommand(HttpContext context, Appointment appointment)
    {
        if (CalendarDrawing.Read(Start) is not { } start || CalendarDrawing.Read(End) is not { } end)
        {
            return null;
        }

        return new RescheduleAppointment
        {
            AppointmentId = appointment.Id,
            Start = Moment.OnTheClock(start, Offset),
            End = KeepsLength ? null : Moment.OnTheClock(end),
            ResourceId = Resource,
            Actor = context.Actor(),
            Key = context.RepeatKey(Key, string.Create(CultureInfo.InvariantCulture, $"drag {Id} {Start} {Offset} {End} {KeepsLength} {Resource} {Overlap}")),
            AllowOverlap = Overlap,
            ExpectedRevision = Revision,
        };
    }
}

/// <param name="Entry">Where it is now; null: it did not move.</param>
/// <param name="AsksOverlap">It can go there over another one, by saying so.</param>
/// <param name="Says">In words.</param>
public sealed record MoveAnswer(SheetEntry? Entry, bool AsksOverlap, string Says)
{
    /// <summary>It can go to a time that has passed, or is closed, by saying so.</summary>
    public bool AsksAnyway { get; init; }

    /// <summary>What is asked when something is; else empty.</summary>
    public string Question { get; init; } = "";
}
