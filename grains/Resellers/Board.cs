using NodaTime;
using Slotwright.Accounts;
using Slotwright.Billing;
using Slotwright.Live;

namespace Slotwright.Resellers;

/// <summary>
/// A reseller's clients with their numbers, in memory: follows the rows as they are read, and knows what of it has not been told yet.
/// Nothing is added up from events, so whatever is missed or told twice, the numbers are those of the rows.
/// </summary>
internal sealed class Board(BoardDays days)
{
    private readonly Dictionary<int, Entry> entries = [];
    private readonly HashSet<int> untold = [];
    private readonly List<int> gone = [];
    private readonly List<ClientEvent> events = [];
    private IReadOnlyDictionary<int, ClientSide> sides = new Dictionary<int, ClientSide>();
    private bool rewritten;

    public BoardDays Days { get; } = days;

    public IReadOnlyDictionary<int, ClientSide> Sides
    {
        get => sides;
        set => sides = value;
    }

    /// <summary>What the reseller pays for each client, and whether it has.</summary>
    public IReadOnlyDictionary<int, ClientSubscription> Subscriptions { get; set; } = new Dictionary<int, ClientSubscription>();

    /// <summary>Over all clients, as they were at the last <see cref="Take"/>.</summary>
    public DashboardTotals Totals { get; private set; } = new() { Clients = 0, Joined = 0, Today = 0, DayBefore = 0, Week = 0, NearLimit = 0, Trials = 0, Hours = new int[24] };

    /// <summary>Over all clients, the last thirty days; as <see cref="Totals"/>.</summary>
    public IReadOnlyList<int> DaysOfAll { get; private set; } = new int[BoardDays.Past];

    private const int TodayAt = BoardDays.Past - 1;

    /// <summary>
    /// Takes over what the rows say, all of them or those of the accounts that were asked for. Answers which clients must be counted: new ones,
    /// and those whose agendas changed since.
    /// </summary>
    public IReadOnlyCollection<int> Follow(IReadOnlyList<BoardRow> rows, IReadOnlyCollection<int>? asked)
    {
        var there = rows.Select(row => row.Client.AccountId).ToHashSet();
        foreach (var id in (asked ?? [.. entries.Keys]).Where(id => !there.Contains(id)))
        {
            if (entries.Remove(id))
            {
                untold.Remove(id);
                gone.Add(id);
            }
        }

        var stale = new List<int>();
        foreach (var row in rows)
        {
            var id = row.Client.AccountId;
            if (!entries.TryGetValue(id, out var entry))
            {
                entries[id] = entry = new Entry(row, Days.Count);
                rewritten = true;
                stale.Add(id);
                continue;
            }

            rewritten |= entry.Row with { Version = row.Version } != row;
            if (row.Version > entry.CountedVersion)
            {
                stale.Add(id);
            }

            entry.Row = row;
        }

        return stale;
    }

    /// <summary>The clients that were counted longest ago, before the instant.</summary>
    public IEnumerable<int> CountedBefore(Instant instant, int most) =>
        entries.Where(entry => entry.Value.CountedAt < instant).OrderBy(entry => entry.Value.CountedAt).Take(most).Select(entry => entry.Key);

    public Instant OldestCount => entries.Count == 0 ? Instant.MaxValue : entries.Values.Min(entry => entry.CountedAt);

    /// <summary>Puts counts in place; a client that was to be counted and is not among them has no appointment at all.</summary>
    public void Count(IReadOnlyCollection<int> asked, IReadOnlyList<ClientCounts> counted, Instant now)
    {
        var found = counted.ToDictionary(count => count.AccountId);
        foreach (var id in asked)
        {
            if (!entries.TryGetValue(id, out var entry))
            {
                continue;
            }

            var before = NumbersOf(entry, now);
            var isNew = entry.CountedVersion < 0;
            entry.Counts = found.GetValueOrDefault(id) ?? new ClientCounts(id, Days.Count);
            (entry.CountedVersion, entry.CountedAt) = (entry.Row.Version, now);
            var after = NumbersOf(entry, now);
            if (!isNew && !Same(before, after))
            {
                untold.Add(id);
                Cross(entry, before, after, now);
            }
        }
    }

    /// <summary>Tells of what happened at accounts that are still clients.</summary>
    public void Tell(IEnumerable<ClientEvent> happened) => events.AddRange(happened
        .Where(one => entries.ContainsKey(one.AccountId))
        .Select(one => one with { AccountName = entries[one.AccountId].Row.Client.Name }));

    /// <summary>What has not been told yet, which it then has; null: nothing.</summary>
    public DashboardChange? Take(int resellerId, FeedPosition next, Instant now)
    {
        Compare(now);
        Sum(now);
        if (untold.Count == 0 && gone.Count == 0 && events.Count == 0 && !rewritten)
        {
            return null;
        }

        var change = new DashboardChange
        {
            ResellerId = resellerId,
            Position = next,
            Clients = [.. untold.Select(id => NumbersOf(entries[id], now))],
            Totals = Totals,
            Events = [.. events],
            Gone = [.. gone],
            Rewritten = rewritten,
        };
        untold.Clear();
        gone.Clear();
        events.Clear();
        rewritten = false;
        return change;
    }

