using NodaTime;
using Slotwright.Appointments;
using Slotwright.Localisation;
using Slotwright.Schedules;

namespace Slotwright.Pages.BackOffice.Appointments;

/// <summary>One act in the life of an appointment.</summary>
/// <param name="Kind">What was done.</param>
/// <param name="At">When.</param>
/// <param name="By">Of what kind the actor was.</param>
/// <param name="Name">Address of the actor, or what it calls itself.</param>
/// <param name="Noted">Attendance from then on.</param>
/// <param name="Differences">Against how it stood before; empty for the first.</param>
public sealed record HistoryLine(ChangeKind Kind, Instant At, ActorKind By, string Name, Attendance Noted, IReadOnlyList<Difference> Differences);

/// <summary>One thing that is other than it was.</summary>
/// <param name="What">The part of the sentence's name that says which thing: <c>History.{What}</c>.</param>
/// <param name="Before">As read; may be empty.</param>
/// <param name="After">As read; may be empty.</param>
public sealed record Difference(string What, string Before, string After);

/// <summary>Reads the life of one appointment out of its changes, each with how the appointment stood after it.</summary>
public sealed class History(TimeWords say)
{
    /// <summary>Newest first, as the changes come.</summary>
    public IReadOnlyList<HistoryLine> Of(IReadOnlyList<AppointmentChange> changes, IReadOnlyList<ScheduleFace> schedules) =>
        [.. changes.Select((change, index) => new HistoryLine(
            change.Kind,
            change.At,
            change.ActorKind,
            change.ActorName,
            change.Appointment.Attendance,
            index + 1 < changes.Count ? [.. Differences(DayEntry.Of(changes[index + 1].Appointment, schedules), DayEntry.Of(change.Appointment, schedules))] : []))];

    private IEnumerable<Difference> Differences(DayEntry before, DayEntry after)
    {
        var (former, present) = (before.Appointment.Customer, after.Appointment.Customer);
        (string What, string Before, string After)[] all =
        [
            ("Time", When(before), When(after)),
            ("With", before.ResourceName, after.ResourceName),
            ("Name", former.Name, present.Name),
            ("Email", former.Email, present.Email),
            ("Phone", former.Phone, present.Phone),
            ("Mobile", former.Mobile, present.Mobile),
            ("Address", former.Address, present.Address),
            ("Note", before.Appointment.Note, after.Appointment.Note),
        ];
        return all.Where(one => one.Before != one.After).Select(one => new Difference(one.What, one.Before, one.After));
    }

    private string When(DayEntry entry) => $"{say.Day(entry.Start.Date)}, {say.Span(entry.Start, entry.End)}";
}
