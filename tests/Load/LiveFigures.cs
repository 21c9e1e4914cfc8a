using System.Collections.Concurrent;
using System.Diagnostics;
using NodaTime.Text;
using Slotwright.Live;
using Slotwright.Processes;

namespace Slotwright.Load;

/// <summary>How soon a booking shows on open pages: from the moment it is sent until each of them has heard of it.</summary>
internal static class LiveFigures
{
    private const int Pages = 500;
    private const int BookingsPerSecond = 200;
    private const double Limit = 300;

    public static async IAsyncEnumerable<Figure> Run(Pace pace)
    {
        await using var target = new SqliteTarget();
        LoadSchedule schedule;
        await using (var world = await World.Open(target))
        {
            schedule = (await world.Make("live", 1, 1, resources: 1))[0];
        }

        await using var product = await ProductProcess.StartWeb(target.Settings(sending: false)).Ready(CancellationToken.None);
        var sent = new ConcurrentDictionary<long, long>();
        var delays = new ConcurrentBag<double>();
        using var stop = new CancellationTokenSource();
        var pages = await Task.WhenAll(Enumerable.Range(0, Pages).Select(_ => LiveClient.Open(product.Address!)));
        var first = LoadSchedule.First.InUtc().Date;
        var days = (From: LocalDatePattern.Iso.Format(first), To: LocalDatePattern.Iso.Format(first.PlusDays(13)));
        var reading = pages.Select(page => Read(page, schedule, days, sent, delays, stop.Token)).ToList();
        var (booked, rate) = await Book(product.Address!, schedule, sent, pace.WarmUp, pace.WarmUp + pace.Measured);

        // Whatever is still on its way has this long to come, and counts as late if it does not.
        await Task.Delay(1_000);
        await stop.CancelAsync();
        await Task.WhenAll(reading);
        foreach (var page in pages)
        {
            page.Dispose();
        }

        var sorted = delays.Order().ToArray();
        var missing = ((long)booked * Pages) - sorted.Length;
        var p95 = missing > booked * Pages / 20 ? double.PositiveInfinity : sorted[(int)((sorted.Length - 1) * 0.95)];
        yield return new Figure(
            $"a booking shows on {Pages} open pages of its schedule while {rate:0} bookings/s run on it, SQLite",
            $"p50 {sorted[sorted.Length / 2]:0} ms, p95 {p95:0} ms, p99 {sorted[(int)((sorted.Length - 1) * 0.99)]:0} ms, {missing:#,0} of {(long)booked * Pages:#,0} not heard",
            "",
            $"p95 ≤ {Limit:0} ms",
            p95 <= Limit);
    }

    private static async Task Read(
        LiveClient page, LoadSchedule schedule, (string From, string To) days, ConcurrentDictionary<long, long> sent, ConcurrentBag<double> delays, CancellationToken stop)
    {
        // Threads of their own would measure the scheduler: a page reads when its socket has something.
        await Task.Yield();
        try
        {
            await page.Watch(schedule.Account, schedule.Name, days.From, days.To, stop);
            while (await page.NextChange(stop) is { } change)
            {
                var now = Stopwatch.GetTimestamp();
                if (!change.TryGetProperty("taken", out var taken))
                {
                    continue;
                }

                foreach (var start in taken.EnumerateArray())
                {
                    if (sent.TryGetValue(start.GetInt64(), out var at))
                    {
                        delays.Add(Stopwatch.GetElapsedTime(at, now).TotalMilliseconds);
                    }
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Told to stop.
        }
    }

    /// <summary>Books at a steady rate, whatever the answers take.</summary>
    private static async Task<(int Booked, double Rate)> Book(Uri site, LoadSchedule schedule, ConcurrentDictionary<long, long> sent, TimeSpan warmUp, TimeSpan time)
    {
        var connections = new ConcurrentQueue<Connection>(await Connection.Open(site, 64));
        var began = Stopwatch.GetTimestamp();
        var booked = 0;
        long number = 0;
        var open = new List<Task>();
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (Stopwatch.GetElapsedTime(began) < time && await beat.WaitForNextTickAsync())
        {
            for (var due = Stopwatch.GetElapsedTime(began).TotalSeconds * BookingsPerSecond; number < due && connections.TryDequeue(out var connection); number++)
            {
                open.Add(Send(connection));
            }
        }

        var rate = number / Stopwatch.GetElapsedTime(began).TotalSeconds;
        await Task.WhenAll(open);
        foreach (var connection in connections)
        {
            connection.Dispose();
        }

        return (booked, rate);

        async Task Send(Connection connection)
        {
            var (resource, start) = schedule.Next();
            var now = Stopwatch.GetTimestamp();
            var isMeasured = Stopwatch.GetElapsedTime(began, now) >= warmUp;
            if (isMeasured)
            {
                sent[start.ToUnixTimeSeconds()] = now;
            }

            var status = await connection.Ask(Connection.Request("POST", "/api/bookings.json", $"{schedule.Account}:{schedule.ApiKey}", HttpLoad.Body(schedule, resource, start, 5)));
            if (status == 201 && isMeasured)
            {
                Interlocked.Increment(ref booked);
            }

            connections.Enqueue(connection);
        }
    }
}
