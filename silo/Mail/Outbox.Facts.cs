using System.Globalization;
using System.Text.Json;
using Dapper;
using Microsoft.Extensions.Logging;
using NodaTime;
using Slotwright.Appointments;
using Slotwright.Platform;
using Slotwright.Storage;

namespace Slotwright.Mail;

/// <summary>Facts become deliveries. A fact of which none can be made waits apart, so that those behind it go on.</summary>
internal sealed partial class Outbox
{
    private readonly FactRetries retries = new();

    /// <summary>
    /// Makes the deliveries of the oldest waiting facts and ends their waiting, in one transaction; a fact that another process
    /// takes at the same time is left to it. A fact that cannot be expanded is passed over until its next try, and set aside
    /// (pending 3) after <see cref="FactRetries.GiveUpAfter"/> of them.
    /// </summary>
    /// <param name="atMost">Length of the page.</param>
    /// <param name="runBegan">The same for all pages of a run, so that a run tries no fact twice and comes to its end.</param>
    public async Task<Expansion> Expand(int atMost, Instant runBegan)
    {
        var facts = await Waiting(atMost, runBegan);
        var expanded = new List<int>(facts.Count);
        var rows = new List<NewDelivery>(facts.Count * 2);
        var lost = new Dictionary<int, Exception>();
        var asksFail = false;
        foreach (var fact in facts)
        {
            var asks = NeedsSupport(fact);
            if (asks && asksFail)
            {
                // Each question may take as long as its time-out: one per page is enough.
                retries.Rest(fact.Id, clock.GetCurrentInstant());
                continue;
            }

            List<NewDelivery> made;
            try
            {
                made = await Deliveries(fact);
            }
#pragma warning disable CA1031 // One fact that cannot be read, or whose reseller cannot be asked, must not stop the others.
            catch (Exception error)
#pragma warning restore CA1031
            {
                asksFail |= asks;
                var failures = retries.Failed(fact.Id, clock.GetCurrentInstant());
                if (failures >= FactRetries.GiveUpAfter)
                {
                    lost.Add(fact.Id, error);
                }
                else
                {
                    LogFactFailed(error, fact.Id, failures);
                }

                continue;
            }

            // Numbers come from the database: when it has none to give, no fact is to blame.
            foreach (var row in made)
            {
                var id = await ids.Next(IdKind.Delivery);
                rows.Add(row with { Id = id, MessageId = string.Create(CultureInfo.InvariantCulture, $"{id}.{fact.Id}@{Domain}") });
            }

            expanded.Add(fact.Id);
        }

        if (expanded.Count > 0)
        {
            await Store(expanded, rows);
            retries.Forget(expanded);
        }

        if (lost.Count > 0)
        {
            await SetAside(lost);
        }

        return new Expansion(expanded.Count, facts.Count == atMost);
    }

    private async Task<List<FactRow>> Waiting(int atMost, Instant runBegan)
    {
        var resting = JsonSerializer.Serialize(retries.Resting(runBegan));
        var facts = await database.Read(async connection => (await connection.QueryAsync<FactRow>(
            $"""
            select c.id as "Id", c.account_id as "AccountId", c.appointment_id as "AppointmentId", c.version as "Version",
                   c.kind as "Kind", c.at as "At", c.actor_kind as "ActorKind", c.snapshot as "Snapshot", a.reseller_id as "ResellerId", p.email as "OwnerEmail"
            from changes c
            left join accounts a on a.id = c.account_id
            left join persons p on p.id = a.owner_person_id
            where c.pending = 1 and c.id not in ({Listed("resting")})
            order by c.id
            limit @atMost
            """,
            new { atMost, resting })).AsList());
        if (facts.Count < atMost)
        {
            // Everything that may be tried was read: what is missing was expanded elsewhere or erased.
            retries.KeepDue(facts.Select(fact => fact.Id).ToHashSet(), runBegan);
        }

        return facts;
    }

    /// <summary>
    /// Staff drag, look, and take it back: by then the first mail is superseded and goes to nobody. A constant, since the page's own
    /// undo is offered for about as long.
    /// </summary>
    private const long TimeToUndo = 60_000;

    private static bool NeedsSupport(FactRow fact) => Addressees.IsAboutLimit((ChangeKind)fact.Kind) && fact.ResellerId is not null;

