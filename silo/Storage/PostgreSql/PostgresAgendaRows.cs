using System.Globalization;
using NodaTime;
using Npgsql;
using Slotwright.Appointments;
using Slotwright.Storage.Appointments;

namespace Slotwright.Storage.PostgreSql;

/// <summary>The statements of the exact path: row by row inside a transaction that has locked agendas and accounts, each by id.</summary>
internal sealed class PostgresAgendaRows(NpgsqlConnection connection) : IAgendaRows
{
    private readonly Dictionary<int, AgendaHead> agendas = [];
    private readonly Dictionary<int, AccountUse> accounts = [];

    public bool RowsFailAlone => false;

    /// <summary>Agendas first, then accounts, each in the order of their ids: so two writers never wait for each other in a ring.</summary>
    public async Task Lock(IReadOnlyCollection<PendingAppend> batch, Instant now)
    {
        foreach (var agenda in await connection.All(
            "select id, account_id, epoch, version from agendas where id = any(@ids) order by id for update",
            row => new AgendaHead(row.GetInt32(0), row.GetInt32(1), row.GetInt64(2), row.GetInt64(3)),
            ("ids", batch.Select(append => append.Write.AgendaId).Distinct().ToArray())))
        {
            agendas[agenda.Id] = agenda;
        }

        foreach (var account in await connection.All(
            """
            select id, plan, allowed, trial_ends_at, used, near_sent, full_sent, refused_sent,
                case when paused_at is not null and reseller_id is not null then 1 else 0 end
            from accounts
            where id = any(@ids) order by id for update
            """,
            row => AccountUse.Of(
                row.GetInt32(0), row.GetString(1), row.GetInt32(2), row.InstantOrNull(3), now, row.GetInt32(4), row.FlagAt(5), row.FlagAt(6), row.FlagAt(7), row.FlagAt(8)),
            ("ids", batch.Select(append => append.Write.Appointment.AccountId).Distinct().ToArray())))
        {
            accounts[account.AccountId] = account;
        }
    }

    public ValueTask<AgendaHead?> Agenda(int agendaId) => ValueTask.FromResult(agendas.GetValueOrDefault(agendaId));

    public ValueTask<AccountUse?> Account(int accountId, Instant now) => ValueTask.FromResult(accounts.GetValueOrDefault(accountId));

    public async ValueTask<int> CountUpcoming(int accountId, Instant now) => Convert.ToInt32(
        await connection.Scalar(AccountUse.CountStatement, ("account", accountId), ("now", now)), CultureInfo.InvariantCulture);

    public async ValueTask<bool> KnowsKey(int accountId, RepeatKey key, Instant cutoff)
    {
        await connection.Run(
            """
            update changes set credential = null, repeat_key = null, fingerprint = null
            where account_id = @account and credential = @credential and repeat_key = @key and at <= @cutoff
            """,
            ("account", accountId), ("credential", key.Credential), ("key", key.Key), ("cutoff", cutoff));
        return await connection.Scalar(
            "select 1 from changes where account_id = @account and credential = @credential and repeat_key = @key",
            ("account", accountId), ("credential", key.Credential), ("key", key.Key)) is not null;
    }

    public async ValueTask<bool> InsertChange(PendingAppend append, long version)
    {
        var write = append.Write;
        var appointment = write.Appointment;
        return await connection.Run(
            """
            insert into changes (id, account_id, agenda_id, schedule_id, appointment_id, version, kind, at, actor_kind, actor_name,
                moved_from_start, moved_from_end, credential, repeat_key, fingerprint, snapshot)
            values (@id, @account, @agenda, @schedule, @appointment, @version, @kind, @at, @actorKind, @actorName, @fromStart, @fromEnd,
                @credential, @key, @fingerprint, @snapshot)
            on conflict (account_id, credential, repeat_key) where repeat_key is not null do nothing
            """,
            ("id", write.ChangeId),
            ("account", appointment.AccountId),
            ("agenda", write.AgendaId),
            ("schedule", appointment.ScheduleId),
            ("appointment", appointment.Id),
            ("version", version),
            ("kind", write.Kind),
            ("at", appointment.UpdatedAt),
            ("actorKind", write.Actor.Kind),
            ("actorName", write.Actor.Name),
            ("fromStart", write.MovedFromStart),
            ("fromEnd", write.MovedFromEnd),
            ("credential", write.Key?.Credential),
            ("key", write.Key?.Key),
            ("fingerprint", write.Key?.Fingerprint),
            ("snapshot", append.Snapshot)) == 1;
    }

