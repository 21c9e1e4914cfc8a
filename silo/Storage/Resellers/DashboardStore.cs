using System.Globalization;
using System.Text;
using System.Text.Json;
using NodaTime;
using Slotwright.Resellers;
using Slotwright.Storage.Accounts;

namespace Slotwright.Storage.Resellers;

/// <summary>Few statements for many clients, each along an index that is there for others already.</summary>
internal sealed partial class DashboardStore(IDatabase database) : IDashboardStore
{
    /// <summary>Buckets of <see cref="Count"/> beside the days: today's hours, and what lies before or after all days.</summary>
    private const int FirstHour = 1_000;
    private const int Outside = 2_000;

    public Task<IReadOnlyList<BoardRow>> Clients(int resellerId, IReadOnlyCollection<int>? accounts)
    {
        // The plus keeps SQLite from walking all clients where a few are asked for.
        var which = accounts is null ? "a.reseller_id = @reseller" : $"+a.reseller_id = @reseller and a.id {Among}";
        (string, object?)[] parameters = accounts is null ? [("reseller", resellerId)] : [("reseller", resellerId), Ids(accounts)];
        return database.Read<IReadOnlyList<BoardRow>>(async connection => await connection.All(
            $"""
            select a.id, a.name, p.email, a.plan, a.paused_at, a.attached_at, a.created_at, a.allowed, a.trial_ends_at,
                cast((select coalesce(sum(g.version), 0) from agendas g where g.account_id = a.id) as bigint)
            from accounts a join persons p on p.id = a.owner_person_id
            where {which}
            """,
            row => new BoardRow
            {
                Client = new ClientListing
                {
                    AccountId = row.GetInt32(0),
                    Name = row.GetString(1),
                    OwnerEmail = row.GetString(2),
                    PlanCode = row.GetString(3),
                    PausedAt = row.InstantOrNull(4),
                    AttachedAt = row.InstantOrNull(5) ?? row.InstantAt(6),
                },
                Allowed = row.GetInt32(7),
                TrialEndsAt = row.InstantOrNull(8),
                Version = row.GetInt64(9),
            },
            parameters));
    }

    public Task<string> Stamp(int resellerId) => database.Read(async connection => (string)(await connection.Scalar(
        """
        select count(*) || ' ' || coalesce(sum(c.id), 0) || ' ' || coalesce(sum(c.version), 0) || ' ' || coalesce(sum(c.allowed), 0) || ' ' || coalesce(sum(c.paused), 0)
            || ' ' || coalesce(sum(c.trial), 0) || ' ' || coalesce(sum(c.attached), 0)
        from (
            select a.id, a.allowed, coalesce(a.paused_at, 0) as paused, coalesce(a.trial_ends_at, 0) as trial, coalesce(a.attached_at, 0) as attached,
                (select coalesce(sum(g.version), 0) from agendas g where g.account_id = a.id) as version
            from accounts a where a.reseller_id = @reseller) as c
        """,
        ("reseller", resellerId)))!);

    public Task<IReadOnlyList<ClientCounts>> Count(IReadOnlyCollection<int> accounts, BoardDays days, Instant now)
    {
        var parameters = new List<(string, object?)>
        {
            Ids(accounts),
            ("now", now),
            ("from", days.From),
            ("to", days.To),
            ("today", days.TodayFrom),
            ("tomorrow", days.TodayTo),
            ("firstDay", Local(days.First)),
            ("midnight", Local(days.Today)),
        };
        var wall = Wall(days, parameters);
        return database.Read<IReadOnlyList<ClientCounts>>(async connection =>
        {
            var counts = new Dictionary<int, ClientCounts>();
            foreach (var (account, bucket, count, upcoming) in await connection.All(
                $"""
                select account_id, bucket, cast(count(*) as integer), cast(sum(upcoming) as integer) from (
                    select g.account_id, case when p.ends_at > @now then 1 else 0 end as upcoming,
                        cast(case
                            when p.starts_at < @from or p.starts_at >= @to then {Outside}
                            when p.starts_at >= @today and p.starts_at < @tomorrow then {FirstHour} + ({wall} - @midnight) / 3600000
                            else ({wall} - @firstDay) / 86400000 end as integer) as bucket
                    from agendas g join appointments p on p.agenda_id = g.id
                    where g.account_id {Among} and p.ends_at > @from and p.status = 1 and p.kind = 1) as begun
                group by account_id, bucket
                """,
                row => (row.GetInt32(0), row.GetInt32(1), row.GetInt32(2), row.GetInt32(3)),
                [.. parameters]))
            {
                if (!counts.TryGetValue(account, out var client))
                {
                    counts[account] = client = new ClientCounts(account, days.Count);
                }

                client.Upcoming += upcoming;
                if (bucket < days.Count)
                {
                    client.Days[bucket] += count;
                }
                else if (bucket is >= FirstHour and < FirstHour + 24)
                {
                    client.Hours[bucket - FirstHour] += count;
                    client.Days[BoardDays.Past - 1] += count;
                }
            }

            return [.. counts.Values];
        });
    }

