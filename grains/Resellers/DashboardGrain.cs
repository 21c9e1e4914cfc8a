using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodaTime;
using Orleans.Concurrency;
using Orleans.Utilities;
using Slotwright.Accounts;
using Slotwright.Billing;
using Slotwright.Live;

namespace Slotwright.Resellers;

/// <summary>
/// Keeps one reseller's <see cref="Board"/> as the rows have it. News only says whom to count again; one loop does all the reading, so that
/// many questions and much news are few statements.
/// </summary>
[Reentrant, GrainType("dashboard")]
public sealed partial class DashboardGrain(
    IDashboardStore store, IOptions<PlansOptions> plans, IClock clock, TimeProvider time, ILogger<DashboardGrain> log) : Grain, IDashboardGrain, IDashboardNews
{
    /// <summary>Between two readings that news alone asks for. It is not the pace of the feed, which web nodes set.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    private static readonly TimeSpan Forgotten = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan PauseAfterFault = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How old last sign-ins, host names, payments and the reseller's zone may be: they are read again after an answer, and only who comes after
    /// a long time in which nobody asked waits for them.
    /// </summary>
    private static readonly TimeSpan SideLifetime = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan LongestSide = TimeSpan.FromMinutes(1);

    /// <summary>Time alone takes appointments off what is upcoming: counts older than this are made again, a few at a time.</summary>
    private static readonly Duration CountLifetime = Duration.FromMinutes(1);
    private static readonly Duration LongestCount = Duration.FromMinutes(10);
    private const int MostCountedAgain = 200;

    /// <summary>Names, addresses, and plans that allow as much as the one before are read again after so long; all else of the rows at each question.</summary>
    private static readonly TimeSpan NameLifetime = TimeSpan.FromSeconds(4);

    private static readonly Duration ActivitySpan = Duration.FromDays(30);
    private const int MostRecent = 50;
    private const int ShownRecent = 8;

    private readonly ObserverManager<IDashboardWatcher> watchers = new(Forgotten, log);
    private readonly HashSet<int> dirty = [];
    private readonly List<ClientEvent> happened = [];
    private readonly string feed = Guid.NewGuid().ToString("N")[..12];
    private Board? board;
    private Beside? beside;
    private TaskCompletionSource? nextCheck;
    private long number;
    private Task besideReading = Task.CompletedTask;
    private long besideRead;
    private string stamp = "";
    private long rowsRead;
    private Task recentReading = Task.CompletedTask;
    private IReadOnlyList<ClientEvent> recent = [];
    private HashSet<int> recentStale = [];
    private bool recentUnread = true;
    private long lastRound;
    private bool working;

    private int Id => GrainKeys.AccountOf(this.GetPrimaryKeyString())!.Value;

    private FeedPosition Position => new(feed, number);

    public async Task<DashboardView> Show(DashboardQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (query.Search.Length > 200 || query.Limit is < 1 or > 100 || query.Offset < 0 || !Enum.IsDefined(query.Among) || !Enum.IsDefined(query.By))
        {
            throw new ArgumentException("A text of at most 200 characters, 1 to 100 rows and an offset of 0 or more.");
        }

        await Check();
        await ReadRecent();
        var now = clock.GetCurrentInstant();
        var matching = board!.Select(query, now);
        var shown = matching.Skip(query.Offset).Take(query.Limit).ToList();
        // Reading stores nothing: the live connection, or a press, says that somebody was here.
        var visit = DashboardVisit.At(await store.Visit(Id, query.PersonId), now);
        var booked = shown.Count > 0 ? await store.BookedSince(shown, visit.Since) : null;

        // From here on nothing is awaited: numbers and position are of one moment.
        return new DashboardView
        {
            Position = Position,
            Clients = [.. shown.Select(id => board!.Figures(id, plans.Value, booked?.GetValueOrDefault(id) ?? 0, now)).OfType<ClientFigures>()],
            Matching = matching.Count,
            Totals = board!.Totals,
            Days = board.DaysOfAll,
            Today = board.Days.Today,
            Zone = board.Days.Zone.Id,
            NewSince = visit.Since,
            Events = [.. Newest(recent, null, now).Take(ShownRecent)],
        };
    }

    public async Task<ActivityView> Activity(ActivityQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (query.Limit is < 1 or > 200)
        {
            throw new ArgumentException("1 to 200 rows.");
        }

        await Check();
        var (now, position) = (clock.GetCurrentInstant(), Position);
        var events = await store.Events(Id, query.AccountId is { } account ? [account] : null, now - ActivitySpan, query.Limit);
        return new ActivityView
        {
            Position = position,
            Events = [.. Newest(events, query.AccountId, now).Take(query.Limit)],
            Zone = board!.Days.Zone.Id,
        };
    }

    public async Task Look(int personId, bool all)
    {
        var now = clock.GetCurrentInstant();
        await store.Visited(Id, personId, all ? new DashboardVisit(now, now) : DashboardVisit.At(await store.Visit(Id, personId), now));
    }

    public async Task<FeedPosition> Watch(IDashboardWatcher watcher)
    {
        watchers.Subscribe(watcher, watcher);
        await Check();
        return Position;
    }

    public Task Unwatch(IDashboardWatcher watcher)
    {
        watchers.Unsubscribe(watcher);
        return Task.CompletedTask;
    }

    public Task Happened(IReadOnlyList<ClientEvent> events, IReadOnlyList<int> accounts)
    {
        // Nobody looks: whoever looks next will see by the versions what has changed.
        if (watchers.Count > 0 && board is not null)
        {
            dirty.UnionWith(accounts);
            happened.AddRange(events);
            Work();
        }

        return Task.CompletedTask;
    }

    private IEnumerable<ClientEvent> Newest(IReadOnlyList<ClientEvent> events, int? accountId, Instant now) => events
        .Where(one => board!.Has(one.AccountId))
        .Concat(board!.EndingTrials(now).Concat(board.FailingHosts()).Where(one => one.At > now - ActivitySpan && (accountId is null || one.AccountId == accountId)))
        .OrderByDescending(one => one.At).ThenByDescending(one => one.Id);

    /// <summary>What happened lately is read once, then only of the clients whose agendas changed.</summary>
    private async Task ReadRecent()
    {
        while (recentUnread || recentStale.Count > 0)
        {
            if (recentReading.IsCompleted)
            {
                recentReading = Read();
            }

            await recentReading;
        }

        async Task Read()
        {
            var (all, stale) = (recentUnread, recentStale);
            (recentUnread, recentStale) = (false, []);
            try
            {
                var read = await store.Events(Id, all ? null : stale, clock.GetCurrentInstant() - ActivitySpan, MostRecent);
                recent = [.. (all ? read : recent.Concat(read)).DistinctBy(one => one.Id).OrderByDescending(one => one.At).ThenByDescending(one => one.Id).Take(MostRecent)];
            }
            catch
            {
                recentUnread = true;
                throw;
            }
        }
    }

    /// <summary>Completes after a reading of all clients' rows that began after this call.</summary>
    private Task Check()
    {
        var asked = nextCheck ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Work();
        return asked.Task;
    }

    private void Work()
    {
        if (!working)
        {
            working = true;
            _ = Rounds();
        }
    }

    private async Task Rounds()
    {
        while (nextCheck is not null || dirty.Count > 0)
        {
            var rest = Pause - time.GetElapsedTime(lastRound);
            if (nextCheck is null && lastRound != 0 && rest > TimeSpan.Zero)
            {
                await Task.Delay(rest, time);
            }

            var (check, asked, events) = (nextCheck, dirty.ToList(), happened.ToList());
            nextCheck = null;
            dirty.Clear();
            happened.Clear();
            try
            {
                await Round(check is null ? asked : null, events);
                lastRound = time.GetTimestamp();
                check?.SetResult();
                if (check is not null && besideReading.IsCompleted && time.GetElapsedTime(besideRead) > SideLifetime)
                {
                    besideReading = ReadBesideLater();
                }
            }
#pragma warning disable CA1031 // Whoever asked hears of it; what news asked for is noticed by the versions at the next check.
            catch (Exception fault)
#pragma warning restore CA1031
            {
                Unread(log, fault, Id);
                check?.SetException(fault);
                await Task.Delay(PauseAfterFault, time);
            }
        }

        working = false;
    }

    /// <summary>Reads the rows, of all clients or of some, counts whom it must, and tells what became different.</summary>
    private async Task Round(List<int>? asked, List<ClientEvent> events)
    {
        var isWhole = asked is null || board is null;
        if (isWhole && (beside is null || time.GetElapsedTime(besideRead) > LongestSide))
        {
            await (besideReading = ReadBeside());
        }

        var now = clock.GetCurrentInstant();
        var days = board is null || isWhole ? new BoardDays(now, beside!.Zone) : board.Days;
        var isFirst = board is null || board.Days.Today != days.Today || !board.Days.Zone.Equals(days.Zone);
        var next = isFirst ? new Board(days) : board!;
        var stale = new HashSet<int>(asked ?? []);
        var present = isWhole ? await store.Stamp(Id) : "";
        if (!isWhole || isFirst || present != stamp || time.GetElapsedTime(rowsRead) > NameLifetime)
        {
            stale.UnionWith(next.Follow(await store.Clients(Id, isWhole ? null : asked), isWhole ? null : asked));
            recentStale.UnionWith(stale);
            (stamp, rowsRead) = isWhole ? (present, time.GetTimestamp()) : (stamp, rowsRead);
        }

        recentUnread |= isFirst;
        if (isWhole && !isFirst)
        {
            stale.UnionWith(next.CountedBefore(now - CountLifetime, next.OldestCount < now - LongestCount ? int.MaxValue : MostCountedAgain));
        }

        if (stale.Count > 0)
        {
            next.Count(stale, await store.Count(stale, days, now), now);
        }

        // From here on nothing is awaited until it is told: the board is as the feed says.
        (next.Sides, next.Subscriptions) = (beside!.Sides, beside.Subscriptions);
        next.Tell(events);
        var isKnown = board is not null;
        board = next;
        if (next.Take(Id, new FeedPosition(feed, number + 1), now) is { } change && isKnown)
        {
            number++;
            await watchers.Notify(watcher => watcher.Changed(change));
        }
    }

    private async Task ReadBeside()
    {
        var began = time.GetTimestamp();
        beside = new Beside(
            await Zone(), await store.Sides(Id), (await GrainFactory.Reseller(Id).Subscriptions()).ToDictionary(subscription => subscription.AccountId));
        besideRead = began;
    }

    private async Task ReadBesideLater()
    {
        try
        {
            await ReadBeside();
        }
#pragma warning disable CA1031 // What is known is shown on; the next answer asks again.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            Unread(log, fault, Id);
        }
    }

    private async Task<DateTimeZone> Zone() =>
        await GrainFactory.Account(Id).Face() is { } face && DateTimeZoneProviders.Tzdb.GetZoneOrNull(face.Brand.TimeZone) is { } own ? own : DateTimeZone.Utc;

    /// <summary>What the rows of the clients do not say.</summary>
    private sealed record Beside(DateTimeZone Zone, IReadOnlyDictionary<int, ClientSide> Sides, IReadOnlyDictionary<int, ClientSubscription> Subscriptions);

    [LoggerMessage(EventId = 3130, Level = LogLevel.Warning, Message = "The clients of reseller {ResellerId} could not be read")]
    private static partial void Unread(ILogger log, Exception fault, int resellerId);
}
