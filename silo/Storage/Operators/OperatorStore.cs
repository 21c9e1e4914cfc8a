using System.Data.Common;
using System.Globalization;
using NodaTime;
using Slotwright.Mail;
using Slotwright.Platform;
using Slotwright.Resellers;
using Slotwright.Storage.Resellers;

namespace Slotwright.Storage.Operators;

internal sealed class OperatorStore(IDatabase database) : IOperatorStore
{
    private const int MostMails = 200;
    private const int MostSessions = 100;

    private static readonly Duration SessionLifetime = Duration.FromDays(30);
    private static readonly Duration Shown = Duration.FromDays(30);

    public Task<PlatformOverview?> Overview(OperatorProof proof, Instant now) => Ask(proof, now, async connection => (PlatformOverview?)new PlatformOverview
    {
        Accounts = await Number(connection, "select count(*) from accounts"),
        Resellers = await Number(connection, "select count(*) from accounts where is_reseller = 1"),
        Clients = await Number(connection, "select count(*) from accounts where reseller_id is not null"),
        Suspended = await Number(connection, "select count(*) from accounts where suspended_at is not null"),
        Upcoming = Convert.ToInt64(await connection.Scalar("select coalesce(sum(used), 0) from accounts"), CultureInfo.InvariantCulture),
        Plans = await connection.All(
            "select plan, count(*), sum(used) from accounts group by plan order by count(*) desc, plan",
            row => new PlanCount(row.GetString(0), (int)row.GetInt64(1), row.GetInt64(2))),
        Outbox = new OutboxState
        {
            Waiting = await Number(connection, "select (select count(*) from deliveries where state = 1) + (select count(*) from changes where pending = 1)"),
            OldestDue = await connection.Scalar("select min(due_at) from deliveries where state = 1 and due_at <= @now", ("now", now)) is { } due
                ? Instant.FromUnixTimeMilliseconds(Convert.ToInt64(due, CultureInfo.InvariantCulture))
                : null,
            Held = await Number(connection, "select (select count(*) from deliveries where state = 5) + (select count(*) from changes where pending = 2)"),
            Unwritten = await Number(connection, "select count(*) from changes where pending = 3"),
            Failed = await Number(connection, "select count(*) from deliveries where state = 4 and made_at > @since", ("since", now - Shown)),
        },
        Acting = await Number(connection, "select count(distinct reseller_id) from acting_sessions where ended_at is null and ends_at > @now", ("now", now)),
    });

