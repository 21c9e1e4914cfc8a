namespace Slotwright.Storage.Upkeep;

/// <summary>Each statement answers a text for every row that breaks its invariant; both dialects read them.</summary>
internal static class VerificationStatements
{
    public static IReadOnlyList<(string Name, string Sql)> All { get; } =
    [
        ("an agenda's version is the number of its changes, which count from 1 without gaps",
            """
            select 'agenda ' || a.id || ' is at version ' || a.version || ' with ' || coalesce(c.n, 0) || ' changes up to ' || coalesce(c.last, 0)
            from agendas a left join (
                select agenda_id, count(*) as n, count(distinct version) as d, min(version) as first, max(version) as last
                from changes where agenda_id <> 0 group by agenda_id) c on c.agenda_id = a.id
            where a.version <> coalesce(c.n, 0) or a.version <> coalesce(c.d, 0) or a.version <> coalesce(c.last, 0) or coalesce(c.first, 1) <> 1
            order by a.id
            """),
        ("an agenda with changes was taken by an epoch",
            "select 'agenda ' || id || ' has version ' || version || ' and epoch ' || epoch from agendas where version > 0 and epoch < 1 order by id"),
        ("an account's counter is not below what is upcoming",
            """
            select 'account ' || a.id || ' counts ' || a.used || ' of ' || c.n from accounts a join (
                select g.account_id, count(*) as n from appointments p join agendas g on g.id = p.agenda_id
                where p.status = 1 and p.kind = 1 and p.ends_at > @now group by g.account_id) c on c.account_id = a.id
            where a.used < c.n order by a.id
            """),
        ("only clients are paused, and only resellers that are nobody's clients have clients",
            """
            select 'account ' || a.id || ' is paused and nobody''s client' from accounts a where a.paused_at is not null and a.reseller_id is null
            union all
            select 'account ' || a.id || ' is a client of ' || r.id || ', which is no reseller'
            from accounts a join accounts r on r.id = a.reseller_id where r.is_reseller = 0 or r.reseller_id is not null
            """),
        ("ids are below what is handed out next",
            """
            select x.kind || ' ' || x.id || ' is not below ' || coalesce(i.next, 1) from (
                select 'account' as kind, max(id) as id from accounts
                union all select 'person', max(id) from persons
                union all select 'schedule', max(id) from schedules
                union all select 'schedule', max(id) from agendas
                union all select 'change', max(id) from changes
                union all select 'change', max(id) from appointments) x
            left join ids i on i.kind = x.kind
            where x.id is not null and x.id >= coalesce(i.next, 1)
            """),
        ("every living name has its owner",
            """
            select 'name ' || n.kind || ' ' || n.normalised || ' of ' || n.owner from names n
            where n.released_at is null and not (
                (n.kind = 'email' and exists (select 1 from persons p where p.id = n.owner))
                or (n.kind in ('account', 'host') and exists (select 1 from accounts a where a.id = n.owner))
                or (n.kind = 'schedule' and exists (select 1 from schedules s where s.id = n.owner and n.normalised like s.account_id || '/%')))
            order by n.kind, n.normalised
            """),
        ("every person, account and schedule has one present name",
            """
            select x.kind || ' ' || x.id || ' has ' || x.n || ' names' from (
                select 'person' as kind, p.id as id, (select count(*) from names n where n.kind = 'email' and n.owner = p.id and n.current = 1) as n from persons p
                union all
                select 'account', a.id, (select count(*) from names n where n.kind = 'account' and n.owner = a.id and n.current = 1) from accounts a
                union all
                select 'schedule', s.id, (select count(*) from names n where n.kind = 'schedule' and n.owner = s.id and n.current = 1) from schedules s) x
            where x.n <> 1 order by x.kind, x.id
            """),
        ("a released name is nobody's present one",
            "select 'name ' || kind || ' ' || normalised from names where released_at is not null and current <> 0 order by kind, normalised"),
        ("every account's owner is its member",
            """
            select 'account ' || a.id || ' of person ' || a.owner_person_id from accounts a
            where not exists (select 1 from memberships m where m.account_id = a.id and m.person_id = a.owner_person_id) order by a.id
            """),
        ("a client's reseller is a reseller",
            """
            select 'account ' || a.id || ' of reseller ' || a.reseller_id from accounts a
            where a.reseller_id is not null and not exists (select 1 from accounts r where r.id = a.reseller_id and r.is_reseller = 1) order by a.id
            """),
        ("a schedule's agenda is its account's",
            """
            select 'schedule ' || s.id || ' with agenda ' || s.agenda_id from schedules s
            where not exists (select 1 from agendas g where g.id = s.agenda_id and g.account_id = s.account_id) order by s.id
            """),
        ("a calendar feed's schedule is its account's",
            """
            select 'feed ' || f.handle || ' of schedule ' || f.schedule_id from feeds f
            where not exists (select 1 from schedules s where s.id = f.schedule_id and s.account_id = f.account_id) order by f.handle
            """),
        ("an appointment's schedule and agenda are its account's",
            """
            select 'appointment ' || p.id || ' of account ' || p.account_id || ', schedule ' || p.schedule_id || ', agenda ' || p.agenda_id from appointments p
            where not exists (
                select 1 from schedules s where s.id = p.schedule_id and s.agenda_id = p.agenda_id and s.account_id = p.account_id) order by p.id
            """),
        ("a change is of an appointment of its account, or of a limit",
            """
            select 'change ' || c.id || ' of appointment ' || c.appointment_id from changes c
            where not ((c.kind >= 20 and c.appointment_id = 0 and c.agenda_id = 0 and exists (select 1 from accounts a where a.id = c.account_id))
                or (c.kind < 20 and exists (
                    select 1 from appointments p where p.id = c.appointment_id and p.account_id = c.account_id and p.agenda_id = c.agenda_id)))
            order by c.id
            """),
        ("an appointment ends after it begins, with sane buffers and a revision",
            """
            select 'appointment ' || id from appointments
            where ends_at <= starts_at or buffer_before < 0 or buffer_before > 1440 or buffer_after < 0 or buffer_after > 1440 or revision < 1 order by id
            """),
        ("an appointment's revision is the number of its changes",
            """
            select 'appointment ' || p.id || ' at revision ' || p.revision from appointments p
            where p.revision <> (select count(*) from changes c where c.id = p.id or (c.appointment_id = p.id and c.kind not in (1, 5))) order by p.id
            """),
        ("a repeat key is whole or gone",
            """
            select 'change ' || id from changes
            where (repeat_key is null) <> (credential is null) or (repeat_key is null) <> (fingerprint is null) order by id
            """),
        ("a trial ends after it began",
            """
            select 'account ' || id from accounts
            where (trial_started_at is null) <> (trial_ends_at is null) or trial_ends_at <= trial_started_at order by id
            """),
        ("an account is on the plan of the subscription that runs",
            """
            select 'account ' || a.id || ' is on ' || a.plan || ' and subscribes to ' || s.plan from subscriptions s join accounts a on a.id = s.account_id
            where s.state in (3, 4, 6) and a.plan <> s.plan order by a.id
            """),
        ("a subscription's period ends after it began and was charged at least once",
            """
            select 'subscription of account ' || s.account_id from subscriptions s
            where s.period_to <= s.period_from or not exists (select 1 from ledger l where l.account_id = s.account_id and l.kind = 1) order by s.account_id
            """),
        ("what is to happen to a subscription has its time",
            """
            select 'subscription of account ' || account_id from subscriptions
            where (state in (3, 4)) <> (due_at is not null) or (state = 4) <> (past_due_since is not null) order by account_id
            """),
        ("a charge is its list price less its discount, and what lessens a debt is negative",
            """
            select 'ledger row ' || id from ledger
            where net <> list - discount or (kind in (1, 4) and (net < 0 or vat < 0)) or (kind in (2, 3) and (net > 0 or vat > 0)) order by id
            """),
        ("a card's charge stands in the ledger with its amount",
            """
            select 'collection ' || c.idempotency from collections c
            where not exists (select 1 from ledger l where l.idempotency = c.idempotency and l.net + l.vat = c.amount and l.payer_id = c.payer_id) order by c.idempotency
            """),
        ("what a card paid is booked, once",
            """
            select 'collection ' || c.idempotency from collections c
            where (c.state = 3) <> exists (select 1 from ledger l where l.idempotency = 'payment:' || c.idempotency) order by c.idempotency
            """),
        ("a statement has lines",
            """
            select 'statement ' || s.number from statements s
            where not exists (select 1 from ledger l where l.payer_id = s.payer_id and l.month = s.month and l.kind in (1, 2)) order by s.number
            """),
    ];
}
