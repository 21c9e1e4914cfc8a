using NodaTime;
using Npgsql;
using NpgsqlTypes;
using Slotwright.Appointments;
using Slotwright.Storage.Appointments;

namespace Slotwright.Storage.PostgreSql;

/// <summary>
/// The usual path: a whole batch in one statement, which is its own transaction. It stores what the fence and the keys let through,
/// and it fails as a whole, by dividing by zero, when anything else is not as expected: a place taken, a key stored this very moment, an
/// account that comes near a threshold of its plan or is paused. The batch then goes the exact path.
/// </summary>
internal sealed class SharedStatement : IDisposable
{
    /// <summary>SQLSTATE of the division by zero.</summary>
    public const string NotAsExpected = PostgresErrorCodes.DivisionByZero;

    // Agendas are locked before accounts, each by id; "held" only says so to the planner.
    private const string Text = """
        with u as materialized (
            select * from unnest(@id, @account, @agenda, @schedule, @resource, @kind, @status, @starts, @ends, @before, @after, @zone, @offset, @overlap, @name,
                @email, @customer, @note, @language, @revision, @created, @createdBy, @updated, @updatedBy, @salt, @epoch, @change, @changeKind,
                @actorKind, @actorName, @fromStart, @fromEnd, @credential, @key, @fingerprint, @snapshot, @delta,
                @attendance, @find, @open)
            with ordinality as x (id, account_id, agenda_id, schedule_id, resource_id, kind, status, starts_at, ends_at, buffer_before, buffer_after, zone,
                utc_offset, overlap_allowed, customer_name, customer_email, customer, note, language, revision, created_at, created_by, updated_at,
                updated_by, manage_salt, epoch, change_id, change_kind, actor_kind, actor_name, moved_from_start, moved_from_end, credential, repeat_key,
                fingerprint, snapshot, delta, attendance, find_text, needs_open, place)
        ), h as materialized (
            select id, account_id, epoch, version from agendas where id = any(@agendas) order by id for update
        ), n as materialized (
            select u.*, h.version as held, h.id is null as fenced, u.repeat_key is not null and exists (
                select 1 from changes c
                where c.account_id = u.account_id and c.credential = u.credential and c.repeat_key = u.repeat_key and c.at > @cutoff) as known
            from u left join h on h.id = u.agenda_id and h.epoch = u.epoch and h.account_id = u.account_id
        ), r as materialized (
            select n.*, held + row_number() over (partition by agenda_id order by place) as version from n where not fenced and not known
        ), f as (
            update agendas a set version = x.version
            from (select agenda_id, max(version) as version from r group by agenda_id) x where a.id = x.agenda_id
        ), ch as (
            insert into changes (id, account_id, agenda_id, schedule_id, appointment_id, version, kind, at, actor_kind, actor_name, moved_from_start,
                moved_from_end, credential, repeat_key, fingerprint, snapshot)
            select change_id, account_id, agenda_id, schedule_id, id, version, change_kind, updated_at, actor_kind, actor_name, moved_from_start,
                moved_from_end, credential, repeat_key, fingerprint, snapshot
            from r on conflict do nothing returning 1
        ), ap as (
            insert into appointments (id, account_id, agenda_id, schedule_id, resource_id, kind, status, starts_at, ends_at, buffer_before, buffer_after,
                zone, utc_offset, overlap_allowed, customer_name, customer_email, customer, note, language, revision, created_at, created_by,
                updated_at, updated_by, manage_salt, attendance, find_text)
            select id, account_id, agenda_id, schedule_id, resource_id, kind, status, starts_at, ends_at, buffer_before, buffer_after, zone,
                utc_offset, overlap_allowed, customer_name, customer_email, customer, note, language, revision, created_at, created_by,
                updated_at, updated_by, manage_salt, attendance, find_text
            from r where revision = 1 on conflict do nothing returning 1
        ), up as (
            update appointments p set schedule_id = r.schedule_id, resource_id = r.resource_id, kind = r.kind, status = r.status,
                starts_at = r.starts_at, ends_at = r.ends_at, buffer_before = r.buffer_before, buffer_after = r.buffer_after, zone = r.zone,
                utc_offset = r.utc_offset, overlap_allowed = r.overlap_allowed, customer_name = r.customer_name, customer_email = r.customer_email, customer = r.customer,
                note = r.note, language = r.language, revision = r.revision, updated_at = r.updated_at, updated_by = r.updated_by,
                attendance = r.attendance, find_text = r.find_text
            from r
            where r.revision > 1 and p.id = r.id and p.account_id = r.account_id and p.agenda_id = r.agenda_id and p.revision = r.revision - 1
            returning 1
        ), g as materialized (
            select account_id, sum(greatest(delta, 0)) as plus, sum(delta) as total, max(needs_open) as needs_open from r group by account_id having bool_or(delta <> 0)
        ), l as materialized (
            select id, used, near_sent, full_sent, refused_sent, paused_at is not null and reseller_id is not null as paused, case when trial_ends_at > @now then 2147483647 else allowed end as allowed
            from accounts where id in (select account_id from g) order by id for update
        ), t as materialized (
            select l.*, g.plus, g.needs_open, l.used + g.total as after, case when l.allowed = 2147483647 then l.allowed else (l.allowed * 4::bigint + 4) / 5 end as near,
                l.near_sent + l.full_sent + l.refused_sent = 0 or g.plus = g.total or g.plus = 0 as plain
            from l join g on g.account_id = l.id
        ), ac as (
            update accounts a set used = greatest(0, t.after),
                near_sent = case when t.after < t.near then 0 else t.near_sent end,
                full_sent = case when t.after < t.allowed then 0 else t.full_sent end,
                refused_sent = case when t.after < t.allowed then 0 else t.refused_sent end
            from t
            where a.id = t.id and t.plain and not (t.paused and t.needs_open = 1) and (t.allowed = 2147483647 or t.plus = 0
                or ((t.near_sent = 1 or t.used + t.plus < t.near) and t.used + t.plus < t.allowed))
            returning 1
        ), whole as materialized (
            select 1 / case when (select count(*) from r) = (select count(*) from ch)
                and (select count(*) from r) = (select count(*) from ap) + (select count(*) from up)
                and (select count(*) from g) = (select count(*) from ac)
                and not exists (
                    select 1 from r join accounts a on a.id = r.account_id
                    where r.needs_open = 1 and r.delta = 0 and a.paused_at is not null and a.reseller_id is not null) then 1 else 0 end as one
        )
        select n.place, n.fenced, n.known, coalesce(r.version, 0) * whole.one from n left join r on r.place = n.place cross join whole
        """;

