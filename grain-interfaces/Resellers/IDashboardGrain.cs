using NodaTime;
using Slotwright.Live;
using Slotwright.Tenancy;

namespace Slotwright.Resellers;

/// <summary>
/// The numbers of a reseller's clients, counted from the rows and kept in memory while somebody looks. Key: the id of the reseller's own
/// account. What it answers is never older than the question, so that an account attached or detached before it, or booked at, is shown so;
/// a changed name or address may be a second late.
/// </summary>
[ResellerGrain, Alias("slotwright.dashboard-grain")]
public interface IDashboardGrain : IGrainWithStringKey
{
    /// <summary>
    /// A page of clients with the figures over all of them, and the position of the feed that they stand at. Stores nothing: that somebody looks is
    /// said by <see cref="Look"/>.
    /// </summary>
    [Alias("show")]
    Task<DashboardView> Show(DashboardQuery query);

    /// <summary>
    /// Tells the watcher of every change from the answered position on. Forgotten after two minutes: renew it, which also makes good what
    /// was not heard of. A repeat is harmless.
    /// </summary>
    [Alias("watch")]
    Task<FeedPosition> Watch(IDashboardWatcher watcher);

    [Alias("unwatch")]
    Task Unwatch(IDashboardWatcher watcher);

    /// <summary>What happened at its clients, the newest first; at one of them, or nothing when that one is not its client.</summary>
    [Alias("activity")]
    Task<ActivityView> Activity(ActivityQuery query);

    /// <summary>
    /// The person is looking: half an hour after they last did, this is another visit, and new is what was booked since the one before. With
    /// <paramref name="all"/> they have seen everything up to now. A repeat is harmless.
    /// </summary>
    [Alias("look")]
    Task Look(int personId, bool all);
}

/// <summary>Where in a series of changes something stands.</summary>
/// <param name="Feed">Which series; another one after the dashboard's grain began anew.</param>
/// <param name="Number">One more with each change of the series.</param>
[GenerateSerializer, Immutable, Alias("slotwright.feed-position")]
public sealed record FeedPosition([property: Id(0)] string Feed, [property: Id(1)] long Number);

[GenerateSerializer, Immutable, Alias("slotwright.dashboard-query")]
public sealed record DashboardQuery
{
    /// <summary>Who looks; what is new since they last did is counted for them.</summary>
    [Id(0)] public required int PersonId { get; init; }

    /// <summary>Part of a client's name or of its administrator's address, case not regarded; empty: all. 200 characters at most.</summary>
    [Id(1)] public string Search { get; init; } = "";

    [Id(2)] public ClientsAmong Among { get; init; } = ClientsAmong.All;

    [Id(3)] public ClientsBy By { get; init; } = ClientsBy.Name;

    [Id(4)] public bool Descending { get; init; }

    [Id(5)] public int Offset { get; init; }

    /// <summary>1 to 100.</summary>
    [Id(6)] public int Limit { get; init; } = 50;
}

[GenerateSerializer, Alias("slotwright.clients-among")]
public enum ClientsAmong
{
    All = 1,
    Free = 2,
    Trial = 3,
    Active = 4,
    Paused = 5,

    /// <summary>Four fifths of the plan are used, or more.</summary>
    NearLimit = 6,
}

[GenerateSerializer, Alias("slotwright.clients-by")]
public enum ClientsBy
{
    Name = 1,

    /// <summary>The used share of what the plan allows.</summary>
    Used = 2,
    Today = 3,
    Week = 4,
    LastSignIn = 5,
    TrialEnd = 6,
    Attached = 7,
}

[GenerateSerializer, Immutable, Alias("slotwright.dashboard-view")]
public sealed record DashboardView
{
    [Id(0)] public required FeedPosition Position { get; init; }

    [Id(1)] public required IReadOnlyList<ClientFigures> Clients { get; init; }

    /// <summary>How many match, over all pages.</summary>
    [Id(2)] public required int Matching { get; init; }

    [Id(3)] public required DashboardTotals Totals { get; init; }

    /// <summary>Appointments that begin on each of the last 30 days in the reseller's zone, today last.</summary>
    [Id(4)] public required IReadOnlyList<int> Days { get; init; }

    /// <summary>The present day in the reseller's zone.</summary>
    [Id(5)] public required LocalDate Today { get; init; }

    /// <summary>IANA id of the reseller's zone.</summary>
    [Id(6)] public required string Zone { get; init; }

    /// <summary>Since when "new" is counted: when this person's visit before the present one ended, or they had seen everything; who never looked before begins now.</summary>
    [Id(7)] public required Instant NewSince { get; init; }

    /// <summary>The last few things that happened at all clients, the newest first.</summary>
    [Id(8)] public required IReadOnlyList<ClientEvent> Events { get; init; }
}

/// <summary>A client account with its numbers. Parts that are null are not known, or nobody entered them.</summary>
[GenerateSerializer, Immutable, Alias("slotwright.client-figures")]
public sealed record ClientFigures
{
    [Id(0)] public required ClientListing Client { get; init; }

    [Id(1)] public required string PlanName { get; init; }

    [Id(2)] public required ClientStanding Standing { get; init; }

    [Id(3)] public required ClientNumbers Numbers { get; init; }

    [Id(4)] public required Instant? TrialEndsAt { get; init; }

    /// <summary>When somebody of the account's own people last signed in; null: never, or all of them have accounts that are not the reseller's.</summary>
    [Id(5)] public required Instant? LastSignInAt { get; init; }

