using System.Data.Common;
using NodaTime;
using Slotwright.Storage.Accounts;
using Slotwright.Storage.Team;
using Slotwright.WhiteLabel;

namespace Slotwright.Storage.WhiteLabel;

/// <summary>Host names; senders and mail servers are in the other half.</summary>
internal sealed partial class WhiteLabelStore(IDatabase database) : IWhiteLabelStore
{
    private const string HostColumns =
        "account_id, host, token, state, answer, leads_here, asked_at, checked_at, next_check_at, verified_at, failing_since";

    private static readonly Duration Taken = Duration.FromMinutes(1);

    private string SkipLocked => database.Dialect == Dialect.PostgreSql ? "for update skip locked" : "";

    public Task<HostRow?> Host(int accountId) => database.Read(connection => HostOf(connection, accountId));

    public Task<string?> HostByOperator(int accountId) => database.Read(connection => HostByOperator(connection, accountId));

    public Task<HostRefusal?> AskForHost(int accountId, int? resellerId, string host, string token, Instant now, Instant? nextCheckAt) =>
        database.Write<HostRefusal?>(async connection =>
        {
            if (!await connection.HoldRelation(accountId, resellerId, WhiteLabelScope.Own))
            {
                return await connection.Scalar("select 1 from accounts where id = @account", ("account", accountId)) is null
                    ? HostRefusal.UnknownAccount
                    : HostRefusal.RelationChanged;
            }

            if (await HostOf(connection, accountId) is { } present)
            {
                return present.Host == host ? null : HostRefusal.HasHost;
            }

            if (await connection.Scalar(
                "select 1 from names where kind = @kind and normalised = @host and owner <> @account and (released_at is null or released_at > @unblocked)",
                ("kind", UniqueNames.Host), ("host", host), ("account", accountId), ("unblocked", UniqueNames.UnblockedAt(now))) is not null)
            {
                return HostRefusal.HostTaken;
            }

            await connection.Run(
                "insert into hosts (account_id, host, token, state, asked_at, next_check_at) values (@account, @host, @token, @waiting, @now, @next)",
                ("account", accountId), ("host", host), ("token", token), ("waiting", HostState.Waiting), ("now", now), ("next", nextCheckAt));
            return null;
        });

    public Task<HostRow?> Follow(HostLook look, Instant now)
    {
        ArgumentNullException.ThrowIfNull(look);
        return database.Write(async connection =>
        {
            // The account's row first, as everyone who gives or takes a host does.
            await connection.Run("update accounts set owner_person_id = owner_person_id where id = @account", ("account", look.AccountId));
            if (await HostOf(connection, look.AccountId) is not { } row || row.Host != look.Host || row.Token != look.Token)
            {
                return null;
            }

            if (row.State != look.From)
            {
                return row;
            }

            // Unmapped or released by other means: what is left of it goes too.
            if (row.State != HostState.Waiting && !await connection.HasHost(look.AccountId, look.Host))
            {
                await connection.Run("delete from hosts where account_id = @account", ("account", look.AccountId));
                return null;
            }

            var next = await Step(connection, row, look, now);
            await connection.Run(
                """
                update hosts set state = @state, answer = @answer, leads_here = coalesce(@leads, leads_here), asked_at = @asked, checked_at = @now,
                    next_check_at = @next, verified_at = @verified, failing_since = @failing
                where account_id = @account
                """,
                ("state", next.State),
                ("answer", next.Answer),
                ("leads", look.LeadsHere is { } leads ? (leads ? 1 : 0) : null),
                ("asked", next.AskedAt),
                ("now", now),
                ("next", HostRules.NextCheck(next.State, next.Answer, next.AskedAt, now)),
                ("verified", next.VerifiedAt),
                ("failing", next.FailingSince),
                ("account", look.AccountId));
            return await HostOf(connection, look.AccountId);
        });
    }

