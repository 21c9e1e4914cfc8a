using System.Collections.Concurrent;
using System.Threading.Channels;
using Slotwright.Tenancy;

namespace Slotwright.Live;

/// <summary>
/// Hears for this node of what changes on the dashboards that are open on it. One observer for all of them, renewed every second: that also
/// shows what was lost on the way, and makes the dashboard look for what it was not told.
/// </summary>
public sealed partial class DashboardFeed(Grains grains, IGrainFactory factory, TimeProvider time, ILogger<DashboardFeed> log) : BackgroundService, IDashboardWatcher
{
    public static readonly TimeSpan Renewal = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<int, OpenDashboard> open = new();

    /// <summary>The runtime holds observers weakly; this class, a singleton, is what keeps it.</summary>
    private IDashboardWatcher? reference;

    /// <summary>For tests: what becomes of a change on its way here; null: it is lost.</summary>
    internal Func<DashboardChange, DashboardChange?> OnTheWay { get; set; } = static change => change;

    public Task Changed(DashboardChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        if (OnTheWay(change) is { } arrived && open.TryGetValue(arrived.ResellerId, out var dashboard))
        {
            dashboard.Hear(arrived);
        }

        return Task.CompletedTask;
    }

    /// <summary>News from now on, first where the feed is. Ends when <paramref name="left"/> is cancelled; <paramref name="drop"/> is called for who does not read.</summary>
    public async Task<ChannelReader<WrittenNews>> Listen(int resellerId, IReadOnlySet<int> shown, Action drop, CancellationToken left)
    {
        var listener = new DashboardListener(shown, drop);
        OpenDashboard dashboard;
        do
        {
            dashboard = open.GetOrAdd(resellerId, static (id, time) => new OpenDashboard(id, time), time);
        }
        while (!dashboard.Add(listener));

        left.Register(() =>
        {
            listener.End();
            if (dashboard.Remove(listener))
            {
                open.TryRemove(new(resellerId, dashboard));
            }
        });
        await KeepUp(dashboard);
        dashboard.Greet(listener);
        return listener.News;
    }

    /// <summary>Renews all subscriptions, at once.</summary>
    internal Task KeepUp() => Task.WhenAll(open.Values.Select(KeepUp));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Renewal, time);
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

    private async Task KeepUp(OpenDashboard dashboard)
    {
        try
        {
            reference ??= factory.CreateObjectReference<IDashboardWatcher>(this);
            dashboard.Hear(await grains.Dashboard(dashboard.ResellerId).Watch(reference).WaitAsync(Patience, time));
        }
#pragma warning disable CA1031 // The next round tries again; until then pages show what they know.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            Unheard(log, fault, dashboard.ResellerId);
        }
    }

    [LoggerMessage(EventId = 3140, Level = LogLevel.Warning, Message = "The dashboard of reseller {ResellerId} could not be watched")]
    private static partial void Unheard(ILogger log, Exception fault, int resellerId);
}