    private readonly NpgsqlCommand command;
    private readonly List<Action<PendingAppend, Instant>> fill = [];
    private readonly List<Action> clear = [];
    private readonly List<int> agendas = [];
    private readonly NpgsqlParameter<long> now = new("now", NpgsqlDbType.Bigint);
    private readonly NpgsqlParameter<long> cutoff = new("cutoff", NpgsqlDbType.Bigint);

    private SharedStatement(NpgsqlConnection connection)
    {
        command = new NpgsqlCommand(Text, connection);
        Number("id", (p, _) => p.Write.Appointment.Id);
        Number("account", (p, _) => p.Write.Appointment.AccountId);
        Number("agenda", (p, _) => p.Write.AgendaId);
        Number("schedule", (p, _) => p.Write.Appointment.ScheduleId);
        Number("resource", (p, _) => p.Write.Appointment.ResourceId);
        Number("kind", (p, _) => (int)p.Write.Appointment.Kind);
        Number("status", (p, _) => (int)p.Write.Appointment.Status);
        Long("starts", p => p.Write.Appointment.Start.ToUnixTimeMilliseconds());
        Long("ends", p => p.Write.Appointment.End.ToUnixTimeMilliseconds());
        Number("before", (p, _) => p.Write.Appointment.BufferBeforeMinutes);
        Number("after", (p, _) => p.Write.Appointment.BufferAfterMinutes);
        Word("zone", p => p.Write.Appointment.Zone);
        Number("offset", (p, _) => p.Write.Appointment.UtcOffset);
        Number("overlap", (p, _) => p.Write.Appointment.OverlapAllowed ? 1 : 0);
        Word("name", p => p.Write.Appointment.Customer.Name);
        Word("email", p => p.CustomerEmail);
        Word("customer", p => p.Customer);
        Word("note", p => p.Write.Appointment.Note);
        Word("language", p => p.Write.Appointment.Language);
        Number("revision", (p, _) => p.Write.Appointment.Revision);
        Long("created", p => p.Write.Appointment.CreatedAt.ToUnixTimeMilliseconds());
        Word("createdBy", p => p.Write.Appointment.CreatedBy);
        Long("updated", p => p.Write.Appointment.UpdatedAt.ToUnixTimeMilliseconds());
        Word("updatedBy", p => p.Write.Appointment.UpdatedBy);
        Word("salt", p => p.Write.Appointment.ManageSalt);
        Long("epoch", p => p.Write.Epoch);
        Number("change", (p, _) => p.Write.ChangeId);
        Number("changeKind", (p, _) => (int)p.Write.Kind);
        Number("actorKind", (p, _) => (int)p.Write.Actor.Kind);
        Word("actorName", p => p.Write.Actor.Name);
        Long("fromStart", p => p.Write.MovedFromStart?.ToUnixTimeMilliseconds());
        Long("fromEnd", p => p.Write.MovedFromEnd?.ToUnixTimeMilliseconds());
        Word("credential", p => p.Write.Key?.Credential);
        Word("key", p => p.Write.Key?.Key);
        Word("fingerprint", p => p.Write.Key?.Fingerprint);
        Word("snapshot", p => p.Snapshot);
        Number("delta", (p, at) => Limit.CountedDelta(p.Write, at));
        Number("attendance", (p, _) => (int)p.Write.Appointment.Attendance);
        Word("find", p => p.FindText);
        Number("open", (p, _) => p.Write.NeedsOpenAccount ? 1 : 0);
        command.Parameters.Add(new NpgsqlParameter<List<int>>("agendas", NpgsqlDbType.Array | NpgsqlDbType.Integer) { TypedValue = agendas });
        command.Parameters.Add(now);
        command.Parameters.Add(cutoff);
    }

