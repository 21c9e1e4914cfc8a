using System.Data.Common;
using System.Globalization;
using NodaTime;
using Slotwright.Resellers;

namespace Slotwright.Storage.Resellers;

internal sealed class ActingStore(IDatabase database) : IActingStore
{
    private const int MostListed = 100;

    private static readonly Duration SessionLifetime = Duration.FromDays(30);

    /// <summary>
    /// What an acting session depends on, each unbroken since it began: a person who was taken out and let in again, or a client that left and
    /// came back, begins anew.
    /// </summary>
    private const string Open =
        """
        from acting_sessions x
        join accounts c on c.id = x.account_id and c.reseller_id = x.reseller_id and coalesce(c.attached_at, 0) <= x.started_at and c.suspended_at is null
        join accounts r on r.id = x.reseller_id and r.is_reseller = 1 and r.suspended_at is null
        join memberships m on m.account_id = x.reseller_id and m.person_id = x.person_id and m.created_at <= x.started_at
        join sessions s on s.token_hash = x.session_hash and s.person_id = x.person_id and s.ended_at is null and s.started_at > @since
        where x.token_hash = @token and x.session_hash = @session and x.person_id = @person and x.reseller_id = @reseller and x.account_id = @account
            and x.ended_at is null and x.ends_at > @now
        """;

    public Task<ActingRefusal?> Start(NewActing acting, AuditedAct act) => database.Write<ActingRefusal?>(async connection =>
    {
        // The client's row is taken first: who detaches it at the same moment comes before or after.
        await connection.Run("update accounts set id = id where id = @account", ("account", acting.AccountId));
        if (!await Exists(
            connection,
            """
            select 1 from accounts r
            join memberships m on m.account_id = r.id and m.person_id = @person
            join sessions s on s.token_hash = @session and s.person_id = @person and s.ended_at is null and s.started_at > @since
            where r.id = @reseller and r.is_reseller = 1 and r.suspended_at is null
            """,
            ("person", acting.PersonId), ("session", acting.SessionHash), ("reseller", acting.ResellerId), ("since", acting.StartedAt - SessionLifetime)))
        {
            return ActingRefusal.NotAllowed;
        }

        if (!await Exists(
            connection, "select 1 from accounts where id = @account and reseller_id = @reseller and suspended_at is null", ("account", acting.AccountId), ("reseller", acting.ResellerId)))
        {
            // Only a made-up form names a client that is not theirs.
            await connection.Append(
                acting.ResellerId, acting.PersonId, act with { Act = AuditActs.ForeignClient, Outcome = ActOutcome.Attack }, acting.StartedAt);
            return ActingRefusal.UnknownClient;
        }

        await connection.Run(
            """
            update acting_sessions set ended_at = @now, why = 2
            where person_id = @person and session_hash = @session and account_id = @account and ended_at is null
            """,
            ("now", acting.StartedAt), ("person", acting.PersonId), ("session", acting.SessionHash), ("account", acting.AccountId));
        await connection.Run(
            """
            insert into acting_sessions (id, token_hash, person_id, session_hash, reseller_id, account_id, mode, host, started_at, ends_at)
            values (@id, @token, @person, @session, @reseller, @account, @mode, @host, @started, @ends)
            """,
            ("id", acting.Id),
            ("token", acting.TokenHash),
            ("person", acting.PersonId),
            ("session", acting.SessionHash),
            ("reseller", acting.ResellerId),
            ("account", acting.AccountId),
            ("mode", ActingMode.AsReseller),
            ("host", acting.Host),
            ("started", acting.StartedAt),
            ("ends", acting.EndsAt));
        await connection.Append(acting.AccountId, acting.PersonId, act, acting.StartedAt, acting.Id, acting.ResellerId, ActingMode.AsReseller);
        return null;
    });

    public Task<ActingRow?> Find(ActingProof proof, Instant now) => database.Read(connection => Find(connection, proof, now));

    public Task<bool> Record(ActingProof proof, AuditedAct act, Instant now) => database.Write(async connection =>
    {
        await connection.Run("update accounts set id = id where id = @account", ("account", proof.AccountId));
        if (await Find(connection, proof, now) is not { } acting)
        {
            return false;
        }

        await connection.Append(proof.AccountId, proof.PersonId, act, now, acting.Id, proof.ResellerId, acting.Mode);
        return true;
    });