    public Task<bool> ReleaseHost(int accountId, int? resellerId, Instant now) => database.Write(async connection =>
    {
        if (!await connection.HoldRelation(accountId, resellerId, WhiteLabelScope.Own))
        {
            return false;
        }

        if (await HostOf(connection, accountId) is { } row)
        {
            await connection.Release(UniqueNames.Host, row.Host, accountId, now);
            await connection.Run("delete from hosts where account_id = @account", ("account", accountId));
        }
        else if (await HostByOperator(connection, accountId) is { } given)
        {
            await connection.Release(UniqueNames.Host, given, accountId, now);
        }

        return true;
    });

    public Task<DueLooks> TakeDue(Instant now, int atMost) => database.Write(async connection =>
    {
        var hosts = await connection.All(
            $"""
            update hosts set next_check_at = @later where account_id in (
                select account_id from hosts where next_check_at <= @now order by next_check_at limit @most {SkipLocked})
            returning account_id
            """,
            row => row.GetInt32(0),
            ("later", now + Taken), ("now", now), ("most", atMost));
        var senders = await connection.All(
            $"""
            update senders set next_check_at = @later where (account_id, scope) in (
                select account_id, scope from senders where next_check_at <= @now order by next_check_at limit @most {SkipLocked})
            returning account_id, scope
            """,
            row => (row.GetInt32(0), (WhiteLabelScope)row.GetInt32(1)),
            ("later", now + Taken), ("now", now), ("most", atMost));
        return new DueLooks(hosts, senders);
    });

    public Task<HostKeeper?> KeeperOf(int accountId) => database.Read(connection => connection.First(
        """
        select p.id, p.email, k.id, a.name
        from accounts a join accounts k on k.id = coalesce(a.reseller_id, a.id) join persons p on p.id = k.owner_person_id
        where a.id = @account
        """,
        row => new HostKeeper(row.GetInt32(0), row.GetString(1), row.GetInt32(2), row.GetString(3)),
        ("account", accountId)));

    private static async Task<HostRow> Step(DbConnection connection, HostRow row, HostLook look, Instant now)
    {
        switch (look.Step)
        {
            case HostStep.Verify when await connection.Claim(UniqueNames.Host, look.Host, look.AccountId, now):
                return row with { State = HostState.Verified, Answer = look.Answer, VerifiedAt = row.VerifiedAt ?? now, FailingSince = null };
            case HostStep.Verify:
                return row with { Answer = HostAnswer.Taken };
            case HostStep.BeginFailing:
                await Tell(connection, look, now);
                return row with { State = HostState.Failing, Answer = look.Answer, FailingSince = now };
            case HostStep.GiveUp:
                await connection.Release(UniqueNames.Host, look.Host, look.AccountId, now);
                await Tell(connection, look, now);
                return row with { State = HostState.Waiting, Answer = look.Answer, AskedAt = now, VerifiedAt = null, FailingSince = null };
            default:
                return row with { Answer = look.Answer };
        }
    }

    private static Task Tell(DbConnection connection, HostLook look, Instant now) =>
        look.Letter is { } letter ? connection.Queue(letter, now) : Task.CompletedTask;

    private static async Task<string?> HostByOperator(DbConnection connection, int accountId) => await connection.Scalar(
        """
        select min(n.normalised) from names n
        where n.kind = 'host' and n.owner = @account and n.current = 1 and n.released_at is null
          and not exists (select 1 from hosts h where h.account_id = n.owner)
        """,
        ("account", accountId)) as string;

    private static Task<HostRow?> HostOf(DbConnection connection, int accountId) => connection.First(
        $"select {HostColumns} from hosts where account_id = @account",
        row => new HostRow
        {
            AccountId = row.GetInt32(0),
            Host = row.GetString(1),
            Token = row.GetString(2),
            State = (HostState)row.GetInt32(3),
            Answer = (HostAnswer)row.GetInt32(4),
            LeadsHere = row.NumberOrNull(5) is { } leads ? leads == 1 : null,
            AskedAt = row.InstantAt(6),
            CheckedAt = row.InstantOrNull(7),
            NextCheckAt = row.InstantOrNull(8),
            VerifiedAt = row.InstantOrNull(9),
            FailingSince = row.InstantOrNull(10),
        },
        ("account", accountId));
}
