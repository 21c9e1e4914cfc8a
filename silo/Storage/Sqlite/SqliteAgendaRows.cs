using Microsoft.Data.Sqlite;
using NodaTime;
using Slotwright.Appointments;
using Slotwright.Storage.Appointments;

namespace Slotwright.Storage.Sqlite;

/// <summary>The writer's prepared statements. Used by the writer's thread only.</summary>
internal sealed class SqliteAgendaRows(SqliteConnection connection) : IAgendaRows, IDisposable
{
    private readonly SqliteStatement agenda = new(connection, "select account_id, epoch, version from agendas where id = $0");

    private readonly SqliteStatement account = new(
        connection, """
        select plan, allowed, trial_ends_at, used, near_sent, full_sent, refused_sent, paused_at is not null and reseller_id is not null
        from accounts where id = $0
        """);

    private readonly SqliteStatement count = new(
        connection, AccountUse.CountStatement.Replace("@account", "$0", StringComparison.Ordinal).Replace("@now", "$1", StringComparison.Ordinal));

    private readonly SqliteStatement key = new(
        connection, "select id, at from changes where account_id = $0 and credential = $1 and repeat_key = $2");

    private readonly SqliteStatement expireKey = new(
        connection, "update changes set credential = null, repeat_key = null, fingerprint = null where id = $0");

    private readonly SqliteStatement insertChange = new(
        connection,
        """
        insert into changes (id, account_id, agenda_id, schedule_id, appointment_id, version, kind, at, actor_kind, actor_name,
            moved_from_start, moved_from_end, credential, repeat_key, fingerprint, snapshot)
        values ($0, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
        on conflict (account_id, credential, repeat_key) where repeat_key is not null do nothing
        """);

    private readonly SqliteStatement deleteChange = new(connection, "delete from changes where id = $0");

    private readonly SqliteStatement insert = new(
        connection,
        """
        insert into appointments (id, account_id, agenda_id, schedule_id, resource_id, kind, status, starts_at, ends_at, buffer_before,
            buffer_after, zone, overlap_allowed, customer_name, customer_email, customer, note, language, revision, created_at, created_by,
            updated_at, updated_by, manage_salt, utc_offset, attendance, find_text)
        values ($0, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26)
        on conflict (starts_at, resource_id) where status = 1 and overlap_allowed = 0 do nothing
        """);

    private readonly SqliteStatement update = new(
        connection,
        """
        update or ignore appointments set schedule_id = $3, resource_id = $4, kind = $5, status = $6, starts_at = $7, ends_at = $8,
            buffer_before = $9, buffer_after = $10, zone = $11, overlap_allowed = $12, customer_name = $13, customer_email = $14, customer = $15,
            note = $16, language = $17, revision = $18, updated_at = $21, updated_by = $22, utc_offset = $24, attendance = $25,
            find_text = $26
        where id = $0 and account_id = $1 and agenda_id = $2 and revision = $18 - 1
        """);

    private readonly SqliteStatement changeId = new(
        connection, "insert into ids (kind, next) values ('change', 2) on conflict (kind) do update set next = next + 1 returning next - 1");

    private readonly SqliteStatement insertLimitChange = new(
        connection,
        """
        insert into changes (id, account_id, agenda_id, schedule_id, appointment_id, version, kind, at, actor_kind, actor_name, snapshot)
        values ($0, $1, 0, 0, 0, 0, $2, $3, 0, '', $4)
        """);

    private readonly SqliteStatement saveAgenda = new(
        connection, "update agendas set version = $3 where id = $0 and epoch = $1 and version = $2");

    private readonly SqliteStatement saveAccount = new(
        connection, "update accounts set used = $1, near_sent = $2, full_sent = $3, refused_sent = $4 where id = $0");

    public bool RowsFailAlone => true;

    public ValueTask<AgendaHead?> Agenda(int agendaId)
    {
        using var row = agenda.With(agendaId).Read();
        return ValueTask.FromResult(row.Read() ? new AgendaHead(agendaId, row.GetInt32(0), row.GetInt64(1), row.GetInt64(2)) : null);
    }

    public ValueTask<AccountUse?> Account(int accountId, Instant now)
    {
        using var row = account.With(accountId).Read();
        return ValueTask.FromResult(row.Read()
            ? AccountUse.Of(
                accountId, row.GetString(0), row.GetInt32(1), row.InstantOrNull(2), now, row.GetInt32(3), row.FlagAt(4), row.FlagAt(5), row.FlagAt(6), row.FlagAt(7))
            : null);
    }