    public Task<FoundAccounts?> Accounts(OperatorProof proof, AccountsQuery query, Instant now) => Ask<FoundAccounts?>(proof, now, async connection =>
    {
        var among = query.Among switch
        {
            AccountsAmong.Resellers => "a.is_reseller = 1",
            AccountsAmong.Clients => "a.reseller_id is not null",
            AccountsAmong.Suspended => "a.suspended_at is not null",
            _ => "1 = 1",
        };
        var from = $"from accounts a join persons p on p.id = a.owner_person_id left join accounts r on r.id = a.reseller_id where {among}";
        var text = query.Text.Trim().ToLowerInvariant();
        List<(string, object?)> parameters = [];
        if (text.Length > 0)
        {
            from += @" and (lower(a.name) like @text escape '\' or lower(p.email) like @text escape '\')";
            parameters.Add(("text", "%" + text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal) + "%"));
        }

        var total = await Number(connection, $"select count(*) {from}", [.. parameters]);
        var found = await connection.All(
            $"""
            select a.id, a.name, p.email, r.name, a.is_reseller, (select count(*) from accounts c where c.reseller_id = a.id), a.plan, a.used, a.allowed,
                a.trial_ends_at, a.created_at, a.suspended_at
            {from} order by a.name, a.id limit @limit offset @offset
            """,
            Listing,
            [.. parameters, ("limit", query.Limit), ("offset", query.Offset)]);
        return new FoundAccounts(found, total);
    });

    public Task<bool> Suspend(OperatorProof proof, SuspendAccount command, Instant now) => database.Write(async connection =>
    {
        if (!await IsOperator(connection, proof, now)
            || await connection.Run(
                command.IsSuspended
                    ? "update accounts set suspended_at = @now where id = @id and suspended_at is null"
                    : "update accounts set suspended_at = null where id = @id and suspended_at is not null and @now > 0",
                ("id", command.AccountId), ("now", now)) != 1)
        {
            return false;
        }

        if (command.IsSuspended)
        {
            // For good: what was open does not open again with the account.
            await connection.Run(
                "update acting_sessions set ended_at = @now, why = 4 where (account_id = @id or reseller_id = @id) and ended_at is null",
                ("id", command.AccountId), ("now", now));
        }

        var act = new AuditedAct(command.IsSuspended ? AuditActs.Suspended : AuditActs.Reopened, "", command.Address, ActOutcome.Begun);
        await connection.Append(command.AccountId, proof.PersonId, act, now);
        return true;
    });

    public Task<IReadOnlyList<KeptMail>?> KeptMails(OperatorProof proof, Instant now) => Ask<IReadOnlyList<KeptMail>?>(proof, now, async connection =>
        await connection.All(
            $"""
            select sort, id, at, name, recipient, state, reason from (
                select 'm' as sort, d.id as id, d.fact_at as at, coalesce(a.name, '') as name, d.recipient as recipient,
                    case d.state when 5 then 1 else 3 end as state, coalesce(d.last_error, '') as reason
                from deliveries d left join accounts a on a.id = d.account_id where d.state = 5 or (d.state = 4 and d.made_at > @since)
                union all
                select 'f', c.id, c.at, coalesce(a.name, ''), '', case c.pending when 3 then 2 else 1 end, ''
                from changes c left join accounts a on a.id = c.account_id where c.pending in (2, 3)) kept
            order by at, id limit {MostMails}
            """,
            row => new KeptMail
            {
                Id = string.Create(CultureInfo.InvariantCulture, $"{row.GetString(0)}{row.GetInt32(1)}"),
                At = row.InstantAt(2),
                Account = row.GetString(3),
                Recipient = row.GetString(4),
                State = (KeptMailState)row.GetInt32(5),
                Reason = row.GetString(6),
            },
            ("since", now - Shown)));

    public Task<int?> DecideMails(OperatorProof proof, MailDecision decision, Instant now) => database.Write<int?>(async connection =>
        await IsOperator(connection, proof, now) && HeldMails.Chosen(decision.Ids) is { } chosen
            ? await HeldMails.Decide(connection, chosen, decision.Release, now, failedToo: chosen.Count > 0)
            : null);

    public Task<IReadOnlyList<ActingListing>?> ActingSessions(OperatorProof proof, int before, Instant now) => Ask<IReadOnlyList<ActingListing>?>(proof, now, async connection =>
        await connection.All(
            $"{ActingListings.Select} where x.id < @before order by x.id desc limit {MostSessions}", row => ActingListings.Read(row, now), ("before", before)));

    private static AccountListing Listing(DbDataReader row) => new()
    {
        Id = row.GetInt32(0),
        Name = row.GetString(1),
        OwnerEmail = row.GetString(2),
        Reseller = row.TextOrNull(3),
        IsReseller = row.FlagAt(4),
        Clients = (int)row.GetInt64(5),
        PlanCode = row.GetString(6),
        Used = row.GetInt32(7),
        Allowed = row.GetInt32(8) is var allowed and < int.MaxValue ? allowed : null,
        TrialEndsAt = row.InstantOrNull(9),
        CreatedAt = row.InstantAt(10),
        SuspendedAt = row.InstantOrNull(11),
    };

    private Task<T?> Ask<T>(OperatorProof proof, Instant now, Func<DbConnection, Task<T?>> work) =>
        database.Read(async connection => await IsOperator(connection, proof, now) ? await work(connection) : default);

    private static async Task<bool> IsOperator(DbConnection connection, OperatorProof proof, Instant now) => await connection.Scalar(
        """
        select 1 from sessions s join persons p on p.id = s.person_id
        where s.token_hash = @session and s.person_id = @person and s.ended_at is null and s.started_at > @since
            and p.is_operator = 1 and p.two_step_since is not null
        """,
        ("session", proof.SessionHash), ("person", proof.PersonId), ("since", now - SessionLifetime)) is not null;

    private static async Task<int> Number(DbConnection connection, string sql, params (string, object?)[] parameters) =>
        Convert.ToInt32(await connection.Scalar(sql, parameters), CultureInfo.InvariantCulture);
}