    public static async Task<SharedStatement> Prepare(NpgsqlConnection connection)
    {
        var statement = new SharedStatement(connection);
        await statement.command.PrepareAsync();
        return statement;
    }

    /// <summary>Sets every row's result, or throws and has stored nothing.</summary>
    public async Task Store(IReadOnlyList<PendingAppend> batch, Instant at)
    {
        foreach (var forget in clear)
        {
            forget();
        }

        agendas.Clear();
        foreach (var append in batch)
        {
            foreach (var put in fill)
            {
                put(append, at);
            }

            if (!agendas.Contains(append.Write.AgendaId))
            {
                agendas.Add(append.Write.AgendaId);
            }
        }

        now.TypedValue = at.ToUnixTimeMilliseconds();
        cutoff.TypedValue = (at - AgendaStore.KeyLife).ToUnixTimeMilliseconds();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            var result = reader.GetBoolean(1) ? AgendaCommitResult.Fenced : reader.GetBoolean(2) ? AgendaCommitResult.KeyKnown : AgendaCommitResult.Stored;
            batch[(int)reader.GetInt64(0) - 1].Result = new AgendaCommit(result, reader.GetInt64(3));
        }
    }

    public void Dispose() => command.Dispose();

    private void Number(string name, Func<PendingAppend, Instant, int> value)
    {
        var column = Column<int>(name, NpgsqlDbType.Integer);
        fill.Add((append, at) => column.Add(value(append, at)));
    }

    private void Long(string name, Func<PendingAppend, long?> value)
    {
        var column = Column<long?>(name, NpgsqlDbType.Bigint);
        fill.Add((append, _) => column.Add(value(append)));
    }

    private void Word(string name, Func<PendingAppend, string?> value)
    {
        var column = Column<string?>(name, NpgsqlDbType.Text);
        fill.Add((append, _) => column.Add(value(append)));
    }

    private List<T> Column<T>(string name, NpgsqlDbType type)
    {
        var column = new List<T>();
        clear.Add(column.Clear);
        command.Parameters.Add(new NpgsqlParameter<List<T>>(name, NpgsqlDbType.Array | type) { TypedValue = column });
        return column;
    }
}
