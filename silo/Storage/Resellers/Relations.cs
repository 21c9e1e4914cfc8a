using System.Data.Common;
using System.Globalization;
using NodaTime;
using Slotwright.Mail;
using Slotwright.Storage.Accounts;
using Slotwright.Storage.WhiteLabel;

namespace Slotwright.Storage.Resellers;

/// <summary>Parts of the transactions that change who is whose client. Accounts are always taken in the order of their ids.</summary>
internal static class Relations
{
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
        await connection.Run(
            """
            update accounts set reseller_id = null, attached_at = null, paused_at = null, loses_sender = 1,
                asked_hundredths = null, asked_every = null, asked_note = ''
            where id = @id
            """,
            ("id", clientId));

        // Nobody reads of an account that is no longer theirs.
        await connection.Run(
            "update deliveries set state = @dropped, last_error = 'The account left its reseller' where account_id = @id and role = @copy and state = @due",
            ("id", clientId), ("dropped", DeliveryState.Dropped), ("copy", DeliveryRole.ResellerCopy), ("due", DeliveryState.Due));
    }

    /// <summary>They are blocked for others for 90 days.</summary>
    public static Task<int> ReleaseHosts(this DbConnection connection, int accountId, Instant now) => connection.Run(
        "update names set current = 0, released_at = @now where kind = @kind and owner = @id and released_at is null",
        ("kind", UniqueNames.Host), ("id", accountId), ("now", now));
}