    public Task<bool> Switch(ActingProof proof, ActingMode mode, Instant now) => database.Write(async connection =>
        await Find(connection, proof, now) is { } acting
        && await connection.Run("update acting_sessions set mode = @mode where id = @id and ended_at is null", ("mode", mode), ("id", acting.Id)) == 1);

    public Task End(ActingProof proof, Instant now) => database.Write(connection => connection.Run(
        """
        update acting_sessions set ended_at = @now, why = 1
        where token_hash = @token and person_id = @person and reseller_id = @reseller and account_id = @account and ended_at is null and ends_at > @now
        """,
        ("now", now), ("token", proof.TokenHash), ("person", proof.PersonId), ("reseller", proof.ResellerId), ("account", proof.AccountId)));

    public Task RecordAttack(int accountId, int personId, AuditedAct act, Instant now) => database.Write(async connection =>
    {
        await connection.Append(accountId, personId, act, now);
        return true;
    });

    public Task<AccessLog?> Log(int accountId, int? resellerId, int before, Instant now) => database.Read<AccessLog?>(async connection =>
    {
        if (resellerId is { } reseller
            && !await Exists(connection, "select 1 from accounts where id = @account and reseller_id = @reseller", ("account", accountId), ("reseller", reseller)))
        {
            return null;
        }

        // A reseller sees what its own people did, acting or with the relation, and those who acted for one that was merged into it; the account sees everybody's.
        var only = resellerId is null ? "" : "and x.reseller_id = @reseller";
        var theirs = resellerId is null ? "" :
            """
            and (x.acting_id in (select id from acting_sessions where account_id = @account and reseller_id = @reseller)
                or (x.acting_id is null and x.reseller_id = @reseller))
            """;
        (string, object?)[] who = resellerId is null ? [("account", accountId)] : [("account", accountId), ("reseller", resellerId)];
        var sessions = await connection.All(
            $"{ActingListings.Select} where x.account_id = @account {only} order by x.started_at desc, x.id desc limit {MostListed}",
            row => ActingListings.Read(row, now),
            who);
        // Of the operator nobody else learns who it was, nor from where.
        var acts = await connection.All(
            $"""
            select x.seq, x.at, case when x.act like 'Operator#%' then '' else coalesce(p.email, '') end, x.acting_id, x.mode, x.act, x.path,
                case when x.act like 'Operator#%' then '' else x.address end, x.outcome, x.reseller_id
            from audit x left join persons p on p.id = x.person_id
            where x.account_id = @account and x.seq < @before {theirs} order by x.seq desc limit {MostListed}
            """,
            row => new AuditEntry
            {
                Number = row.GetInt32(0),
                At = row.InstantAt(1),
                Person = row.GetString(2),
                ActingId = row.NumberOrNull(3),
                Mode = (ActingMode?)row.NumberOrNull(4),
                Act = row.GetString(5),
                Path = row.GetString(6),
                Address = row.GetString(7),
                Outcome = (ActOutcome)row.GetInt32(8),
                ResellerId = row.NumberOrNull(9),
            },
            [.. who, ("before", before)]);
        var total = Convert.ToInt32(await connection.Scalar($"select count(*) from audit x where x.account_id = @account {theirs}", who), CultureInfo.InvariantCulture);
        return new AccessLog(sessions, acts, total);
    });

    /// <summary>Within the transaction of what depends on it.</summary>
    public static Task<ActingRow?> Find(DbConnection connection, ActingProof proof, Instant now) => connection.First(
        $"select x.id, x.mode, x.started_at, x.ends_at, r.name {Open}",
        row => new ActingRow(row.GetInt32(0), (ActingMode)row.GetInt32(1), row.InstantAt(2), row.InstantAt(3), row.GetString(4)),
        ("token", proof.TokenHash),
        ("session", proof.SessionHash),
        ("person", proof.PersonId),
        ("reseller", proof.ResellerId),
        ("account", proof.AccountId),
        ("since", now - SessionLifetime),
        ("now", now));

    private static async Task<bool> Exists(DbConnection connection, string sql, params (string, object?)[] parameters) =>
        await connection.Scalar(sql, parameters) is not null;
}
