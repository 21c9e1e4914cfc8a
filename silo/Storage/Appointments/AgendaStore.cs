using System.Globalization;
using System.Text;
using NodaTime;
using Slotwright.Appointments;
using Slotwright.Mail;
using Slotwright.Resellers;

namespace Slotwright.Storage.Appointments;

/// <summary>The agenda's reads and its epoch; what it appends goes to the writer of the dialect, which shares commits.</summary>
internal sealed class AgendaStore(IDatabase database, IAgendaWriter writer, IClock clock, IDispatcherSignal? mail = null, ICommitNews? news = null) : IAgendaStore
{
    /// <summary>How long a repeat with the same key is known.</summary>
    public static readonly Duration KeyLife = Duration.FromHours(72);

    public async Task<AgendaCommit> Append(AgendaWrite write)
    {
        var commit = await writer.Append(write);
        // A refusal for the plan's limit may have stored a fact too.
        if (commit.Result is AgendaCommitResult.Stored or AgendaCommitResult.AccountFull)
        {
            mail?.Wake();
        }

        if (commit.Result == AgendaCommitResult.Stored)
        {
            news?.Tell(write);
        }

        return commit;
    }

    public Task<LoadedAgenda?> Load(int accountId, int agendaId, Instant from) => database.Read(async connection =>
    {
        // One statement, so that version and rows are of one moment.
        var sql = $"""
            select g.version, {AppointmentRows.Columns} from agendas g
            left join appointments p on p.agenda_id = g.id and p.status = 1 and p.ends_at > @low and p.ends_at + p.buffer_after * 60000 > @from
            where g.id = @agenda and g.account_id = @account
            """;
        await using var command = connection.Command(
            sql, ("agenda", agendaId), ("account", accountId), ("from", from), ("low", from - AppointmentRows.LongestBuffer));
        await using var reader = await command.ExecuteReaderAsync();
        long? version = null;
        var live = new List<Appointment>();
        while (await reader.ReadAsync())
        {
            version = reader.GetInt64(0);
            if (!reader.IsDBNull(1))
            {
                live.Add(AppointmentRows.Read(reader, 1));
            }
        }

        return version is { } found ? new LoadedAgenda(found, live) : null;
    });

    public Task<IReadOnlyList<Appointment>> Touching(int accountId, int agendaId, Instant from, Instant to) => Rows(
        """
        p.agenda_id = @agenda and p.account_id = @account and p.status = 1 and p.ends_at > @low
        and p.ends_at + p.buffer_after * 60000 > @from and p.starts_at - p.buffer_before * 60000 < @to
        order by p.starts_at, p.id
        """,
        ("agenda", agendaId), ("account", accountId), ("from", from), ("to", to), ("low", from - AppointmentRows.LongestBuffer));

    public Task<long?> TakeEpoch(int agendaId, long loadedVersion) => database.Write(async connection =>
        (long?)await connection.Scalar(
            "update agendas set epoch = epoch + 1 where id = @agenda and version = @loaded returning epoch",
            ("agenda", agendaId), ("loaded", loadedVersion)));

    public Task<KeyedChange?> FindByKey(int accountId, RepeatKey key) => database.Read(connection => connection.First(
        $"""
        select {AppointmentRows.ChangeColumns}, c.fingerprint from changes c
        where c.account_id = @account and c.credential = @credential and c.repeat_key = @key and c.at > @oldest
        """,
        row => new KeyedChange(row.GetString(7), AppointmentRows.ReadChange(row)),
        ("account", accountId), ("credential", key.Credential), ("key", key.Key), ("oldest", clock.GetCurrentInstant() - KeyLife)));

    public Task<Appointment?> Find(int accountId, int appointmentId) => database.Read(connection => connection.First(
        $"select {AppointmentRows.Columns} from appointments p where p.id = @id and p.account_id = @account",
        AppointmentRows.Read,
        ("id", appointmentId), ("account", accountId)));

    public Task<IReadOnlyList<Appointment>> List(int accountId, int scheduleId, AppointmentsQuery query)
    {
        // By agenda first: that is what the index is on.
        var where = new StringBuilder(
            "p.agenda_id = (select agenda_id from schedules where id = @schedule and account_id = @account) and p.schedule_id = @schedule");
        var parameters = new List<(string, object?)> { ("schedule", scheduleId), ("account", accountId) };
        void And(string condition, string name, object value)
        {
            where.Append(" and ").Append(condition);
            parameters.Add((name, value));
        }

        if (query.From is { } from)
        {
            And("p.ends_at > @from", "from", from);
        }

        if (query.To is { } to)
        {
            And("p.starts_at < @to", "to", to);
        }

        if (query.ResourceId is { } resource)
        {
            And("p.resource_id = @resource", "resource", resource);
        }

        if (query.CustomerEmail is { } email)
        {
            And("p.customer_email = @email", "email", email);
        }

        if (!query.IncludeBlocks)
        {
            And("p.kind = @kind", "kind", AppointmentKind.Appointment);
        }

        if (!query.IncludeCancelled)
        {
            And("p.status = @status", "status", AppointmentStatus.Live);
        }

        where.Append(" order by p.starts_at, p.id limit @limit offset @offset");
        parameters.Add(("limit", query.Limit));
        parameters.Add(("offset", query.Offset));
        return Rows(where.ToString(), [.. parameters]);
    }