    public ValueTask<int> CountUpcoming(int accountId, Instant now)
    {
        using var row = count.With(accountId, now.ToUnixTimeMilliseconds()).Read();
        row.Read();
        return ValueTask.FromResult(row.GetInt32(0));
    }

    public ValueTask<bool> KnowsKey(int accountId, RepeatKey repeatKey, Instant cutoff)
    {
        int expired;
        using (var row = key.With(accountId, repeatKey.Credential, repeatKey.Key).Read())
        {
            if (!row.Read())
            {
                return ValueTask.FromResult(false);
            }

            if (row.InstantAt(1) > cutoff)
            {
                return ValueTask.FromResult(true);
            }

            expired = row.GetInt32(0);
        }

        expireKey.With(expired).Run();
        return ValueTask.FromResult(false);
    }

    public ValueTask<bool> InsertChange(PendingAppend append, long version)
    {
        var write = append.Write;
        var appointment = write.Appointment;
        return ValueTask.FromResult(insertChange.With(
            write.ChangeId,
            appointment.AccountId,
            write.AgendaId,
            appointment.ScheduleId,
            appointment.Id,
            version,
            (int)write.Kind,
            appointment.UpdatedAt.ToUnixTimeMilliseconds(),
            (int)write.Actor.Kind,
            write.Actor.Name,
            write.MovedFromStart?.ToUnixTimeMilliseconds(),
            write.MovedFromEnd?.ToUnixTimeMilliseconds(),
            write.Key?.Credential,
            write.Key?.Key,
            write.Key?.Fingerprint,
            append.Snapshot).Run() == 1);
    }

    public ValueTask DeleteChange(int id)
    {
        deleteChange.With(id).Run();
        return ValueTask.CompletedTask;
    }

    public ValueTask<bool> StoreAppointment(PendingAppend append)
    {
        var a = append.Write.Appointment;
        return ValueTask.FromResult((a.Revision == 1 ? insert : update).With(
            a.Id,
            a.AccountId,
            append.Write.AgendaId,
            a.ScheduleId,
            a.ResourceId,
            (int)a.Kind,
            (int)a.Status,
            a.Start.ToUnixTimeMilliseconds(),
            a.End.ToUnixTimeMilliseconds(),
            a.BufferBeforeMinutes,
            a.BufferAfterMinutes,
            a.Zone,
            a.OverlapAllowed ? 1 : 0,
            a.Customer.Name,
            append.CustomerEmail,
            append.Customer,
            a.Note,
            a.Language,
            a.Revision,
            a.CreatedAt.ToUnixTimeMilliseconds(),
            a.CreatedBy,
            a.UpdatedAt.ToUnixTimeMilliseconds(),
            a.UpdatedBy,
            a.ManageSalt,
            a.UtcOffset,
            (int)a.Attendance,
            append.FindText).Run() == 1);
    }

    public ValueTask InsertLimitChange(int accountId, ChangeKind kind, Instant now, string snapshot)
    {
        int id;
        using (var row = changeId.With().Read())
        {
            row.Read();
            id = row.GetInt32(0);
        }

        insertLimitChange.With(id, accountId, (int)kind, now.ToUnixTimeMilliseconds(), snapshot).Run();
        return ValueTask.CompletedTask;
    }

    public ValueTask SaveAgenda(AgendaHead head)
    {
        if (saveAgenda.With(head.Id, head.Epoch, head.StoredVersion, head.Version).Run() != 1)
        {
            throw new InvalidOperationException($"Agenda {head.Id} moved on inside the writer's own transaction.");
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask SaveAccount(AccountUse use)
    {
        saveAccount.With(use.AccountId, use.Used, use.NearSent ? 1 : 0, use.FullSent ? 1 : 0, use.RefusedSent ? 1 : 0).Run();
        return ValueTask.CompletedTask;
    }

    public void Dispose()
    {
        foreach (var statement in (SqliteStatement[])[agenda, account, count, key, expireKey, insertChange, deleteChange, insert, update, changeId,
            insertLimitChange, saveAgenda, saveAccount])
        {
            statement.Dispose();
        }
    }
}
