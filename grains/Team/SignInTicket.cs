using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NodaTime;
using Slotwright.Platform;

namespace Slotwright.Team;

/// <summary>
/// Proves for 10 minutes that this person's password was right: nothing is stored, a changed password voids it, and only what holds
/// the installation's secret can make one. Each is another, so that whoever judges them can take each once.
/// </summary>
internal static class SignInTicket
{
    public static readonly Duration Lifetime = Duration.FromMinutes(10);

    public static string For(ISecrets secrets, PersonRow person, Instant now)
    {
        var end = (now + Lifetime).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        var claim = $"{end}.{OneTimeToken.New(16)}";
        return $"{claim}.{Proof(secrets, person, claim)}";
    }

    public static bool IsGood(ISecrets secrets, PersonRow person, string ticket, Instant now)
    {
        if (ticket.Split('.') is not [var end, var name, _])
        {
            return false;
        }

        var claim = $"{end}.{name}";
        return long.TryParse(end, NumberStyles.None, CultureInfo.InvariantCulture, out var until)
            && now.ToUnixTimeMilliseconds() < until
            && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes($"{claim}.{Proof(secrets, person, claim)}"), Encoding.UTF8.GetBytes(ticket));
    }

    private static string Proof(ISecrets secrets, PersonRow person, string claim) =>
        secrets.Prove("sign-in", string.Create(CultureInfo.InvariantCulture, $"{person.Id}:{claim}:{person.PasswordHash}"));
}
