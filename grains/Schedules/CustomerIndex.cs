using Slotwright.Appointments;

namespace Slotwright.Schedules;

/// <summary>Which appointments each customer holds, by normalised e-mail; kept only while a schedule limits its customers.</summary>
internal sealed class CustomerIndex
{
    private readonly Dictionary<string, List<int>> appointments = [];

    public CustomerIndex(IEnumerable<Appointment> held)
    {
        foreach (var appointment in held)
        {
            Add(appointment);
        }
    }

    public void Add(Appointment appointment)
    {
        var email = Counted(appointment);
        if (email.Length == 0)
        {
            return;
        }

        if (!appointments.TryGetValue(email, out var ids))
        {
            appointments.Add(email, ids = new List<int>(1));
        }

        if (!ids.Contains(appointment.Id))
        {
            ids.Add(appointment.Id);
        }
    }

    /// <summary>Takes the revision out unless another one that is still held belongs to the same customer.</summary>
    public void Remove(Appointment released, Appointment? latest, IEnumerable<Appointment> superseded)
    {
        var email = Counted(released);
        if (email.Length == 0
            || (latest is not null && Counted(latest) == email)
            || superseded.Any(other => other.Id == released.Id && Counted(other) == email)
            || !appointments.TryGetValue(email, out var ids))
        {
            return;
        }

        ids.Remove(released.Id);
        if (ids.Count == 0)
        {
            appointments.Remove(email);
        }
    }

    public IReadOnlyList<int> HeldBy(string email) => appointments.TryGetValue(email, out var ids) ? ids : [];

    /// <summary>Empty for what counts for nobody: blocks, and appointments without an e-mail.</summary>
    public static string Counted(Appointment appointment) =>
        appointment.Kind == AppointmentKind.Appointment ? appointment.Customer.NormalisedEmail : "";
}
