using System.Globalization;
using Slotwright.Storage.WhiteLabel;
using Slotwright.WhiteLabel;

namespace Slotwright.Mail;

/// <summary>
/// Names of the lanes of mail servers that accounts and resellers have of their own. A changed server is another lane: what was learnt of
/// the former one does not hold for it.
/// </summary>
internal static class OwnLane
{
    private const string Prefix = "smtp-";

    public static string Of(MailServerRow server) => string.Create(
        CultureInfo.InvariantCulture, $"{Prefix}{server.AccountId}-{(int)server.Scope}-{server.ChangedAt.ToUnixTimeMilliseconds()}");

    /// <summary>
    /// The same as an expression of SQL: the lane by which mails about an account go as the row is written, so that none waits for a server
    /// that is not its own.
    /// </summary>
    /// <param name="account">The account's id, as a parameter or column.</param>
    public static string Chosen(string account) =>
        $"coalesce(({WhiteLabelRows.OfAccount($"'{Prefix}' || s.account_id || '-' || s.scope || '-' || s.changed_at", "mail_servers", account)}), '{Outbox.PlatformLane}')";

    /// <summary>Null: the lane is the platform's.</summary>
    public static (int AccountId, WhiteLabelScope Scope)? Parse(string lane)
    {
        var parts = lane.Split('-');
        return lane.StartsWith(Prefix, StringComparison.Ordinal) && parts.Length == 4
            ? (int.Parse(parts[1], CultureInfo.InvariantCulture), (WhiteLabelScope)int.Parse(parts[2], CultureInfo.InvariantCulture))
            : null;
    }
}
