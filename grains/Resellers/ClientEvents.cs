using NodaTime;
using Slotwright.Appointments;

namespace Slotwright.Resellers;

/// <summary>Which changes a reseller is told of, and as what.</summary>
public static class ClientEvents
{
    /// <summary>A trial that ends is spoken of from then on.</summary>
    public static readonly Duration TrialNotice = Duration.FromDays(2);

    /// <summary>Null: not told. Blocks, notes and attendance are the client's own affair.</summary>
    public static ClientEventKind? KindOf(ChangeKind kind) => kind switch
    {
        ChangeKind.Booked => ClientEventKind.Booked,
        ChangeKind.Moved => ClientEventKind.Moved,
        ChangeKind.Cancelled => ClientEventKind.Cancelled,
        ChangeKind.LimitNear => ClientEventKind.LimitNear,
        ChangeKind.LimitReached => ClientEventKind.LimitReached,
        ChangeKind.LimitRefused => ClientEventKind.LimitRefused,
        _ => null,
    };

    public static ClientEvent? Of(AgendaWrite write)
    {
        ArgumentNullException.ThrowIfNull(write);
        return KindOf(write.Kind) is { } kind && write.Appointment.Kind == AppointmentKind.Appointment
            ? new ClientEvent
            {
                Id = write.ChangeId,
                AccountId = write.Appointment.AccountId,
                AccountName = "",
                Kind = kind,
                At = write.Appointment.UpdatedAt,
                StartsAt = write.Appointment.Start,
                ByCustomer = write.Actor.Kind == ActorKind.Customer,
            }
            : null;
    }
}
