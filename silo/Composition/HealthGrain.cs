using Dapper;
using NodaTime;
using Orleans.Concurrency;
using Slotwright.Demo;
using Slotwright.Platform;
using Slotwright.Storage;

namespace Slotwright.Composition;

/// <summary>Looks at this silo's storage and outbox; keeps nothing.</summary>
[StatelessWorker, GrainType("health")]
public sealed class HealthGrain(IStorageHealth storage, IDatabase database, DemoSeeded seeded, IClock clock) : Grain, IHealthGrain
{
    public async Task<HealthReport> Check()
    {
        var ready = await storage.IsReady();
        return new HealthReport
        {
            StorageReady = ready,
            Seeded = seeded.IsDone,
            OldestDueMail = ready ? await OldestDueMail() : Duration.Zero,
        };
    }

    /// <summary>Of mails that are due and facts of which no mail has been made yet, whichever waits longer.</summary>
    private async Task<Duration> OldestDueMail()
    {
        var now = clock.GetCurrentInstant().ToUnixTimeMilliseconds();
        var due = await database.Read(connection => connection.QuerySingleAsync<long?>(
            """
            select min(moment) from (
                select at as moment from changes where pending = 1 and id = (select min(id) from changes where pending = 1)
                union all
                select min(due_at) from deliveries where state = 1 and due_at <= @now) waiting
            """,
            new { now }));
        return due is { } at ? Duration.FromMilliseconds(Math.Max(0, now - at)) : Duration.Zero;
    }
}
