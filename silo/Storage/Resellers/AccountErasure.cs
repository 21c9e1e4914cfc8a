using System.Data.Common;
using System.Globalization;
using NodaTime;
using Slotwright.Mail;
using Slotwright.Storage.Accounts;
using Slotwright.Storage.WhiteLabel;

namespace Slotwright.Storage.Resellers;

/// <summary>
/// Deletes an account with everything that is its own, within one transaction. A test reads the schema: a table that names an account is either
/// erased here or listed in <see cref="Kept"/> with its reason.
/// </summary>
internal static class AccountErasure
{
    public const string ResellerDocument = "reseller/settings";

    private const string AccountDocument = "account/brand";
    private const string ScheduleDocument = "schedule/definition";

    /// <summary>Tables that still name the account afterwards, and why.</summary>
    public static IReadOnlyDictionary<string, string> Kept { get; } = new Dictionary<string, string>
    {
        ["names"] = "a freed name or host is blocked for others for 90 days",
        ["ledger"] = "what was charged stays in its payer's statements, with the account's name as it was",
        ["statements"] = "a month that was billed stays billed",
        ["collections"] = "a charge that is under way is still owed",
        ["audit"] = "append-only: who did what outlives what it was done to",
        ["audit_heads"] = "the end of the audit's chain",
        ["acting_sessions"] = "who acted in the account, ended with it; part of the audit",
    };

    /// <summary>Tables that hold nothing of the account afterwards.</summary>
    public static IReadOnlySet<string> Erased { get; } = new HashSet<string>
    {
        "accounts", "agendas", "appointments", "changes", "client_templates", "customer_links", "dashboard_looks", "deliveries", "feeds", "hosts", "mail_servers", "memberships", "payers",
        "person_letters", "pictures", "schedules", "senders", "subscriptions",
    };

    // In the order in which they refer to each other. Appointments are found by agenda: that is what their index is on.
    private static readonly IReadOnlyList<string> Statements =
    [
        "delete from changes where agenda_id in (select id from agendas where account_id = @account)",
        "delete from changes where account_id = @account",
        "delete from appointments where agenda_id in (select id from agendas where account_id = @account)",
        "delete from customer_links where account_id = @account",
        "delete from feeds where account_id = @account",
        "delete from pictures where account_id = @account",
        "delete from hosts where account_id = @account",
        "delete from senders where account_id = @account",
        "delete from mail_servers where account_id = @account",
        "delete from names where kind = 'schedule' and owner in (select id from schedules where account_id = @account)",
        "delete from schedules where account_id = @account",
        "delete from agendas where account_id = @account",
        "delete from memberships where account_id = @account",
        "delete from subscriptions where account_id = @account",
        "delete from payers where account_id = @account",
    ];

    /// <summary>As a grain document's key.</summary>
    public static string Key(int accountId) => accountId.ToString(CultureInfo.InvariantCulture);

    /// <summary>Before any account is taken, as bookings do: a booking under way is stored first and goes with the rest; one that comes later finds no agenda.</summary>
    public static async Task TakeAgendas(DbConnection connection, Dialect dialect, int accountId)
    {
        if (dialect == Dialect.PostgreSql)
        {
            await connection.All("select id from agendas where account_id = @account order by id for update", row => (object)row.GetInt32(0), ("account", accountId));
        }
    }

    public static async Task Run(DbConnection connection, Dialect dialect, int accountId, Instant now)
    {
        var schedules = await connection.All("select id from schedules where account_id = @account", row => (object)row.GetInt32(0), ("account", accountId));
        foreach (var schedule in schedules)
        {
            await connection.ForgetDocuments(dialect, ScheduleDocument, string.Create(CultureInfo.InvariantCulture, $"{accountId}/{schedule}"));
        }

        await connection.ForgetDocuments(dialect, AccountDocument, Key(accountId));
        await Letters(connection, accountId, now);
        foreach (var statement in Statements)
        {
            await connection.Run(statement, ("account", accountId));
        }

        await connection.EndWhiteLabel(accountId, now);
        await connection.EndReselling(accountId);
        await connection.EndActing(accountId, now);
        await connection.Run(
            "update names set current = 0, released_at = @now where kind = @kind and owner = @account and released_at is null",
            ("kind", UniqueNames.Account), ("account", accountId), ("now", now));
        await connection.Run("delete from deliveries where account_id = @account", ("account", accountId));
        await connection.Run("delete from accounts where id = @account", ("account", accountId));
    }

    /// <summary>The document is empty, and no activation that knew it can write it again.</summary>
    public static Task<int> ForgetDocuments(this DbConnection connection, Dialect dialect, string kind, string key) => dialect == Dialect.Sqlite
        ? connection.Run(
            "update documents set payload = null, version = version + 1 where grain_type = @kind and grain_key = @key", ("kind", kind), ("key", key))
        : connection.Run(
            """
            update OrleansStorage set PayloadBinary = null, Version = Version + 1 where GrainTypeString = @kind and (
                GrainIdExtensionString = @key or (coalesce(GrainIdExtensionString, '') = '' and GrainIdN0 = 0 and GrainIdN1 = @number::bigint))
            """,
            ("kind", kind), ("key", key), ("number", Number(key)));

    /// <summary>Orleans' storage keeps a key that reads as a hexadecimal number as that number, and any other as text.</summary>
    private static long? Number(string key) => long.TryParse(key, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>
    /// Letters to persons are about their login, which stays: what waits goes out in the name of another account of theirs. Invitations to this
    /// account do not, nor what waits for somebody who has no other account.
    /// </summary>
    private static async Task Letters(DbConnection connection, int accountId, Instant now)
    {
        await connection.Run(
            """
            update person_links set spent_at = @now
            where kind = 2 and spent_at is null and id in (select l.link_id from person_letters l where l.account_id = @account and l.kind = 103)
            """,
            ("account", accountId), ("now", now));
        await connection.Run("delete from deliveries where account_id = @account and role <> @person", ("account", accountId), ("person", DeliveryRole.Person));
        await connection.Run(
            """
            update person_letters set account_id = coalesce(
                (select min(m.account_id) from memberships m where m.person_id = person_letters.person_id and m.account_id <> @account), 0)
            where account_id = @account and kind between 101 and 108 and kind <> 103
            """,
            ("account", accountId));
        await connection.Run(
            """
            update deliveries set account_id = (select l.account_id from person_letters l where l.id = deliveries.change_id)
            where account_id = @account and role = @person
              and exists (select 1 from person_letters l where l.id = deliveries.change_id and l.account_id not in (0, @account))
            """,
            ("account", accountId), ("person", DeliveryRole.Person));
        await connection.Run("delete from person_letters where account_id = @account", ("account", accountId));
    }
}