    private async Task<List<NewDelivery>> Deliveries(FactRow fact)
    {
        var kind = (ChangeKind)fact.Kind;
        var appointment = Addressees.IsAboutLimit(kind) ? null : AppointmentSnapshot.Read(fact.Snapshot);
        var now = Now;
        var support = NeedsSupport(fact) ? (await brand.Account(fact.AccountId))?.Support : null;
        return
        [
            .. Addressees.Of(kind, appointment, fact.OwnerEmail, support).Select(to => new NewDelivery
            {
                ChangeId = fact.Id,
                AccountId = fact.AccountId,
                AppointmentId = appointment is null ? 0 : fact.AppointmentId,
                Version = fact.Version,
                Kind = fact.Kind,
                Role = (int)to.Role,
                Recipient = to.Recipient,
                FactAt = fact.At,
                DueAt = kind == ChangeKind.Moved && ((ActorKind)fact.ActorKind).IsStaff() ? now + TimeToUndo : now,
            }),
            .. await Reminder(fact, kind, appointment),
        ];
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
        await connection.ExecuteAsync(IsPostgres ? InsertPostgres : InsertSqlite, new { rows = json });
        return await connection.ExecuteAsync($"update changes set pending = 0 where id {one}", new { factIds = mine.ToList() });
    });

    /// <summary>No mail comes of these facts; the rows stay for whoever looks into it.</summary>
    private async Task SetAside(Dictionary<int, Exception> lost)
    {
        var facts = JsonSerializer.Serialize(lost.Keys);
        var mine = await database.Write(async connection => (await connection.QueryAsync<int>(
            $"update changes set pending = 3 where pending = 1 and id in ({Listed("facts")}) returning id", new { facts })).AsList());
        foreach (var id in mine)
        {
            meters.FactFailed();
            LogFactSetAside(lost[id], id, FactRetries.GiveUpAfter);
        }

        retries.Forget(lost.Keys);
    }

    /// <summary>The numbers of a JSON array as rows; there may be more than a statement may have parameters.</summary>
    private string Listed(string parameter) => IsPostgres
        ? $"select value::integer from jsonb_array_elements_text(@{parameter}::jsonb)"
        : $"select value from json_each(@{parameter})";

    private static readonly string InsertSqlite =
        $"""
        insert into deliveries (id, change_id, account_id, appointment_id, version, kind, role, recipient, lane, fact_at, made_at, due_at, message_id)
        select value ->> 'Id', value ->> 'ChangeId', value ->> 'AccountId', value ->> 'AppointmentId', value ->> 'Version', value ->> 'Kind',
               value ->> 'Role', value ->> 'Recipient', {OwnLane.Chosen("value ->> 'AccountId'")}, value ->> 'FactAt', value ->> 'DueAt', value ->> 'DueAt', value ->> 'MessageId'
        from json_each(@rows)
        """;

    private static readonly string InsertPostgres =
        $"""
        insert into deliveries (id, change_id, account_id, appointment_id, version, kind, role, recipient, lane, fact_at, made_at, due_at, message_id)
        select r."Id", r."ChangeId", r."AccountId", r."AppointmentId", r."Version", r."Kind", r."Role", r."Recipient", {OwnLane.Chosen("r.\"AccountId\"")}, r."FactAt", r."DueAt", r."DueAt", r."MessageId"
        from jsonb_to_recordset(@rows::jsonb) as r("Id" integer, "ChangeId" integer, "AccountId" integer, "AppointmentId" integer, "Version" bigint,
            "Kind" integer, "Role" integer, "Recipient" text, "FactAt" bigint, "DueAt" bigint, "MessageId" text)
        """;

    [LoggerMessage(1, LogLevel.Warning, "Fact {ChangeId} could not be expanded into deliveries ({Failures} times so far) and is tried again later")]
    private partial void LogFactFailed(Exception error, int changeId, int failures);

    [LoggerMessage(2, LogLevel.Error, "Fact {ChangeId} could not be expanded into deliveries in {Failures} tries and is set aside: nobody gets a mail about it")]
    private partial void LogFactSetAside(Exception error, int changeId, int failures);

    private sealed class FactRow
    {
        public int Id { get; set; }

        public int AccountId { get; set; }

        public int AppointmentId { get; set; }

        public long Version { get; set; }

        public int Kind { get; set; }

        public long At { get; set; }

        public int ActorKind { get; set; }

        public string Snapshot { get; set; } = "";

        public int? ResellerId { get; set; }

        public string? OwnerEmail { get; set; }
    }

    private sealed record NewDelivery
    {
        public int Id { get; init; }

        public required int ChangeId { get; init; }

        public required int AccountId { get; init; }

        public required int AppointmentId { get; init; }

        public required long Version { get; init; }

        public required int Kind { get; init; }

        public required int Role { get; init; }

        public required string Recipient { get; init; }

        public required long FactAt { get; init; }

        /// <summary>From then on it waits.</summary>
        public required long DueAt { get; init; }

        public string MessageId { get; init; } = "";
    }
}

/// <summary>What one page came to: facts expanded, and whether there may be more.</summary>
internal readonly record struct Expansion(int Facts, bool More);