    public Task<IReadOnlyList<AppointmentChange>> Changes(int accountId, int scheduleId, ChangesQuery query)
    {
        var where = new StringBuilder(
            "c.agenda_id = (select agenda_id from schedules where id = @schedule and account_id = @account) and c.schedule_id = @schedule");
        var parameters = new List<(string, object?)> { ("schedule", scheduleId), ("account", accountId) };
        void And(string condition, string name, object value)
        {
            where.Append(" and ").Append(condition);
            parameters.Add((name, value));
        }

        if (query.From is { } from)
        {
            And("c.at >= @from", "from", from);
        }

        if (query.To is { } to)
        {
            And("c.at < @to", "to", to);
        }

        if (query.AppointmentId is { } appointment)
        {
            // The change that made an appointment has its id and is left out of the index.
            And("(c.id = @appointment or (c.appointment_id = @appointment and c.kind not in (1, 5)))", "appointment", appointment);
        }

        if (query.CustomerEmail is { } email)
        {
            And("exists (select 1 from appointments p where p.id = c.appointment_id and p.customer_email = @email)", "email", email);
        }

        parameters.Add(("limit", query.Limit));
        parameters.Add(("offset", query.Offset));
        return database.Read<IReadOnlyList<AppointmentChange>>(async connection => await connection.All(
            $"select {AppointmentRows.ChangeColumns} from changes c where {where} order by c.version desc limit @limit offset @offset",
            AppointmentRows.ReadChange,
            [.. parameters]));
    }

    public Task<IReadOnlyList<Appointment>> Day(int accountId, Instant from, Instant to, int limit) => Rows(
        """
        p.agenda_id in (select id from agendas where account_id = @account) and p.account_id = @account and p.status = 1
        and p.ends_at > @from and p.starts_at < @to order by p.starts_at, p.id limit @limit
        """,
        ("account", accountId), ("from", from), ("to", to), ("limit", limit));

    public Task<FoundAppointments> Find(int accountId, FindQuery query, Instant now) => database.Read(async connection =>
    {
        // By the account's agendas, whose index is there anyway: one more by text would cost every booking a page of its own, a quarter of
        // what the writer does, for a search that staff make now and then.
        var words = FindText.Words(query.Text);
        var number = FindText.Number(query.Text);
        var parameters = new List<(string, object?)> { ("account", accountId), ("limit", query.Limit), ("offset", query.Offset) };
        var texts = new List<string>();
        foreach (var (index, word) in words.Index())
        {
            texts.Add(string.Create(CultureInfo.InvariantCulture, $"p.find_text like @word{index} escape '!'"));
            parameters.Add((string.Create(CultureInfo.InvariantCulture, $"word{index}"), $"%{Literal(word)}%"));
        }

        var which = $"({string.Join(" and ", texts)})";
        if (number is { } id)
        {
            which = $"(p.id = @number or {which})";
            parameters.Add(("number", id));
        }

        var among = query.Among switch
        {
            FindAmong.Upcoming => "and p.ends_at > @now order by p.starts_at, p.id",
            FindAmong.Past => "and p.ends_at <= @now order by p.starts_at desc, p.id desc",
            _ => "order by p.starts_at desc, p.id desc",
        };
        if (query.Among != FindAmong.All)
        {
            parameters.Add(("now", now));
        }

        // Counted over all pages, told with every row.
        var found = await connection.All(
            $"""
            select {AppointmentRows.Columns}, cast(count(*) over () as integer) from appointments p
            where p.agenda_id in (select id from agendas where account_id = @account) and p.account_id = @account and p.kind = 1 and {which} {among}
            limit @limit offset @offset
            """,
            row => (Appointment: AppointmentRows.Read(row), Total: row.GetInt32(AppointmentRows.Count)),
            [.. parameters]);
        return found.Count == 0 ? FoundAppointments.None : new FoundAppointments([.. found.Select(one => one.Appointment)], found[0].Total);
    });

    public Task<int> CountUpcoming(int accountId, Instant now) => database.Read(async connection =>
        Convert.ToInt32(
            await connection.Scalar(AccountUse.CountStatement, ("account", accountId), ("now", now)),
            CultureInfo.InvariantCulture));

    private static string Literal(string word) =>
        word.Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal);

    private Task<IReadOnlyList<Appointment>> Rows(string where, params (string, object?)[] parameters) =>
        database.Read<IReadOnlyList<Appointment>>(async connection => await connection.All(
            $"select {AppointmentRows.Columns} from appointments p where {where}", AppointmentRows.Read, parameters));
}