    /// <summary>Host names of its own, ascending; may be empty.</summary>
    [Id(6)] public required IReadOnlyList<ClientHost> Hosts { get; init; }

    /// <summary>Appointments booked since the person who asks last looked; null where nobody asks.</summary>
    [Id(7)] public int? New { get; init; }

    /// <summary>What the reseller notes that it asks of this client.</summary>
    [Id(8)] public ClientPrice? Price { get; init; }
}

/// <summary>A host name of a client.</summary>
/// <param name="Name">Lower case, without port.</param>
/// <param name="State">How far it has come.</param>
[GenerateSerializer, Immutable, Alias("slotwright.client-host")]
public sealed record ClientHost([property: Id(0)] string Name, [property: Id(1)] ClientHostState State);

[GenerateSerializer, Alias("slotwright.client-host-state")]
public enum ClientHostState
{
    Waiting = 1,
    Working = 2,
    Failing = 3,
}

/// <summary>Money a month, in the installation's currency.</summary>
/// <param name="Asked">What the reseller asks of the client.</param>
/// <param name="Margin">What is left of it after the platform's price, discount taken off.</param>
[GenerateSerializer, Immutable, Alias("slotwright.client-price")]
public sealed record ClientPrice([property: Id(0)] decimal Asked, [property: Id(1)] decimal Margin);

[GenerateSerializer, Alias("slotwright.client-standing")]
public enum ClientStanding
{
    Free = 1,
    Trial = 2,
    Active = 3,
    Paused = 4,
    PastDue = 5,
    Lapsed = 6,
}

/// <summary>The numbers that move while somebody looks.</summary>
[GenerateSerializer, Immutable, Alias("slotwright.client-numbers")]
public sealed record ClientNumbers
{
    [Id(0)] public required int AccountId { get; init; }

    /// <summary>How many changes the client's agendas have seen; the numbers are at least as new as these. Rises only.</summary>
    [Id(1)] public required long Version { get; init; }

    /// <summary>Upcoming appointments, which are what the plan counts.</summary>
    [Id(2)] public required int Used { get; init; }

    /// <summary>Null: no limit.</summary>
    [Id(3)] public required int? Allowed { get; init; }

    /// <summary>Appointments that begin today, and in this week from Monday to Sunday, in the reseller's zone.</summary>
    [Id(4)] public required int Today { get; init; }

    [Id(5)] public required int Week { get; init; }

    /// <summary>Appointments that begin on each of the last 14 days, today last.</summary>
    [Id(6)] public required IReadOnlyList<int> Trend { get; init; }

    public bool IsFull => Allowed is { } allowed && Used >= allowed;

    public bool IsNear => Allowed is { } allowed && Used * 5L >= allowed * 4L;
}

/// <summary>Over all clients of the reseller.</summary>
[GenerateSerializer, Immutable, Alias("slotwright.dashboard-totals")]
public sealed record DashboardTotals
{
    [Id(0)] public required int Clients { get; init; }

    /// <summary>Attached in the present month.</summary>
    [Id(1)] public required int Joined { get; init; }

    [Id(2)] public required int Today { get; init; }

    /// <summary>On the same day of the week before.</summary>
    [Id(3)] public required int DayBefore { get; init; }

    [Id(4)] public required int Week { get; init; }

    /// <summary>Clients that use four fifths of their plan or more.</summary>
    [Id(5)] public required int NearLimit { get; init; }

    [Id(6)] public required int Trials { get; init; }

    /// <summary>Appointments that begin in each of the 24 hours of today.</summary>
    [Id(7)] public required IReadOnlyList<int> Hours { get; init; }
}

[GenerateSerializer, Immutable, Alias("slotwright.activity-query")]
public sealed record ActivityQuery
{
    /// <summary>Null: at all clients.</summary>
    [Id(0)] public int? AccountId { get; init; }

    /// <summary>1 to 200.</summary>
    [Id(1)] public int Limit { get; init; } = 100;
}

[GenerateSerializer, Immutable, Alias("slotwright.activity-view")]
public sealed record ActivityView
{
    [Id(0)] public required FeedPosition Position { get; init; }

    [Id(1)] public required IReadOnlyList<ClientEvent> Events { get; init; }

    /// <summary>IANA id of the reseller's zone.</summary>
    [Id(2)] public required string Zone { get; init; }
}

/// <summary>Something that happened at a client. It says when and what, never who the customer is: that is between the client and them.</summary>
[GenerateSerializer, Immutable, Alias("slotwright.client-event")]
public sealed record ClientEvent
{
    /// <summary>Of the change that it tells of; 0 for what no change tells.</summary>
    [Id(0)] public required int Id { get; init; }

    [Id(1)] public required int AccountId { get; init; }

    [Id(2)] public required string AccountName { get; init; }

    [Id(3)] public required ClientEventKind Kind { get; init; }

    [Id(4)] public required Instant At { get; init; }

    /// <summary>Of the appointment, as it stood then; of a trial, its end.</summary>
    [Id(5)] public Instant? StartsAt { get; init; }

    /// <summary>The client's own customer did it, not its staff or a program.</summary>
    [Id(6)] public bool ByCustomer { get; init; }
}

[GenerateSerializer, Alias("slotwright.client-event-kind")]
public enum ClientEventKind
{
    Booked = 1,
    Moved = 2,
    Cancelled = 3,
    LimitNear = 10,
    LimitReached = 11,
    LimitRefused = 12,

    /// <summary>The trial has two days left.</summary>
    TrialEnding = 20,

    /// <summary>A host name of the client no longer leads here.</summary>
    HostFailing = 30,
}
