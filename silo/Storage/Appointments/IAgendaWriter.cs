using Slotwright.Appointments;

namespace Slotwright.Storage.Appointments;

/// <summary>The one writer of this process, which turns the decisions that wait into one transaction.</summary>
internal interface IAgendaWriter
{
    /// <summary>Completes after the commit.</summary>
    Task<AgendaCommit> Append(AgendaWrite write);
}

/// <summary>A decision that waits for its commit. What can be made before the writer's turn is made on the caller's thread.</summary>
internal sealed class PendingAppend(AgendaWrite write)
{
    public AgendaWrite Write { get; } = write;

    public string Customer { get; } = AppointmentRows.CustomerText(write.Appointment.Customer);

    public string CustomerEmail { get; } = write.Appointment.Customer.NormalisedEmail;

    public string FindText { get; } = write.Appointment.Kind == AppointmentKind.Appointment ? Slotwright.Appointments.FindText.Of(write.Appointment.Customer) : "";

    public string Snapshot { get; } = AppointmentSnapshot.Write(write.Appointment);

    public TaskCompletionSource<AgendaCommit> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What the caller is told once the batch is committed.</summary>
    public AgendaCommit Result { get; set; }

    /// <summary>Set when this row alone could not be stored.</summary>
    public Exception? Fault { get; set; }
}
