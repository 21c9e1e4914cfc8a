using System.Data.Common;
using System.Globalization;
using NodaTime;
using Slotwright.Mail;
using Slotwright.WhiteLabel;

namespace Slotwright.Storage.WhiteLabel;

/// <summary>Senders and mail servers.</summary>
internal sealed partial class WhiteLabelStore
{
    private const string SenderColumns =
        "s.account_id, s.scope, s.address, s.domain, s.selector, s.key_sealed, s.key_public, s.spf, s.dkim, s.dmarc, s.changed_at, s.checked_at, s.next_check_at";

    private const string ServerColumns = "s.account_id, s.scope, s.host, s.port, s.security, s.user_name, s.password_sealed, s.changed_at";

    public Task<SenderRow?> Sender(int accountId, WhiteLabelScope scope) => database.Read(connection => SenderOf(connection, accountId, scope));

    public Task<bool> PutSender(SenderRow sender, int? resellerId)
    {
        ArgumentNullException.ThrowIfNull(sender);
        return database.Write(async connection =>
            await connection.HoldRelation(sender.AccountId, resellerId, sender.Scope)
            && await connection.Run(
                """
                insert into senders (account_id, scope, address, domain, selector, key_sealed, key_public, spf, dkim, dmarc, changed_at, checked_at, next_check_at)
                values (@account, @scope, @address, @domain, @selector, @key, @public, @spf, @dkim, @dmarc, @changed, @checked, @next)
                on conflict (account_id, scope) do update set address = excluded.address, domain = excluded.domain, selector = excluded.selector,
                    key_sealed = excluded.key_sealed, key_public = excluded.key_public, spf = excluded.spf, dkim = excluded.dkim, dmarc = excluded.dmarc,
                    changed_at = excluded.changed_at, checked_at = excluded.checked_at, next_check_at = excluded.next_check_at
                """,
                ("account", sender.AccountId),
                ("scope", sender.Scope),
                ("address", sender.Address),
                ("domain", sender.Domain),
                ("selector", sender.Selector),
                ("key", sender.KeySealed),
                ("public", sender.KeyPublic),
                ("spf", sender.Records.Spf),
                ("dkim", sender.Records.Dkim),
                ("dmarc", sender.Records.Dmarc),
                ("changed", sender.ChangedAt),
                ("checked", sender.CheckedAt),
                ("next", sender.NextCheckAt)) == 1);
    }

    public Task<SenderRow?> Follow(int accountId, WhiteLabelScope scope, string domain, string selector, SenderRecords found, Instant now, Instant? nextCheckAt)
    {
        ArgumentNullException.ThrowIfNull(found);
        return database.Write(async connection =>
        {
            await connection.Run(
                """
                update senders set spf = @spf, dkim = @dkim, dmarc = @dmarc, checked_at = @now, next_check_at = @next
                where account_id = @account and scope = @scope and domain = @domain and selector = @selector
                """,
                ("spf", found.Spf),
                ("dkim", found.Dkim),
                ("dmarc", found.Dmarc),
                ("now", now),
                ("next", nextCheckAt),
                ("account", accountId),
                ("scope", scope),
                ("domain", domain),
                ("selector", selector));
            return await SenderOf(connection, accountId, scope);
        });
    }

    public Task<bool> RemoveSender(int accountId, WhiteLabelScope scope, int? resellerId) => database.Write(async connection =>
        await connection.HoldRelation(accountId, resellerId, scope)
        && await connection.Run("delete from senders where account_id = @account and scope = @scope", ("account", accountId), ("scope", scope)) >= 0);

    public Task<MailServerRow?> MailServer(int accountId, WhiteLabelScope scope) => database.Read(connection => ServerOf(connection, accountId, scope));

    public Task<(int Count, Instant? Since)> WaitingFor(int accountId, WhiteLabelScope scope) => database.Read(async connection =>
    {
        if (await ServerOf(connection, accountId, scope) is not { } server)
        {
            return (0, (Instant?)null);
        }

        var lane = OwnLane.Of(server);
        var count = Convert.ToInt32(
            await connection.Scalar("select count(*) from deliveries where state = 1 and lane = @lane", ("lane", lane)), CultureInfo.InvariantCulture);
        var since = await connection.Scalar("select min(made_at) from deliveries where state = 1 and lane = @lane", ("lane", lane));
        return (count, since is null ? null : Instant.FromUnixTimeMilliseconds(Convert.ToInt64(since, CultureInfo.InvariantCulture)));
    });