    /// <summary>The ids of the clients that match, in the order asked for.</summary>
    public IReadOnlyList<int> Select(DashboardQuery query, Instant now)
    {
        var matching = entries.Values.Where(entry => Matches(entry, query, now));
        IOrderedEnumerable<Entry> By<T>(Func<Entry, T> key) => query.Descending ? matching.OrderByDescending(key) : matching.OrderBy(key);
        var ordered = query.By switch
        {
            ClientsBy.Used => By(entry => AllowedOf(entry.Row, now) is { } allowed ? (double)entry.Counts.Upcoming / Math.Max(1, allowed) : 0),
            ClientsBy.Today => By(entry => entry.Counts.Days[TodayAt]),
            ClientsBy.Week => By(WeekOf),
            ClientsBy.LastSignIn => By(entry => sides.GetValueOrDefault(entry.Id)?.LastSignInAt ?? Instant.MinValue),
            ClientsBy.TrialEnd => By(entry => entry.Row.TrialEndsAt is { } end && end > now ? end : Instant.MaxValue),
            ClientsBy.Attached => By(entry => entry.Row.Client.AttachedAt),
            _ => query.Descending
                ? matching.OrderByDescending(entry => entry.Row.Client.Name, StringComparer.OrdinalIgnoreCase)
                : matching.OrderBy(entry => entry.Row.Client.Name, StringComparer.OrdinalIgnoreCase),
        };
        return [.. ordered.ThenBy(entry => entry.Row.Client.Name, StringComparer.OrdinalIgnoreCase).Select(entry => entry.Id)];
    }

    public bool Has(int accountId) => entries.ContainsKey(accountId);

    /// <summary>Null: no client any more.</summary>
    public ClientFigures? Figures(int accountId, PlansOptions plans, int? booked, Instant now)
    {
        if (!entries.TryGetValue(accountId, out var entry))
        {
            return null;
        }

        var side = sides.GetValueOrDefault(accountId);
        return new ClientFigures
        {
            Client = entry.Row.Client,
            PlanName = plans.Find(entry.Row.Client.PlanCode)?.Name ?? entry.Row.Client.PlanCode,
            Standing = StandingOf(entry, now),
            Numbers = NumbersOf(entry, now),
            TrialEndsAt = entry.Row.TrialEndsAt,
            LastSignInAt = side?.LastSignInAt,
            Hosts = side?.Hosts ?? [],
            Price = side?.AskedMonthly is { } asked ? new ClientPrice(asked, asked - (Subscriptions.GetValueOrDefault(accountId)?.Monthly.Net.Amount ?? 0)) : null,
            New = booked,
        };
    }

    /// <summary>Trials whose last two days have begun.</summary>
    public IEnumerable<ClientEvent> EndingTrials(Instant now) =>
        from entry in entries.Values
        where entry.Row.TrialEndsAt is { } end && end > now && end - ClientEvents.TrialNotice <= now
        select new ClientEvent
        {
            Id = 0,
            AccountId = entry.Id,
            AccountName = entry.Row.Client.Name,
            Kind = ClientEventKind.TrialEnding,
            At = entry.Row.TrialEndsAt!.Value - ClientEvents.TrialNotice,
            StartsAt = entry.Row.TrialEndsAt,
        };

    /// <summary>Host names that no longer lead here.</summary>
    public IEnumerable<ClientEvent> FailingHosts() =>
        from entry in entries.Values
        from since in sides.GetValueOrDefault(entry.Id)?.FailingSince ?? []
        select new ClientEvent { Id = 0, AccountId = entry.Id, AccountName = entry.Row.Client.Name, Kind = ClientEventKind.HostFailing, At = since };

    private ClientStanding StandingOf(Entry entry, Instant now)
    {
        var (row, paid) = (entry.Row, Subscriptions.GetValueOrDefault(entry.Id)?.State);
        return row.Client.PausedAt is not null ? ClientStanding.Paused
            : !string.Equals(row.Client.PlanCode, PlansOptions.Free, StringComparison.OrdinalIgnoreCase) ? (paid == SubscriptionState.PastDue ? ClientStanding.PastDue : ClientStanding.Active)
            : Trial.IsRunning(row.TrialEndsAt, now) ? ClientStanding.Trial
            : paid == SubscriptionState.Lapsed ? ClientStanding.Lapsed
            : ClientStanding.Free;
    }

    private static int? AllowedOf(BoardRow row, Instant now) => Trial.IsRunning(row.TrialEndsAt, now) || row.Allowed == int.MaxValue ? null : row.Allowed;

