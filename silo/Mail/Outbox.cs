using Dapper;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodaTime;
using Slotwright.Appointments;
using Slotwright.Platform;
using Slotwright.Storage;

namespace Slotwright.Mail;

/// <summary>The rows of facts that wait and of deliveries: expanding, leasing, marking. Any number of processes may share them.</summary>
internal sealed partial class Outbox(
    IDatabase database,
    IIds ids,
    IMailBrand brand,
    MailMeters meters,
    IClock clock,
    IOptions<PlatformOptions> platform,
    ILogger<Outbox> logger)
{
    /// <summary>The platform's mail server; those of accounts are <see cref="OwnLane"/>s. A row's lane is chosen as it is written, and once more as it is taken.</summary>
    public const string PlatformLane = "platform";

    /// <summary>Much longer than one mail takes, short enough that a killed process is not missed.</summary>
    public static readonly Duration Lease = Duration.FromSeconds(60);

    /// <summary>A lease that ends later than any clock could have said was given by a clock that was put back since: it binds nobody.</summary>
    private static readonly Duration LongestSkew = Duration.FromMinutes(10);

    private readonly MarkQueue marks = new(database);

    private bool IsPostgres => database.Dialect == Dialect.PostgreSql;

    private string Domain => platform.Value.NoReplyAddress.Split('@')[^1];

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
                where d.state = 1 and d.lane = @lane and d.due_at <= @now and (d.lease_until <= @now or d.lease_until > @never)
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
            new { until = Milliseconds(until), owner, lane, now = Milliseconds(now), never = Milliseconds(until + LongestSkew), atMost })).AsList());
        return [.. rows.OrderBy(row => row.DueAt).ThenBy(row => row.Id).Select(row => row.ToDelivery(until, owner))];
    }

    /// <summary>Sent, dropped or failed: the row is done.</summary>
    public Task Finish(Delivery delivery, DeliveryState state, string? error = null) =>
        marks.Add(new Mark(delivery, state, delivery.Attempts + (state == DeliveryState.Sent ? 1 : 0), Now, error, Now));

    /// <summary>Due again later.</summary>
    public Task Postpone(Delivery delivery, Instant dueAt, int attempts, string error) =>
        marks.Add(new Mark(delivery, DeliveryState.Due, attempts, Milliseconds(dueAt), error, Now));

    /// <summary>Due as it was, by another server.</summary>
    public Task ChangeLane(Delivery delivery, string lane) => database.Write(connection => connection.ExecuteAsync(
        "update deliveries set lane = @lane, lease_until = 0, lease_owner = '' where id = @Id and lease_owner = @LeaseOwner and state = 1",
        new { lane, delivery.Id, delivery.LeaseOwner }));

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
                select min(made_at) from deliveries where state = 1 and made_at <= @now) waiting
            """,
            new { now = Now }));
        return oldest is { } at ? Instant.FromUnixTimeMilliseconds(at) : null;
    }

    private long Now => Milliseconds(clock.GetCurrentInstant());

    private static long Milliseconds(Instant instant) => instant.ToUnixTimeMilliseconds();

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
