using System.Diagnostics.CodeAnalysis;
using Slotwright.Appointments;

namespace Slotwright.Schedules;

public sealed partial class Agenda
{
    /// <summary>Null: may be marked. Only those who see the customer come may say so, and a block is nobody's.</summary>
    [SuppressMessage("Performance", "CA1822", Justification = "One of the agenda's judgements: callers ask the agenda, whatever it looks at.")]
    public BookingRefusal? Judge(MarkAttendance command, Appointment current) =>
        !command.Actor.Kind.IsStaff() || current.Kind != AppointmentKind.Appointment || !Enum.IsDefined(command.Attendance)
            ? BookingRefusal.NotAllowed
            : Standing(current, command.Actor, command.ExpectedRevision);
}