    private static bool IsNear(Entry entry, Instant now) => AllowedOf(entry.Row, now) is { } allowed && entry.Counts.Upcoming * 5L >= allowed * 4L;

    private bool Matches(Entry entry, DashboardQuery query, Instant now)
    {
        var among = query.Among switch
        {
            ClientsAmong.NearLimit => IsNear(entry, now),
            ClientsAmong.Free => StandingOf(entry, now) is ClientStanding.Free or ClientStanding.Lapsed,
            ClientsAmong.Trial => StandingOf(entry, now) == ClientStanding.Trial,
            ClientsAmong.Active => StandingOf(entry, now) is ClientStanding.Active or ClientStanding.PastDue,
            ClientsAmong.Paused => StandingOf(entry, now) == ClientStanding.Paused,
            _ => true,
        };
        return among && (query.Search.Length == 0
            || entry.Row.Client.Name.Contains(query.Search, StringComparison.OrdinalIgnoreCase)
            || entry.Row.Client.OwnerEmail.Contains(query.Search, StringComparison.OrdinalIgnoreCase));
    }

    private int WeekOf(Entry entry)
    {
        var week = 0;
        foreach (var day in entry.Counts.Days.AsSpan(Days.Week, 7))
        {
            week += day;
        }

        return week;
    }

    /// <summary>Time alone ends a trial, and a payment that is late touches no row of the account: what was told last is held against what is.</summary>
    private void Compare(Instant now)
    {
        foreach (var entry in entries.Values)
        {
            var present = (AllowedOf(entry.Row, now), StandingOf(entry, now));
            if (entry.Told is { } told && told != present)
            {
                untold.Add(entry.Id);
                rewritten = true;
            }

            entry.Told = present;
        }
    }

    private void Sum(Instant now)
    {
        var (days, hours) = (new int[BoardDays.Past], new int[24]);
        int week = 0, near = 0, trials = 0, joined = 0;
        var monthBegan = Days.Today.PlusDays(1 - Days.Today.Day).AtStartOfDayInZone(Days.Zone).ToInstant();
        var monthEnds = Days.Today.PlusDays(1 - Days.Today.Day).PlusMonths(1).AtStartOfDayInZone(Days.Zone).ToInstant();
        foreach (var entry in entries.Values)
        {
            week += WeekOf(entry);
            near += IsNear(entry, now) ? 1 : 0;
            trials += StandingOf(entry, now) == ClientStanding.Trial ? 1 : 0;
            joined += entry.Row.Client.AttachedAt >= monthBegan && entry.Row.Client.AttachedAt < monthEnds ? 1 : 0;
            for (var day = 0; day < days.Length; day++)
            {
                days[day] += entry.Counts.Days[day];
            }

            for (var hour = 0; hour < hours.Length; hour++)
            {
                hours[hour] += entry.Counts.Hours[hour];
            }
        }

        DaysOfAll = days;
        Totals = new DashboardTotals
        {
            Clients = entries.Count,
            Joined = joined,
            Today = days[TodayAt],
            DayBefore = days[TodayAt - 7],
            Week = week,
            NearLimit = near,
            Trials = trials,
            Hours = hours,
        };
    }

    private ClientNumbers NumbersOf(Entry entry, Instant now) => new()
    {
        AccountId = entry.Id,
        Version = entry.CountedVersion,
        Used = entry.Counts.Upcoming,
        Allowed = AllowedOf(entry.Row, now),
        Today = entry.Counts.Days[TodayAt],
        Week = WeekOf(entry),
        Trend = entry.Counts.Days[(TodayAt - 13)..(TodayAt + 1)],
    };

    private static bool Same(ClientNumbers one, ClientNumbers other) =>
        one with { Version = 0, Trend = [] } == other with { Version = 0, Trend = [] } && one.Trend.SequenceEqual(other.Trend) && one.Version == other.Version;

    private void Cross(Entry entry, ClientNumbers before, ClientNumbers after, Instant now)
    {
        if (before.Allowed != after.Allowed)
        {
            return;
        }

        var kind = after.IsFull && !before.IsFull ? ClientEventKind.LimitReached : after.IsNear && !before.IsNear ? ClientEventKind.LimitNear : default;
        if (kind != default)
        {
            events.Add(new ClientEvent { Id = 0, AccountId = entry.Id, AccountName = entry.Row.Client.Name, Kind = kind, At = now });
        }
    }

    private sealed class Entry(BoardRow row, int days)
    {
        public int Id => Row.Client.AccountId;

        public BoardRow Row { get; set; } = row;

        public ClientCounts Counts { get; set; } = new(row.Client.AccountId, days);

        /// <summary>What pages were last told beside the counts; null: nothing yet.</summary>
        public (int? Allowed, ClientStanding Standing)? Told { get; set; }

        public long CountedVersion { get; set; } = -1;

        public Instant CountedAt { get; set; } = Instant.MinValue;
    }
}