    public async ValueTask DeleteChange(int changeId) => await connection.Run("delete from changes where id = @id", ("id", changeId));

    public async ValueTask<bool> StoreAppointment(PendingAppend append)
    {
        var a = append.Write.Appointment;
        (string, object?)[] values =
        [
            ("id", a.Id),
            ("account", a.AccountId),
            ("agenda", append.Write.AgendaId),
            ("schedule", a.ScheduleId),
            ("resource", a.ResourceId),
            ("kind", a.Kind),
            ("status", a.Status),
            ("starts", a.Start),
            ("ends", a.End),
            ("before", a.BufferBeforeMinutes),
            ("after", a.BufferAfterMinutes),
            ("zone", a.Zone),
            ("offset", a.UtcOffset),
            ("overlap", a.OverlapAllowed),
            ("name", a.Customer.Name),
            ("email", append.CustomerEmail),
            ("customer", append.Customer),
            ("note", a.Note),
            ("language", a.Language),
            ("revision", a.Revision),
            ("created", a.CreatedAt),
            ("createdBy", a.CreatedBy),
            ("updated", a.UpdatedAt),
            ("updatedBy", a.UpdatedBy),
            ("salt", a.ManageSalt),
            ("attendance", a.Attendance),
            ("find", append.FindText),
        ];
        const string Insert = """
            insert into appointments (id, account_id, agenda_id, schedule_id, resource_id, kind, status, starts_at, ends_at, buffer_before,
                buffer_after, zone, utc_offset, overlap_allowed, customer_name, customer_email, customer, note, language, revision, created_at, created_by,
                updated_at, updated_by, manage_salt, attendance, find_text)
            values (@id, @account, @agenda, @schedule, @resource, @kind, @status, @starts, @ends, @before, @after, @zone, @offset, @overlap, @name, @email,
                @customer, @note, @language, @revision, @created, @createdBy, @updated, @updatedBy, @salt, @attendance, @find)
            on conflict (starts_at, resource_id) where status = 1 and overlap_allowed = 0 do nothing
            """;

        // A violated index would end the whole transaction, so the place is looked at first; the agenda's lock keeps it as seen.
        const string Update = """
            update appointments p set schedule_id = @schedule, resource_id = @resource, kind = @kind, status = @status, starts_at = @starts,
                ends_at = @ends, buffer_before = @before, buffer_after = @after, zone = @zone, utc_offset = @offset, overlap_allowed = @overlap, customer_name = @name,
                customer_email = @email, customer = @customer, note = @note, language = @language, revision = @revision, updated_at = @updated,
                updated_by = @updatedBy, attendance = @attendance, find_text = @find
            where p.id = @id and p.account_id = @account and p.agenda_id = @agenda and p.revision = @revision - 1
                and (@status <> 1 or @overlap = 1 or not exists (
                    select 1 from appointments q
                    where q.resource_id = @resource and q.starts_at = @starts and q.status = 1 and q.overlap_allowed = 0 and q.id <> @id))
            """;
        return a.Revision == 1
            ? await connection.Run(Insert, values) == 1
            : await connection.Run(Update, [.. values.Where(value => value.Item1 is not ("created" or "createdBy" or "salt"))]) == 1;
    }

    public async ValueTask InsertLimitChange(int accountId, ChangeKind kind, Instant now, string snapshot) => await connection.Run(
        """
        with given as (
            insert into ids (kind, next) values ('change', 2) on conflict (kind) do update set next = ids.next + 1 returning next - 1 as id
        )
        insert into changes (id, account_id, agenda_id, schedule_id, appointment_id, version, kind, at, actor_kind, actor_name, snapshot)
        select given.id, @account, 0, 0, 0, 0, @kind, @now, 0, '', @snapshot from given
        """,
        ("account", accountId), ("kind", kind), ("now", now), ("snapshot", snapshot));

    public async ValueTask SaveAgenda(AgendaHead agenda) => await connection.Run(
        "update agendas set version = @version where id = @id", ("id", agenda.Id), ("version", agenda.Version));

    public async ValueTask SaveAccount(AccountUse account) => await connection.Run(
        "update accounts set used = @used, near_sent = @near, full_sent = @full, refused_sent = @refused where id = @id",
        ("id", account.AccountId), ("used", account.Used), ("near", account.NearSent), ("full", account.FullSent), ("refused", account.RefusedSent));
}
