using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Slotwright.Mail;

/// <summary>
/// Works off the outbox in every silo: facts become deliveries, due deliveries become mails. Each lane has senders of its own, so
/// that one server that refuses or hangs keeps only its own mails waiting.
/// </summary>
internal sealed partial class Dispatcher(
    Outbox outbox,
    LaneSender sender,
    DispatcherSignal signal,
    MailMeters meters,
    IClock clock,
    TimeProvider time,
    IOptionsMonitor<MailOptions> options,
    ILogger<Dispatcher> logger) : BackgroundService
{
    private static readonly TimeSpan PollEvery = TimeSpan.FromSeconds(1);

    private readonly string owner = Guid.NewGuid().ToString("N");
    private readonly ConcurrentDictionary<string, Lane> lanes = new();
    private Instant ageReadAt = Instant.MinValue;

    /// <summary>Expands what waits, in transactions of limited size. Answers how many facts that were.</summary>
    internal async Task<int> Expand(CancellationToken stopping)
    {
        var total = 0;
        var began = clock.GetCurrentInstant();
        while (!stopping.IsCancellationRequested)
        {
            var page = await outbox.Expand(options.CurrentValue.ExpandFacts, began);
            total += page.Facts;
            if (!page.More)
            {
                break;
            }
        }

        return total;
    }

    /// <summary>Sends what is due in one lane until nothing is, or the lane's server does not answer.</summary>
    internal async Task RunLane(string name, CancellationToken stopping)
    {
        var lane = lanes.GetOrAdd(name, static key => new Lane(key));
        while (!stopping.IsCancellationRequested && !lane.Rests(clock.GetCurrentInstant()))
        {
            var rows = await outbox.LeaseDue(name, owner, options.CurrentValue.LeaseRows);
            if (rows.Count == 0)
            {
                return;
            }

            await SendAll(lane, rows, stopping);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The host goes on starting meanwhile.
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            if (!options.CurrentValue.Paused)
            {
                try
                {
                    await Expand(stoppingToken);
                    await StartLanes(stoppingToken);
                    await ReadAge();
                }
#pragma warning disable CA1031 // A database that is away comes back; the dispatcher must still be there then.
                catch (Exception error)
#pragma warning restore CA1031
                {
                    LogRoundFailed(error);
                }
            }

            await signal.Wait(PollEvery, time, stoppingToken);
        }

        // Mails in hand are finished, the rest is handed back.
        await Task.WhenAll(lanes.Values.Select(lane => lane.Running));
    }

    private async Task StartLanes(CancellationToken stopping)
    {
        foreach (var name in await outbox.DueLanes())
        {
            var lane = lanes.GetOrAdd(name, static key => new Lane(key));
            if (!lane.Rests(clock.GetCurrentInstant()) && lane.TryBegin())
            {
                lane.Running = Task.Run(() => Work(lane, stopping), CancellationToken.None);
            }
        }
    }

    private async Task Work(Lane lane, CancellationToken stopping)
    {
        do
        {
            try
            {
                await RunLane(lane.Name, stopping);
            }
#pragma warning disable CA1031 // As in the round: the next poll starts the lane again.
            catch (Exception error)
#pragma warning restore CA1031
            {
                LogLaneFailed(error, lane.Name);
            }
        }
        while (!lane.TryEnd());
    }

    private async Task ReadAge()
    {
        var now = clock.GetCurrentInstant();
        if (now - ageReadAt < Duration.FromSeconds(5))
        {
            return;
        }

        ageReadAt = now;
        meters.OutboxAge = await outbox.OldestWaiting() is { } oldest ? now - oldest : Duration.Zero;
    }

    private async Task SendAll(Lane lane, IReadOnlyList<Delivery> rows, CancellationToken stopping)
    {
        var queue = new ConcurrentQueue<Delivery>(rows);
        var connections = Math.Min(rows.Count, options.CurrentValue.ConnectionsPerLane);
        try
        {
            await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => sender.Run(lane, queue, stopping)));
        }
        finally
        {
            await outbox.Release(queue);
        }
    }

    [LoggerMessage(1, LogLevel.Error, "A round of the outbox failed; it is tried again")]
    private partial void LogRoundFailed(Exception error);

    [LoggerMessage(2, LogLevel.Error, "Lane {Lane} of the outbox failed; it is tried again")]
    private partial void LogLaneFailed(Exception error, string lane);
}
