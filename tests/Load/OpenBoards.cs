using System.Collections.Concurrent;
using System.Diagnostics;
using Slotwright.Live;

namespace Slotwright.Load;

/// <summary>Open dashboards, spread over the nodes, and what each shows.</summary>
internal sealed class OpenBoards : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly LiveClient[] pages;
    private readonly ConcurrentDictionary<int, int>[] shown;
    private readonly Task[] reading;
    private readonly Dictionary<int, int> index;
    private readonly SentBookings[] sent;
    private long[][] begun = [];
    private volatile bool measuring;
    private long lastNews = Stopwatch.GetTimestamp();

    private OpenBoards(LiveClient[] pages, Dictionary<int, int> index, SentBookings[] sent)
    {
        (this.pages, this.index, this.sent) = (pages, index, sent);
        shown = [.. pages.Select(_ => new ConcurrentDictionary<int, int>())];
        reading = [.. pages.Select((page, at) => Read(page, at))];
    }

    public ConcurrentBag<double> Delays { get; } = [];

    public static async Task<OpenBoards> Open(Uri[] sites, Dictionary<int, int> index, SentBookings[] sent)
    {
        var cookies = await Task.WhenAll(sites.Select(DashboardFigures.SignIn));
        var pages = await Task.WhenAll(Enumerable.Range(0, DashboardFigures.Dashboards).Select(number =>
            LiveClient.Open(sites[number % sites.Length], path: "/live/reseller", cookie: cookies[number % sites.Length])));
        var boards = new OpenBoards(pages, index, sent);
        await Task.Delay(1_500);
        return boards;
    }

    /// <summary>From now on each booking is waited for: it is the one that follows on those shown now.</summary>
    public void Measure()
    {
        foreach (var queue in sent)
        {
            queue.Clear();
        }

        begun = [.. pages.Select(_ => new long[index.Count])];
        measuring = true;
    }

    /// <summary>Whatever is on its way has come.</summary>
    public async Task Settle()
    {
        do
        {
            await Task.Delay(500);
        }
        while (Stopwatch.GetElapsedTime(Volatile.Read(ref lastNews)) < TimeSpan.FromSeconds(2));
    }

    public IReadOnlyList<IReadOnlyDictionary<int, int>> Last() => shown;

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await Task.WhenAll(reading);
        Array.ForEach(pages, page => page.Dispose());
        stop.Dispose();
    }

    private async Task Read(LiveClient page, int at)
    {
        await Task.Yield();
        try
        {
            await page.WatchDashboard(DashboardFigures.Reseller, Shown(at), stop.Token);
            while (await page.NextChange(stop.Token) is { } news)
            {
                var now = Stopwatch.GetTimestamp();
                Volatile.Write(ref lastNews, now);
                if (!news.TryGetProperty("clients", out var clients))
                {
                    continue;
                }

                foreach (var client in clients.EnumerateArray())
                {
                    Hear(at, client.GetProperty("id").GetInt32(), client.GetProperty("used").GetInt32(), now);
                }
            }
        }
        catch (Exception end) when (end is OperationCanceledException or System.Net.WebSockets.WebSocketException)
        {
            // Told to stop, or the node was.
        }
    }

    /// <summary>Each shows one page of the list.</summary>
    private IEnumerable<int> Shown(int at) =>
        index.Keys.Order().Skip(at % (index.Count / DashboardFigures.PerPage) * DashboardFigures.PerPage).Take(DashboardFigures.PerPage);

    private void Hear(int at, int id, int used, long now)
    {
        var known = shown[at].TryGetValue(id, out var last) ? last : -1;
        shown[at][id] = used;
        if (!measuring)
        {
            return;
        }

        // A page that hears of a client for the first time learns of one booking with it; later of as many as the number rose by.
        var client = index[id];
        var more = known < 0 ? 1 : used - known;
        var each = 0;
        foreach (var booking in sent[client].After(begun[at][client]))
        {
            // A refused one moves no number.
            var isRefused = booking.IsRefused;
            if (!isRefused && each++ >= more)
            {
                break;
            }

            begun[at][client]++;
            if (!isRefused)
            {
                Delays.Add(Stopwatch.GetElapsedTime(booking.At, now).TotalMilliseconds);
            }
        }
    }
}

/// <summary>One client's bookings in the order sent.</summary>
internal sealed class SentBookings
{
    private readonly ConcurrentQueue<SentBooking> bookings = new();

    public SentBooking Add()
    {
        var booking = new SentBooking(Stopwatch.GetTimestamp());
        bookings.Enqueue(booking);
        return booking;
    }

    public IEnumerable<SentBooking> After(long number) => bookings.ToArray().Skip((int)number);

    public void Clear() => bookings.Clear();
}

internal sealed class SentBooking(long at)
{
    private volatile bool refused;

    public long At { get; } = at;

    public bool IsRefused => refused;

    public void Refuse() => refused = true;
}