    public Task<IReadOnlyDictionary<int, ClientSide>> Sides(int resellerId) => database.Read<IReadOnlyDictionary<int, ClientSide>>(async connection =>
    {
        var signIns = await connection.All(
            $"""
            select m.account_id, max(p.signed_in_at) from accounts a
            join memberships m on m.account_id = a.id join persons p on p.id = m.person_id
            where a.reseller_id = @reseller and p.signed_in_at is not null and {SignIns.AreTheResellers}
            group by m.account_id
            """,
            row => (AccountId: row.GetInt32(0), At: row.InstantAt(1)),
            ("reseller", resellerId));
        var hosts = await connection.All(
            """
            select a.id, n.normalised as host, case when h.state = 3 then 3 else 2 end as state, case when h.state = 3 then h.failing_since end as failing
            from accounts a join names n on n.kind = @kind and n.owner = a.id left join hosts h on h.account_id = a.id and h.host = n.normalised
            where a.reseller_id = @reseller and n.current = 1 and n.released_at is null
            union all
            select a.id, h.host, 1, null from accounts a join hosts h on h.account_id = a.id where a.reseller_id = @reseller and h.state = 1
            order by host
            """,
            row => (AccountId: row.GetInt32(0), Host: row.GetString(1), State: (ClientHostState)row.GetInt32(2), FailingSince: row.InstantOrNull(3)),
            ("reseller", resellerId), ("kind", UniqueNames.Host));
        var prices = await connection.All(
            "select a.id, a.asked_hundredths from accounts a where a.reseller_id = @reseller and a.asked_every = @monthly and a.asked_hundredths is not null",
            row => (AccountId: row.GetInt32(0), Asked: row.GetInt64(1) / 100m),
            ("reseller", resellerId), ("monthly", AskedEvery.Month));
        var named = hosts.ToLookup(host => host.AccountId, host => new ClientHost(host.Host, host.State));
        var failing = hosts.Where(host => host.FailingSince is not null).ToLookup(host => host.AccountId, host => host.FailingSince!.Value);
        var seen = signIns.ToDictionary(one => one.AccountId, one => one.At);
        var asked = prices.ToDictionary(one => one.AccountId, one => one.Asked);
        return seen.Keys.Union(named.Select(group => group.Key)).Union(asked.Keys).ToDictionary(
            id => id,
            id => new ClientSide(seen.TryGetValue(id, out var at) ? at : null, [.. named[id]], asked.TryGetValue(id, out var price) ? price : null, [.. failing[id]]));
    });

    public Task<IReadOnlyDictionary<int, int>> ResellersOf(IReadOnlyCollection<int> accounts) => database.Read<IReadOnlyDictionary<int, int>>(async connection =>
        (await connection.All(
            $"select id, reseller_id from accounts where id {Among} and reseller_id is not null", row => (Id: row.GetInt32(0), Reseller: row.GetInt32(1)), Ids(accounts)))
        .ToDictionary(row => row.Id, row => row.Reseller));

    /// <summary>An id is one of the parameter's; there may be more than a statement may have parameters.</summary>
    private string Among => database.Dialect == Dialect.PostgreSql ? "= any(@ids)" : "in (select value from json_each(@ids))";

    private (string, object?) Ids(IReadOnlyCollection<int> accounts) =>
        ("ids", database.Dialect == Dialect.PostgreSql ? accounts.ToArray() : JsonSerializer.Serialize(accounts));

    /// <summary>The wall clock of the days' zone at an appointment's start, in milliseconds.</summary>
    private static string Wall(BoardDays days, List<(string, object?)> parameters)
    {
        var text = new StringBuilder("(p.starts_at + case ");
        foreach (var (index, (until, offset)) in days.Offsets.Index())
        {
            parameters.Add(($"offset{index}", (long)offset.Milliseconds));
            if (index < days.Offsets.Count - 1)
            {
                text.Append(CultureInfo.InvariantCulture, $"when p.starts_at < @until{index} then @offset{index} ");
                parameters.Add(($"until{index}", until));
            }
            else
            {
                text.Append(CultureInfo.InvariantCulture, $"when 1 = 1 then @offset{index} ");
            }
        }

        return text.Append("end)").ToString();
    }

    private static long Local(LocalDate date) => date.AtMidnight().InUtc().ToInstant().ToUnixTimeMilliseconds();
}
