using NodaTime;
using Slotwright.Appointments;
using Slotwright.Resellers;

namespace Slotwright.Storage.Resellers;

internal sealed partial class DashboardStore
{
    /// <summary>So many of an agenda's last changes are looked at for the list over all clients.</summary>
    private const int PerAgenda = 40;

    public Task<IReadOnlyDictionary<int, int>> BookedSince(IReadOnlyCollection<int> accounts, Instant since) => database.Read<IReadOnlyDictionary<int, int>>(async connection =>
        (await connection.All(
            $"""
            select g.account_id, cast(sum((
                select count(*) from changes c where c.agenda_id = g.id and c.kind = 1 and c.at > @since and c.version > coalesce((
                    select b.version from changes b where b.agenda_id = g.id and b.at <= @since order by b.version desc limit 1), 0))) as integer)
            from agendas g where g.account_id {Among} group by g.account_id
            """,
            row => (AccountId: row.GetInt32(0), Booked: row.GetInt32(1)),
            Ids(accounts), ("since", since)))
        .Where(row => row.Booked > 0).ToDictionary(row => row.AccountId, row => row.Booked));

    public Task<DashboardVisit?> Visit(int resellerId, int personId) => database.Read(connection => connection.First(
        "select since, seen_at from dashboard_looks where reseller_id = @reseller and person_id = @person",
        // First visits were once stored without a beginning.
        row => new DashboardVisit(row.InstantOrNull(0) ?? row.InstantAt(1), row.InstantAt(1)),
        ("reseller", resellerId), ("person", personId)));

    public Task Visited(int resellerId, int personId, DashboardVisit visit) => database.Write(connection => connection.Run(
        """
        insert into dashboard_looks (reseller_id, person_id, since, seen_at) values (@reseller, @person, @since, @seen)
        on conflict (reseller_id, person_id) do update set since = excluded.since, seen_at = excluded.seen_at
        where dashboard_looks.seen_at <= excluded.seen_at
        """,
        ("reseller", resellerId), ("person", personId), ("since", visit.Since), ("seen", visit.SeenAt)));

    public Task<IReadOnlyList<ClientEvent>> Events(int resellerId, IReadOnlyCollection<int>? accounts, Instant since, int limit)
    {
        var clients = $"select a.id from accounts a where a.reseller_id = @reseller{(accounts is null ? "" : $" and a.id {Among}")}";
        var parameters = new List<(string, object?)>
        {
            ("reseller", resellerId),
            ("since", since),
            ("limit", limit),
            ("each", accounts is { Count: 1 } ? 4 * limit : PerAgenda),
        };
        if (accounts is not null)
        {
            parameters.Add(Ids(accounts));
        }

        // First which they are, by index and few columns; then what they say.
        return database.Read<IReadOnlyList<ClientEvent>>(async connection => await connection.All(
            $"""
            select c.id, c.account_id, a.name, c.kind, c.at, c.actor_kind, c.snapshot from (
                select id from (
                    select c.id, c.at from agendas g join changes c on c.agenda_id = g.id and c.version > g.version - @each
                    where g.account_id in ({clients}) and c.at > @since and c.kind in (1, 2, 4)
                    union all
                    select c.id, c.at from changes c
                    where c.agenda_id = 0 and c.kind in (20, 21, 22) and c.at > @since and c.account_id in ({clients})) as both_kinds
                order by at desc, id desc limit @limit) as newest
            join changes c on c.id = newest.id join accounts a on a.id = c.account_id
            order by c.at desc, c.id desc
            """,
            row =>
            {
                var kind = (ChangeKind)row.GetInt32(3);
                return new ClientEvent
                {
                    Id = row.GetInt32(0),
                    AccountId = row.GetInt32(1),
                    AccountName = row.GetString(2),
                    Kind = ClientEvents.KindOf(kind)!.Value,
                    At = row.InstantAt(4),
                    ByCustomer = row.GetInt32(5) == (int)ActorKind.Customer,
                    StartsAt = kind >= ChangeKind.LimitNear ? null : AppointmentSnapshot.Read(row.GetString(6)).Start,
                };
            },
            [.. parameters]));
    }
}
