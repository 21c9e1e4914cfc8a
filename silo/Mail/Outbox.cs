using System.Text.Json;
using Dapper;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodaTime;
using Slotwright.Accounts;
using Slotwright.Appointments;
using Slotwright.Platform;
using Slotwright.Storage;

namespace Slotwright.Mail;

/// <summary>The rows of facts that wait and of deliveries: expanding, leasing, marking. Any number of processes may share them.</summary>
internal sealed partial class Outbox(
    IDatabase database,
    IIds ids,
    IMailBrand brand,
    IClock clock,
    IOptions<PlatformOptions> platform,
    ILogger<Outbox> logger)
{
    /// <summary>The one mail server there is so far.</summary>
    public const string PlatformLane = "platform";

    /// <summary>Much longer than one mail takes, short enough that a killed process is not missed.</summary>
    public static readonly Duration Lease = Duration.FromSeconds(60);

    private readonly MarkQueue marks = new(database);

    private bool IsPostgres => database.Dialect == Dialect.PostgreSql;

    private string Domain => platform.Value.NoReplyAddress.Split('@')[^1];

    /// <summary>
    /// Makes the deliveries of the oldest waiting facts and ends their waiting, in one transaction; a fact that another process
    /// takes at the same time is left to it. Answers how many facts were expanded.
    /// </summary>
    public async Task<int> Expand(int atMost)
    {
        var facts = await database.Read(async connection => (await connection.QueryAsync<FactRow>(
            """
            select c.id as "Id", c.account_id as "AccountId", c.appointment_id as "AppointmentId", c.version as "Version",
                   c.kind as "Kind", c.at as "At", c.snapshot as "Snapshot", a.reseller_id as "ResellerId", p.email as "OwnerEmail"
            from changes c
            left join accounts a on a.id = c.account_id
            left join persons p on p.id = a.owner_person_id
            where c.pending = 1
            order by c.id
            limit @atMost
            """,
            new { atMost })).AsList());
        if (facts.Count == 0)
        {
            return 0;
        }

        var expanded = new List<int>(facts.Count);
        var rows = new List<NewDelivery>(facts.Count * 2);
        foreach (var fact in facts)
        {
            try
            {
                rows.AddRange(await Deliveries(fact));
                expanded.Add(fact.Id);
            }
#pragma warning disable CA1031 // One fact that cannot be read, or whose reseller cannot be asked, must not stop the others; it stays waiting.
            catch (Exception error)
#pragma warning restore CA1031
            {
                LogFactFailed(error, fact.Id);
            }
        }

        if (expanded.Count > 0)
        {
            await Store(expanded, rows);
        }

        return expanded.Count;
    }

    /// <summary>Lanes that have rows to send now.</summary>
    public Task<IReadOnlyList<string>> DueLanes() => database.Read<IReadOnlyList<string>>(async connection =>
        (await connection.QueryAsync<string>(
            """
            with recursive lanes(lane) as (
                select min(lane) from deliveries where state = 1
                union all
                select (select min(d.lane) from deliveries d where d.state = 1 and d.lane > lanes.lane) from lanes where lanes.lane is not null)
            select lane from lanes
            where lane is not null
              and exists (select 1 from deliveries d where d.state = 1 and d.lane = lanes.lane and d.due_at <= @now)
            """,
            new { now = Now })).AsList());

    /// <summary>
    /// Takes rows of one lane for a minute, oldest first. A row waits while an earlier one about the same appointment to the same
    /// reader is in someone's hands, so that news never overtakes older news.
    /// </summary>
    public async Task<IReadOnlyList<Delivery>> LeaseDue(string lane, string owner, int atMost)
    {
        var now = clock.GetCurrentInstant();
        var until = now + Lease;
        var skipLocked = IsPostgres ? "for update of d skip locked" : "";
        var rows = await database.Write(async connection => (await connection.QueryAsync<DeliveryRow>(
            $"""
            update deliveries set lease_until = @until, lease_owner = @owner
            where id in (
                select d.id from deliveries d
                where d.state = 1 and d.lane = @lane and d.due_at <= @now and d.lease_until <= @now
                  and (d.appointment_id = 0 or not exists (
                      select 1 from deliveries e
                      where e.state = 1 and e.appointment_id = d.appointment_id and e.role = d.role and e.version < d.version and e.lease_until > @now))
                order by d.due_at, d.id
                limit @atMost
                {skipLocked})
            returning id as "Id", change_id as "ChangeId", account_id as "AccountId", appointment_id as "AppointmentId", version as "Version",
                kind as "Kind", role as "Role", recipient as "Recipient", lane as "Lane", fact_at as "FactAt", made_at as "MadeAt",
                attempts as "Attempts", message_id as "MessageId", due_at as "DueAt"
            """,
            new { until = Milliseconds(until), owner, lane, now = Milliseconds(now), atMost })).AsList());
        return [.. rows.OrderBy(row => row.DueAt).ThenBy(row => row.Id).Select(row => row.ToDelivery(until, owner))];
    }

    /// <summary>Sent, dropped or failed: the row is done.</summary>
    public Task Finish(Delivery delivery, DeliveryState state, string? error = null) =>
        marks.Add(new Mark(delivery, state, delivery.Attempts + (state == DeliveryState.Sent ? 1 : 0), Now, error, Now));

    /// <summary>Due again later.</summary>
    public Task Postpone(Delivery delivery, Instant dueAt, int attempts, string error) =>
        marks.Add(new Mark(delivery, DeliveryState.Due, attempts, Milliseconds(dueAt), error, Now));

    /// <summary>Hands rows back untouched, for instance because their lane rests or this process stops.</summary>
    public Task Release(IReadOnlyCollection<Delivery> deliveries) => deliveries.Count == 0
        ? Task.CompletedTask
        : database.Write(connection => connection.ExecuteAsync(
            "update deliveries set lease_until = 0, lease_owner = '' where id = @Id and lease_owner = @LeaseOwner and state = 1",
            deliveries.Select(delivery => new { delivery.Id, delivery.LeaseOwner }).ToList()));

    /// <summary>When the oldest fact that waits for its mail was committed; null: nothing waits.</summary>
    public async Task<Instant?> OldestWaiting()
    {
        var oldest = await database.Read(async connection => await connection.ExecuteScalarAsync<long?>(
            """
            select min(moment) from (
                select at as moment from changes where pending = 1 and id = (select min(id) from changes where pending = 1)
                union all
                select min(made_at) from deliveries where state = 1) waiting
            """));
        return oldest is { } at ? Instant.FromUnixTimeMilliseconds(at) : null;
    }

    private async Task<List<NewDelivery>> Deliveries(FactRow fact)
    {
        var kind = (ChangeKind)fact.Kind;
        SupportDetails? support = null;
        Appointment? appointment = null;
        if (!Addressees.IsAboutLimit(kind))
        {
            appointment = AppointmentSnapshot.Read(fact.Snapshot);
        }
        else if (fact.ResellerId is not null)
        {
            support = (await brand.Account(fact.AccountId))?.Support;
        }

        var made = new List<NewDelivery>(2);
        foreach (var (role, recipient) in Addressees.Of(kind, appointment, fact.OwnerEmail, support))
        {
            var id = await ids.Next(IdKind.Delivery);
            made.Add(new NewDelivery
            {
                Id = id,
                ChangeId = fact.Id,
                AccountId = fact.AccountId,
                AppointmentId = appointment is null ? 0 : fact.AppointmentId,
                Version = fact.Version,
                Kind = fact.Kind,
                Role = (int)role,
                Recipient = recipient,
                Lane = PlatformLane,
                FactAt = fact.At,
                MessageId = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{id}.{fact.Id}@{Domain}"),
            });
        }

        return made;
    }

    private Task<int> Store(List<int> factIds, List<NewDelivery> rows) => database.Write(async connection =>
    {
        // Dapper hands a list to PostgreSQL as one array and spells it out for SQLite.
        var (one, lockRows) = IsPostgres ? ("= any(@factIds)", "for update skip locked") : ("in @factIds", "");
        var mine = (await connection.QueryAsync<int>(
            $"select id from changes where id {one} and pending = 1 {lockRows}", new { factIds })).ToHashSet();
        if (mine.Count == 0)
        {
            return 0;
        }

        var json = JsonSerializer.Serialize(rows.Where(row => mine.Contains(row.ChangeId)));
        await connection.ExecuteAsync(IsPostgres ? InsertPostgres : InsertSqlite, new { rows = json, now = Now });
        return await connection.ExecuteAsync($"update changes set pending = 0 where id {one}", new { factIds = mine.ToList() });
    });

    private const string InsertSqlite =
        """
        insert into deliveries (id, change_id, account_id, appointment_id, version, kind, role, recipient, lane, fact_at, made_at, due_at, message_id)
        select value ->> 'Id', value ->> 'ChangeId', value ->> 'AccountId', value ->> 'AppointmentId', value ->> 'Version', value ->> 'Kind',
               value ->> 'Role', value ->> 'Recipient', value ->> 'Lane', value ->> 'FactAt', @now, @now, value ->> 'MessageId'
        from json_each(@rows)
        """;

    private const string InsertPostgres =
        """
        insert into deliveries (id, change_id, account_id, appointment_id, version, kind, role, recipient, lane, fact_at, made_at, due_at, message_id)
        select r."Id", r."ChangeId", r."AccountId", r."AppointmentId", r."Version", r."Kind", r."Role", r."Recipient", r."Lane", r."FactAt", @now, @now, r."MessageId"
        from jsonb_to_recordset(@rows::jsonb) as r("Id" integer, "ChangeId" integer, "AccountId" integer, "AppointmentId" integer, "Version" bigint,
            "Kind" integer, "Role" integer, "Recipient" text, "Lane" text, "FactAt" bigint, "MessageId" text)
        """;

    private long Now => Milliseconds(clock.GetCurrentInstant());

    private static long Milliseconds(Instant instant) => instant.ToUnixTimeMilliseconds();

    [LoggerMessage(1, LogLevel.Error, "Fact {ChangeId} could not be expanded into deliveries and stays waiting")]
    private partial void LogFactFailed(Exception error, int changeId);

    private sealed class FactRow
    {
        public int Id { get; set; }

        public int AccountId { get; set; }

        public int AppointmentId { get; set; }

        public long Version { get; set; }

        public int Kind { get; set; }

        public long At { get; set; }

        public string Snapshot { get; set; } = "";

        public int? ResellerId { get; set; }

        public string? OwnerEmail { get; set; }
    }

    private sealed record NewDelivery
    {
        public required int Id { get; init; }

        public required int ChangeId { get; init; }

        public required int AccountId { get; init; }

        public required int AppointmentId { get; init; }

        public required long Version { get; init; }

        public required int Kind { get; init; }

        public required int Role { get; init; }

        public required string Recipient { get; init; }

        public required string Lane { get; init; }

        public required long FactAt { get; init; }

        public required string MessageId { get; init; }
    }

    private sealed class DeliveryRow
    {
        public int Id { get; set; }

        public int ChangeId { get; set; }

        public int AccountId { get; set; }

        public int AppointmentId { get; set; }

        public long Version { get; set; }

        public int Kind { get; set; }

        public int Role { get; set; }

        public string Recipient { get; set; } = "";

        public string Lane { get; set; } = "";

        public long FactAt { get; set; }

        public long MadeAt { get; set; }

        public long DueAt { get; set; }

        public int Attempts { get; set; }

        public string MessageId { get; set; } = "";

        public Delivery ToDelivery(Instant until, string owner) => new()
        {
            Id = Id,
            ChangeId = ChangeId,
            AccountId = AccountId,
            AppointmentId = AppointmentId,
            Version = Version,
            Kind = (ChangeKind)Kind,
            Role = (DeliveryRole)Role,
            Recipient = Recipient,
            Lane = Lane,
            FactAt = Instant.FromUnixTimeMilliseconds(FactAt),
            MadeAt = Instant.FromUnixTimeMilliseconds(MadeAt),
            Attempts = Attempts,
            LeaseUntil = until,
            LeaseOwner = owner,
            MessageId = MessageId,
        };
    }
}
