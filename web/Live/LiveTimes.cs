using System.Collections.Concurrent;
using System.Threading.Channels;
using Slotwright.Appointments;
using Slotwright.Tenancy;

namespace Slotwright.Live;

/// <summary>
/// Tells open pages which of the times they show are taken or freed: the first change at once, those that follow together, at most
/// ten times a second for each audience.
/// </summary>
public sealed partial class LiveTimes(FreeTimesCache cache, Faces faces, TimeProvider time, ILogger<LiveTimes> log) : BackgroundService
{
    /// <summary>Between two messages to the same page.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>So often the times are looked at unasked: the clock takes some away, and a feed that broke tells nothing.</summary>
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private readonly ConcurrentDictionary<(int AccountId, int ScheduleId), ConcurrentDictionary<FreeTimesQuery, Audience>> schedules = new();
    private readonly CancellationTokenSource ending = new();

    internal int Listeners => schedules.Values.Sum(audiences => audiences.Values.Sum(audience => audience.Count));

    /// <summary>Every change to these free times from now on, all of them first. Ends when <paramref name="left"/> is cancelled.</summary>
    /// <param name="accountId">Whose schedule.</param>
    /// <param name="scheduleId">Which one.</param>
    /// <param name="query">Which times; the same question makes one audience.</param>
    /// <param name="drop">Called once when the reader has stopped reading.</param>
    /// <param name="left">The reader has gone.</param>
    public ChannelReader<TimesChange> Listen(int accountId, int scheduleId, FreeTimesQuery query, Action drop, CancellationToken left)
    {
        var listener = new Listener(drop);
        Audience audience;
        lock (gate)
        {
            var audiences = schedules.GetOrAdd((accountId, scheduleId), static _ => new());
            var isNew = !audiences.TryGetValue(query, out audience!);
            if (isNew)
            {
                audiences[query] = audience = new Audience(accountId, scheduleId, query);
            }

            audience.Add(listener);
            if (isNew)
            {
                _ = Follow(audience);
            }
        }

        left.Register(() => Leave(audience, listener));
        return listener.Changes;
    }

    public override void Dispose()
    {
        cache.Changed -= Call;
        ending.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        cache.Changed += Call;
        using var timer = new PeriodicTimer(Round, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                foreach (var key in schedules.Keys)
                {
                    Call(key.AccountId, key.ScheduleId);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await ending.CancelAsync();
        }
    }

    private void Call(int accountId, int scheduleId)
    {
        if (schedules.TryGetValue((accountId, scheduleId), out var audiences))
        {
            foreach (var audience in audiences.Values)
            {
                audience.Call();
            }
        }
    }

    private void Leave(Audience audience, Listener listener)
    {
        listener.End();
        lock (gate)
        {
            audience.Remove(listener);
        }

        // An audience that nobody is left in ends at its next call.
        audience.Call();
    }

    /// <summary>Goes on as long as anybody listens.</summary>
    private async Task Follow(Audience audience)
    {
        await Task.Yield();
        try
        {
            while (!HasEnded(audience))
            {
                if (await Look(audience))
                {
                    await Task.Delay(Pause, time, ending.Token);
                }

                await audience.Called(ending.Token);
            }
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private bool HasEnded(Audience audience)
    {
        lock (gate)
        {
            if (audience.Count > 0)
            {
                return false;
            }

            var key = (audience.AccountId, audience.ScheduleId);
            if (schedules.TryGetValue(key, out var audiences) && audiences.TryRemove(audience.Query, out _) && audiences.IsEmpty)
            {
                schedules.TryRemove(key, out _);
            }

            return true;
        }
    }

    private async Task<bool> Look(Audience audience)
    {
        try
        {
            var found = await cache.Find(audience.AccountId, audience.ScheduleId, audience.Query);
            if (found.Entry is not { } entry)
            {
                return false;
            }

            // A page that is open when its account is paused offers nothing any more.
            var isPaused = await faces.Account(audience.AccountId) is { IsPaused: true };
            return audience.Show(isPaused ? entry.WithoutTimes() : entry);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // The next round asks again; until then the pages show what they know.
            Unanswered(log, fault, audience.ScheduleId);
            return false;
        }
    }

    [LoggerMessage(EventId = 3102, Level = LogLevel.Warning, Message = "The free times of schedule {ScheduleId} could not be told to its open pages")]
    private static partial void Unanswered(ILogger log, Exception fault, int scheduleId);
}
