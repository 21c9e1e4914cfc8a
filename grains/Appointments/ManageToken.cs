using System.Security.Cryptography;
using System.Text;
using NodaTime;
using Slotwright.Platform;

namespace Slotwright.Appointments;

/// <summary>
/// What opens one appointment without a login. Made from the appointment's random salt and a secret that the database does not
/// hold, so that neither a leaked row nor a guessed id opens anything, and so that a mail written later can still name it.
/// </summary>
public static class ManageToken
{
    /// <summary>So long after the end its link still shows the appointment.</summary>
    public static readonly Duration Lifetime = Duration.FromDays(30);

    public static string NewSalt() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    public static string Of(ISecrets secrets, Appointment appointment) =>
        secrets.Prove("manage", FormattableString.Invariant($"{appointment.Id}:{appointment.ManageSalt}"));

    public static bool Opens(ISecrets secrets, Appointment appointment, string token) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Of(secrets, appointment)), Encoding.UTF8.GetBytes(token));
}
