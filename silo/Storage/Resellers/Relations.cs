using System.Data.Common;
using System.Globalization;
using NodaTime;
using Slotwright.Mail;
using Slotwright.Resellers;
using Slotwright.Storage.Billing;
using Slotwright.Storage.WhiteLabel;

namespace Slotwright.Storage.Resellers;

/// <summary>Parts of the transactions that change who is whose client. Accounts are always taken in the order of their ids.</summary>
internal static class Relations
{
    private static readonly IReadOnlyList<string> OfReseller =
    [
        "delete from senders where account_id = @id and scope = 2",
        "delete from mail_servers where account_id = @id and scope = 2",
        "delete from client_templates where reseller_id = @id",
        "delete from dashboard_looks where reseller_id = @id",
    ];

    /// <summary>Keeps each of the accounts from every other transaction that changes it, until this one ends.</summary>
    public static async Task TakeAccounts(this DbConnection connection, params IEnumerable<int> accountIds)
    {
        foreach (var id in accountIds.Distinct().Order())
        {
            await connection.Run("update accounts set used = used where id = @id", ("id", id));
        }
    }

    public static async Task<bool> IsReseller(this DbConnection connection, int accountId) =>
        await connection.Count("select count(*) from accounts where id = @id and is_reseller = 1", ("id", accountId)) == 1;

    public static async Task<bool> IsClient(this DbConnection connection, int resellerId, int clientId) =>
        await connection.Count("select count(*) from accounts where id = @id and reseller_id = @reseller", ("id", clientId), ("reseller", resellerId)) == 1;

    public static async Task<int> Count(this DbConnection connection, string sql, params (string Name, object? Value)[] parameters) =>
        Convert.ToInt32(await connection.Scalar(sql, parameters), CultureInfo.InvariantCulture);

    /// <summary>What ends with the relation, whoever is the account's reseller next. The account was taken.</summary>
    public static async Task EndRelation(this DbConnection connection, int clientId, Instant now)
    {
        await connection.EndWhiteLabel(clientId, now);
        await connection.RevokeFeedsOfActing(clientId, now);
        await connection.EndActing(clientId, now);
        await connection.ForgiveAtNewPayer(clientId);
        await connection.EndAtNewPayer(clientId);
        await connection.Run(
            """
            update accounts set reseller_id = null, attached_at = null, paused_at = null, loses_sender = 1,
                asked_hundredths = null, asked_every = null, asked_note = ''
            where id = @id
            """,
            ("id", clientId));

        // Nobody reads of an account that is no longer theirs.
        await connection.Run(
            "update deliveries set state = @dropped, last_error = 'The account left its reseller' where account_id = @id and role = @copy and state in (@due, @held)",
            ("id", clientId), ("dropped", DeliveryState.Dropped), ("copy", DeliveryRole.ResellerCopy), ("due", DeliveryState.Due), ("held", DeliveryState.Held));
    }

    /// <summary>The account's name, or nothing where there is none.</summary>
    public static async Task<string> NameOf(this DbConnection connection, int accountId) =>
        await connection.First("select name from accounts where id = @id", row => row.GetString(0), ("id", accountId)) ?? "";

    /// <summary>
    /// In the account's audit, which was taken before: what became of its relation, whose person did it, and of which other account, by name, it was;
    /// empty: of none.
    /// </summary>
    public static Task AppendRelation(this DbConnection connection, int accountId, string act, int resellerId, int personId, Instant now, string other = "") =>
        connection.Append(accountId, personId, new AuditedAct(act, other, "", ActOutcome.Begun), now, resellerId: resellerId);

    /// <summary>Nobody acts in the account any more. Who did stays listed.</summary>
    public static Task<int> EndActing(this DbConnection connection, int accountId, Instant now) => connection.Run(
        "update acting_sessions set ended_at = @now, why = 3 where account_id = @id and ended_at is null", ("id", accountId), ("now", now));

    /// <summary>
    /// A calendar's address shows appointments to whoever has it. Who sets a client up needs it for longer than the acting session, but not beyond the
    /// relation. Rows do not say who made them: what the account's own people made while somebody acted goes too, and is made anew. A session
    /// that nobody left is marked as ended later than it was.
    /// </summary>
    private static Task<int> RevokeFeedsOfActing(this DbConnection connection, int accountId, Instant now) => connection.Run(
        """
        update feeds set revoked_at = @now
        where account_id = @id and revoked_at is null and exists (
            select 1 from acting_sessions x
            where x.account_id = feeds.account_id and feeds.made_at >= x.started_at
                and feeds.made_at <= case when x.ended_at < x.ends_at then x.ended_at else x.ends_at end)
        """,
        ("id", accountId), ("now", now));

    /// <summary>What a reseller set for all its clients, and kept for itself as a reseller. The account's own host, sender and mail server stay.</summary>
    public static async Task EndReselling(this DbConnection connection, int resellerId)
    {
        foreach (var statement in OfReseller)
        {
            await connection.Run(statement, ("id", resellerId));
        }
    }
}
