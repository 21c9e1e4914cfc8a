using NodaTime;

namespace Slotwright.Resellers;

/// <summary>What the dashboard reads from the rows, and when its people last looked.</summary>
public interface IDashboardStore
{
    /// <summary>The reseller's clients in no order; of the accounts named, those that are. Null: all.</summary>
    Task<IReadOnlyList<BoardRow>> Clients(int resellerId, IReadOnlyCollection<int>? accounts);

    /// <summary>Counts live appointments, blocks left out. Accounts without any are left out too.</summary>
    Task<IReadOnlyList<ClientCounts>> Count(IReadOnlyCollection<int> accounts, BoardDays days, Instant now);

    /// <summary>Last sign-ins, host names and asked prices of all clients; a client without any is left out.</summary>
    Task<IReadOnlyDictionary<int, ClientSide>> Sides(int resellerId);

    /// <summary>Appointments booked after the instant, by account; accounts without any are left out.</summary>
    Task<IReadOnlyDictionary<int, int>> BookedSince(IReadOnlyCollection<int> accounts, Instant since);

    /// <summary>When the person last looked at this reseller's dashboard; null: never.</summary>
    Task<DashboardVisit?> Visit(int resellerId, int personId);

    /// <summary>Replaces it, unless a later look is stored.</summary>
    Task Visited(int resellerId, int personId, DashboardVisit visit);

    /// <summary>What happened at the reseller's clients after the instant, the newest first; of the accounts named, at those that are. Null: at all.</summary>
    Task<IReadOnlyList<ClientEvent>> Events(int resellerId, IReadOnlyCollection<int>? accounts, Instant since, int limit);

    /// <summary>Another text when a client came or went, one's plan, trial or pause is another, or an agenda of one changed. Costs far less than <see cref="Clients"/>.</summary>
    Task<string> Stamp(int resellerId);

    /// <summary>Which of the accounts are a reseller's clients now, and whose.</summary>
    Task<IReadOnlyDictionary<int, int>> ResellersOf(IReadOnlyCollection<int> accounts);
}

/// <summary>A client as its rows describe it.</summary>
public sealed record BoardRow
{
    public required ClientListing Client { get; init; }

    /// <summary>int.MaxValue: no limit.</summary>
    public required int Allowed { get; init; }

    public required Instant? TrialEndsAt { get; init; }

    /// <summary>The sum over its agendas.</summary>
    public required long Version { get; init; }
}

/// <summary>A client's appointments by when they begin.</summary>
public sealed class ClientCounts(int accountId, int days)
{
    public int AccountId { get; } = accountId;

    /// <summary>Per day of <see cref="BoardDays"/>.</summary>
    public int[] Days { get; } = new int[days];

    /// <summary>Per hour of today.</summary>
    public int[] Hours { get; } = new int[24];

    /// <summary>Not yet over.</summary>
    public int Upcoming { get; set; }
}

/// <summary>Somebody's present visit to the dashboard.</summary>
/// <param name="Since">What is new began then.</param>
/// <param name="SeenAt">Their last look.</param>
public sealed record DashboardVisit(Instant Since, Instant SeenAt)
{
    /// <summary>A visit is over so long after its last look.</summary>
    public static readonly Duration Length = Duration.FromMinutes(30);

    /// <summary>As somebody has it who looks now; on their first visit, what is booked during it is new.</summary>
    public static DashboardVisit At(DashboardVisit? before, Instant now) =>
        new(before is null ? now : now - before.SeenAt >= Length ? before.SeenAt : before.Since, now);
}

/// <summary>What a client has beside its numbers.</summary>
/// <param name="LastSignInAt">Of anybody who administers it and only the reseller's clients or its own account; null: none of them ever did.</param>
/// <param name="Hosts">Those that it asked for, too.</param>
/// <param name="AskedMonthly">What the reseller noted that it asks each month; null: nothing, or once.</param>
/// <param name="FailingSince">Since when each host that no longer leads here does not.</param>
public sealed record ClientSide(Instant? LastSignInAt, IReadOnlyList<ClientHost> Hosts, decimal? AskedMonthly, IReadOnlyList<Instant> FailingSince);

/// <summary>The days that a dashboard counts: the last thirty, and the rest of the present week, in one zone.</summary>
public sealed record BoardDays
{
    public const int Past = 30;

    public BoardDays(Instant now, DateTimeZone zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        Zone = zone;
        Today = now.InZone(zone).Date;
        First = Today.PlusDays(1 - Past);
        var monday = Today.PlusDays(IsoDayOfWeek.Monday - Today.DayOfWeek);
        Week = Period.DaysBetween(First, monday);
        Count = Week + 7;
        (From, To) = (StartOf(First), StartOf(First.PlusDays(Count)));
        (TodayFrom, TodayTo) = (StartOf(Today), StartOf(Today.PlusDays(1)));
        Offsets = [.. zone.GetZoneIntervals(From, To).Select(interval => (interval.HasEnd ? interval.End : To, interval.WallOffset))];
    }

    public DateTimeZone Zone { get; }

    public LocalDate Today { get; }

    public LocalDate First { get; }

    /// <summary>Index of this week's Monday.</summary>
    public int Week { get; }

    public int Count { get; }

    public Instant From { get; }

    public Instant To { get; }

    public Instant TodayFrom { get; }

    public Instant TodayTo { get; }

    /// <summary>What the zone's clock adds until when, over all these days, ascending; at least one.</summary>
    public IReadOnlyList<(Instant Until, Offset Offset)> Offsets { get; }

    private Instant StartOf(LocalDate date) => date.AtStartOfDayInZone(Zone).ToInstant();
}
