using System.Collections.Concurrent;
using System.Net;

namespace Slotwright.Processes;

/// <summary>
/// Customers who book place after place, each place wanted by two of them, until they are told to stop; what they were answered,
/// and what they never learned the end of.
/// </summary>
public sealed class Bookers
{
    private readonly ConcurrentDictionary<int, Place> acknowledged = new();
    private readonly ConcurrentBag<(Place Place, string Key)> unanswered = [];
    private readonly ConcurrentDictionary<HttpStatusCode, int> statuses = new();
    private readonly ConcurrentBag<Answer> shed = [];

    /// <summary>Booking id and place of every 201.</summary>
    public IReadOnlyDictionary<int, Place> Acknowledged => acknowledged;

    /// <summary>Requests that got no answer, with their keys.</summary>
    public IReadOnlyCollection<(Place Place, string Key)> Unanswered => unanswered;

    public IReadOnlyDictionary<HttpStatusCode, int> Statuses => statuses;

    /// <summary>Every 503.</summary>
    public IReadOnlyCollection<Answer> Shed => shed;

    /// <summary>Books through each of the nodes in turn, on so many connections, until cancelled.</summary>
    public async Task Run(IReadOnlyList<DemoApi> nodes, IEnumerable<Place> places, int customers, string name, CancellationToken stop)
    {
        using var supply = places.SelectMany(place => new[] { place, place }).GetEnumerator();
        var number = 0;
        await Task.WhenAll(Enumerable.Range(0, customers).Select(customer => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                Place place;
                string key;
                lock (supply)
                {
                    supply.MoveNext();
                    place = supply.Current;
                    key = $"{name}-{number++}";
                }

                await Try(nodes[customer % nodes.Count], place, key, stop);
            }
        }, CancellationToken.None)));
    }

    /// <summary>Asks again, with the same keys, whatever was never answered; all are answered afterwards.</summary>
    public async Task AskAgain(DemoApi node)
    {
        var open = unanswered.ToList();
        unanswered.Clear();
        foreach (var (place, key) in open)
        {
            await Try(node, place, key, CancellationToken.None);
        }
    }

    private async Task Try(DemoApi node, Place place, string key, CancellationToken stop)
    {
        try
        {
            Keep(await node.Book(place, key), place, key);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or TaskCanceledException)
        {
            unanswered.Add((place, key));

            // The node is gone or coming back: hammering it would only burn the processor it needs.
            using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
            try
            {
                await beat.WaitForNextTickAsync(stop);
            }
            catch (OperationCanceledException)
            {
                // Told to stop.
            }
        }
    }

    private void Keep(Answer answer, Place place, string key)
    {
        statuses.AddOrUpdate(answer.Status, 1, (_, count) => count + 1);
        if (answer.Created)
        {
            acknowledged[answer.BookingId] = place;
        }
        else if (answer.Status == HttpStatusCode.ServiceUnavailable)
        {
            // It may have happened: only the same key tells.
            shed.Add(answer);
            unanswered.Add((place, key));
        }
    }
}
