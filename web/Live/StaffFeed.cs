using System.Collections.Concurrent;
using System.Threading.Channels;
using Slotwright.Tenancy;

namespace Slotwright.Live;

/// <summary>
/// Hears of every change to the schedules that staff have open on this node, and tells them so; what changed they read themselves.
/// A change that was not heard of is noticed when the subscription is renewed.
/// </summary>
public sealed partial class StaffFeed(Grains grains, IGrainFactory factory, TimeProvider time, ILogger<StaffFeed> log) : BackgroundService, IAgendaWatcher
{
    /// <summary>So often subscriptions are renewed, and what was missed is noticed.</summary>
    public static readonly TimeSpan Renewal = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<(int AccountId, int ScheduleId), OpenSchedule> open = new();

    /// <summary>The runtime holds observers weakly; this class, a singleton, is what keeps it.</summary>
    private IAgendaWatcher? reference;

    /// <summary>The versions of a schedule's agenda from now on; many changes in a row may be one message. Ends when <paramref name="left"/> is cancelled.</summary>
    public async Task<ChannelReader<long>> Listen(int accountId, int scheduleId, CancellationToken left)
    {
        var channel = Channel.CreateBounded<long>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
        OpenSchedule schedule;
        do
        {
            schedule = open.GetOrAdd((accountId, scheduleId), static _ => new OpenSchedule());
        }
        while (!schedule.Add(channel.Writer));

        left.Register(() =>
        {
            channel.Writer.TryComplete();
            if (schedule.Remove(channel.Writer))
            {
                open.TryRemove(new((accountId, scheduleId), schedule));
            }
        });
        await KeepUp((accountId, scheduleId), schedule);
        return channel.Reader;
    }

    public Task Changed(AgendaVersion version)
    {
        ArgumentNullException.ThrowIfNull(version);
        if (open.TryGetValue((version.AccountId, version.ScheduleId), out var schedule))
        {
            schedule.Tell(version);
        }

        return Task.CompletedTask;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Renewal, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await Task.WhenAll(open.Select(pair => KeepUp(pair.Key, pair.Value)));
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task KeepUp((int AccountId, int ScheduleId) key, OpenSchedule schedule)
    {
        try
        {
            reference ??= factory.CreateObjectReference<IAgendaWatcher>(this);
            schedule.Tell(await grains.Schedule(key.AccountId, key.ScheduleId).Watch(reference).WaitAsync(Patience, time));
        }
#pragma warning disable CA1031 // The next round tries again; until then staff see what they know.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            Unheard(log, fault, key.ScheduleId);
        }
    }

    [LoggerMessage(EventId = 3120, Level = LogLevel.Warning, Message = "Schedule {ScheduleId} could not be watched for staff")]
    private static partial void Unheard(ILogger log, Exception fault, int scheduleId);

    /// <summary>Who of the staff has one schedule open.</summary>
    private sealed class OpenSchedule
    {
        private readonly Lock gate = new();
        private readonly List<ChannelWriter<long>> listeners = [];
        private (long Version, long Rules)? known;
        private bool ended;

        /// <summary>False: the last one has just left, and this one is no longer looked after.</summary>
        public bool Add(ChannelWriter<long> listener)
        {
            lock (gate)
            {
                if (!ended)
                {
                    listeners.Add(listener);
                }

                return !ended;
            }
        }

        /// <summary>True: nobody is left.</summary>
        public bool Remove(ChannelWriter<long> listener)
        {
            lock (gate)
            {
                listeners.Remove(listener);
                return ended = listeners.Count == 0;
            }
        }

        /// <summary>The first version heard is what everybody has just read; messages come in any order.</summary>
        public void Tell(AgendaVersion version)
        {
            lock (gate)
            {
                var isNews = known is { } before && (version.Version > before.Version || version.RulesEdition > before.Rules);
                known = (Math.Max(version.Version, known?.Version ?? 0), Math.Max(version.RulesEdition, known?.Rules ?? 0));
                if (isNews)
                {
                    listeners.ForEach(listener => listener.TryWrite(version.Version));
                }
            }
        }
    }
}
