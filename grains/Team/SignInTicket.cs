using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NodaTime;
using Slotwright.Platform;

namespace Slotwright.Team;

/// <summary>
/// Proves for 10 minutes that this person's password was right: nothing is stored, a changed password voids it, and only what holds
/// the installation's secret can make one.
/// </summary>
internal static class SignInTicket
{
    private static readonly Duration Lifetime = Duration.FromMinutes(10);

    public static string For(ISecrets secrets, PersonRow person, Instant now)
    {
        var end = (now + Lifetime).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        return $"{end}.{Proof(secrets, person, end)}";
    }

    public static bool IsGood(ISecrets secrets, PersonRow person, string ticket, Instant now)
    {
        var end = ticket.Split('.')[0];
        return long.TryParse(end, NumberStyles.None, CultureInfo.InvariantCulture, out var until)
            && now.ToUnixTimeMilliseconds() < until
            && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes($"{end}.{Proof(secrets, person, end)}"), Encoding.UTF8.GetBytes(ticket));
    }

    private static string Proof(ISecrets secrets, PersonRow person, string end) =>
        secrets.Prove("sign-in", string.Create(CultureInfo.InvariantCulture, $"{person.Id}:{end}:{person.PasswordHash}"));
}
