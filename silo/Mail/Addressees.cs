using Slotwright.Accounts;
using Slotwright.Appointments;

namespace Slotwright.Mail;

/// <summary>Who is told of a fact. Pure: the same fact always has the same addressees.</summary>
internal static class Addressees
{
    public static bool IsAboutLimit(ChangeKind kind) =>
        kind is ChangeKind.LimitNear or ChangeKind.LimitReached or ChangeKind.LimitRefused;

    /// <summary>
    /// Customer and owner hear of a booking, a move and a cancellation; owner and reseller of a limit. Blocks and amended details
    /// are nobody's news. Addresses that are empty are left out.
    /// </summary>
    /// <param name="kind">What happened.</param>
    /// <param name="appointment">Null for a limit.</param>
    /// <param name="ownerEmail">The account owner's address.</param>
    /// <param name="support">The reseller's details; null for a regular account.</param>
    public static IEnumerable<(DeliveryRole Role, string Recipient)> Of(
        ChangeKind kind, Appointment? appointment, string? ownerEmail, SupportDetails? support)
    {
        var told = kind switch
        {
            ChangeKind.Booked or ChangeKind.Moved or ChangeKind.Cancelled when appointment is { Kind: AppointmentKind.Appointment } =>
                new[] { (DeliveryRole.Customer, appointment.Customer.Email), (DeliveryRole.Account, ownerEmail) },
            ChangeKind.LimitNear or ChangeKind.LimitReached or ChangeKind.LimitRefused =>
                [(DeliveryRole.Account, ownerEmail), (DeliveryRole.ResellerCopy, support?.Email)],
            _ => [],
        };
        return told.Where(one => !string.IsNullOrWhiteSpace(one.Item2)).Select(one => (one.Item1, one.Item2!.Trim()));
    }
}
