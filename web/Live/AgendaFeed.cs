using NodaTime;
using Slotwright.Tenancy;

namespace Slotwright.Live;

/// <summary>Hears for this web node of every change to the schedules in use, and keeps those subscriptions alive.</summary>
internal sealed partial class AgendaFeed(FreeTimesCache cache, Grains grains, IGrainFactory factory, IClock clock, TimeProvider time, ILogger<AgendaFeed> log)
    : BackgroundService, IAgendaWatcher
{
    /// <summary>How often schedules are looked through.</summary>
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(1);

    /// <summary>A subscription is renewed so often; one that is being read, more often, so that a schedule which moved to another silo is soon heard again.</summary>
    private static readonly Duration Renewal = Duration.FromSeconds(10);
    private static readonly Duration RenewalInUse = Duration.FromSeconds(5);

    /// <summary>A silo that does not answer for so long is not heard any more.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>The runtime holds observers weakly; this class, a singleton, is what keeps it.</summary>
    private IAgendaWatcher? reference;

    public Task Changed(AgendaVersion version)
    {
        cache.Saw(version);
        return Task.CompletedTask;
    }

    /// <summary>Subscribes and renews what is due, ends what nobody uses; all at once, so that one silent silo delays nobody else's.</summary>
    internal async Task KeepUp()
    {
        reference ??= factory.CreateObjectReference<IAgendaWatcher>(this);
        var now = clock.GetCurrentInstant();
        var watcher = reference;
        await Task.WhenAll(cache.Agendas.Select(agenda => KeepUpOrDoubt(agenda, watcher, now)));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Round, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await KeepUp();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task KeepUpOrDoubt(WatchedAgenda agenda, IAgendaWatcher watcher, Instant now)
    {
        try
        {
            await KeepUp(agenda, watcher, now);
        }
        catch (Exception fault)
        {
            // Without a feed its answers live a second; the next round tries again.
            agenda.HeardAt = null;
            Unheard(log, fault, agenda.ScheduleId);
        }
    }

    private async Task KeepUp(WatchedAgenda agenda, IAgendaWatcher watcher, Instant now)
    {
        if (now - agenda.LastUsed > FreeTimesCache.UnusedLifetime)
        {
            cache.Forget(agenda);
            if (agenda.HeardAt is not null)
            {
                await grains.Schedule(agenda.AccountId, agenda.ScheduleId).Unwatch(watcher).WaitAsync(Patience, time);
            }

            return;
        }

        if (agenda.HeardAt is { } heard && now - heard < (agenda.LastUsed > heard ? RenewalInUse : Renewal))
        {
            return;
        }

        var version = await grains.Schedule(agenda.AccountId, agenda.ScheduleId).Watch(watcher).WaitAsync(Patience, time);
        agenda.Raise(version.Version, version.RulesEdition);
        agenda.HeardAt = now;
    }

    [LoggerMessage(EventId = 3101, Level = LogLevel.Warning, Message = "Schedule {ScheduleId} could not be watched")]
    private static partial void Unheard(ILogger log, Exception fault, int scheduleId);
}