    public Task<bool> PutMailServer(MailServerRow server, int? resellerId)
    {
        ArgumentNullException.ThrowIfNull(server);
        return database.Write(async connection =>
        {
            if (!await connection.HoldRelation(server.AccountId, resellerId, server.Scope))
            {
                return false;
            }

            var former = await ServerOf(connection, server.AccountId, server.Scope);
            await connection.Run(
                """
                insert into mail_servers (account_id, scope, host, port, security, user_name, password_sealed, changed_at)
                values (@account, @scope, @host, @port, @security, @user, @password, @changed)
                on conflict (account_id, scope) do update set host = excluded.host, port = excluded.port, security = excluded.security,
                    user_name = excluded.user_name, password_sealed = excluded.password_sealed, changed_at = excluded.changed_at
                """,
                ("account", server.AccountId),
                ("scope", server.Scope),
                ("host", server.Host),
                ("port", server.Port),
                ("security", server.Security),
                ("user", server.User),
                ("password", server.PasswordSealed),
                ("changed", server.ChangedAt));
            await Requeue(connection, server.AccountId, server.Scope, former);
            return true;
        });
    }

    public Task<bool> RemoveMailServer(int accountId, WhiteLabelScope scope, int? resellerId) => database.Write(async connection =>
    {
        if (!await connection.HoldRelation(accountId, resellerId, scope))
        {
            return false;
        }

        if (await ServerOf(connection, accountId, scope) is { } former)
        {
            await connection.Run("delete from mail_servers where account_id = @account and scope = @scope", ("account", accountId), ("scope", scope));
            await Requeue(connection, accountId, scope, former);
        }

        return true;
    });

    public Task<SendingRow> Sending(int accountId) => database.Read(async connection => new SendingRow(
        await connection.First(WhiteLabelRows.OfAccount(SenderColumns, "senders"), ReadSender, ("account", accountId)),
        await connection.First(WhiteLabelRows.OfAccount(ServerColumns, "mail_servers"), ReadServer, ("account", accountId))));

    /// <summary>
    /// What waits for a server that is no more is due by the one that applies now; and where there was none, what will leave by this one waits
    /// for no other. Letters to persons stay with the platform's.
    /// </summary>
    private static Task<int> Requeue(DbConnection connection, int accountId, WhiteLabelScope scope, MailServerRow? former)
    {
        var which = former is not null ? "lane = @former"
            : scope == WhiteLabelScope.Own ? "account_id = @account"
            : $"account_id in (select id from accounts where reseller_id = @account) and lane = '{Outbox.PlatformLane}'";
        return connection.Run(
            $"update deliveries set lane = {OwnLane.Chosen("deliveries.account_id")}, due_at = made_at where state = 1 and role <> @person and {which}",
            ("person", DeliveryRole.Person), ("account", accountId), ("former", former is null ? "" : OwnLane.Of(former)));
    }

    private static Task<SenderRow?> SenderOf(DbConnection connection, int accountId, WhiteLabelScope scope) => connection.First(
        $"select {SenderColumns} from senders s where s.account_id = @account and s.scope = @scope", ReadSender, ("account", accountId), ("scope", scope));

    private static Task<MailServerRow?> ServerOf(DbConnection connection, int accountId, WhiteLabelScope scope) => connection.First(
        $"select {ServerColumns} from mail_servers s where s.account_id = @account and s.scope = @scope", ReadServer, ("account", accountId), ("scope", scope));

    private static SenderRow ReadSender(DbDataReader row) => new()
    {
        AccountId = row.GetInt32(0),
        Scope = (WhiteLabelScope)row.GetInt32(1),
        Address = row.GetString(2),
        Domain = row.GetString(3),
        Selector = row.GetString(4),
        KeySealed = row.GetString(5),
        KeyPublic = row.GetString(6),
        Records = new SenderRecords((RecordState)row.GetInt32(7), (RecordState)row.GetInt32(8), (RecordState)row.GetInt32(9)),
        ChangedAt = row.InstantAt(10),
        CheckedAt = row.InstantOrNull(11),
        NextCheckAt = row.InstantOrNull(12),
    };

    private static MailServerRow ReadServer(DbDataReader row) => new()
    {
        AccountId = row.GetInt32(0),
        Scope = (WhiteLabelScope)row.GetInt32(1),
        Host = row.GetString(2),
        Port = row.GetInt32(3),
        Security = (MailServerSecurity)row.GetInt32(4),
        User = row.GetString(5),
        PasswordSealed = row.GetString(6),
        ChangedAt = row.InstantAt(7),
    };
}
