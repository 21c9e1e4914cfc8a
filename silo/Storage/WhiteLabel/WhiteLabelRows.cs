using System.Data.Common;
using System.Globalization;
using NodaTime;
using Slotwright.Mail;
using Slotwright.Storage.Accounts;
using Slotwright.WhiteLabel;

namespace Slotwright.Storage.WhiteLabel;

/// <summary>What others do with these rows within transactions of theirs.</summary>
internal static class WhiteLabelRows
{
    /// <summary>
    /// Selects what is set for an account, whose id is a parameter or column of the statement around it: a client's own first, else its
    /// reseller's for clients.
    /// </summary>
    public static string OfAccount(string columns, string table, string account = "@account") =>
        $"select {columns} from accounts a join {table} s on (s.account_id = a.id and s.scope = 1) or (s.account_id = a.reseller_id and s.scope = 2) where a.id = {account} order by s.scope limit 1";

    /// <summary>
    /// An account leaves its reseller, or goes: its host names are released, and sender and mail server that were set for it are gone. What
    /// waits for a server of theirs goes out by the platform's. A repeat changes nothing.
    /// </summary>
    public static async Task EndWhiteLabel(this DbConnection connection, int accountId, Instant now)
    {
        await connection.Run(
            "update names set current = 0, released_at = @now where kind = @kind and owner = @account and released_at is null",
            ("now", now), ("kind", UniqueNames.Host), ("account", accountId));
        foreach (var table in new[] { "hosts", "senders", "mail_servers" })
        {
            await connection.Run($"delete from {table} where account_id = @account", ("account", accountId));
        }

        await connection.Run(
            "update deliveries set lane = @platform where account_id = @account and state = 1 and lane <> @platform",
            ("platform", Outbox.PlatformLane), ("account", accountId));
    }

    /// <summary>
    /// Holds the account's row until the end of the transaction, so that its relation stays what it is now. False: it is another's client
    /// than was said, or is no reseller where it must be one.
    /// </summary>
    public static async Task<bool> HoldRelation(this DbConnection connection, int accountId, int? resellerId, WhiteLabelScope scope) =>
        await connection.Run(
            """
            update accounts set owner_person_id = owner_person_id
            where id = @account and coalesce(reseller_id, 0) = @reseller and (@scope = 1 or is_reseller = 1)
            """,
            ("account", accountId), ("reseller", resellerId ?? 0), ("scope", scope)) == 1;

    /// <summary>The name is this account's now.</summary>
    public static async Task<bool> HasHost(this DbConnection connection, int accountId, string host) => Convert.ToInt32(
        await connection.Scalar(
            "select count(*) from names where kind = @kind and normalised = @host and owner = @account and released_at is null",
            ("kind", UniqueNames.Host), ("host", host), ("account", accountId)),
        CultureInfo.InvariantCulture) == 1;
}
