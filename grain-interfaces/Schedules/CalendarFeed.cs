using NodaTime;

namespace Slotwright.Schedules;

/// <summary>An address that a calendar program subscribes to, to follow one schedule. Who has the address reads the schedule.</summary>
[GenerateSerializer, Immutable, Alias("slotwright.calendar-feed")]
public sealed record CalendarFeed
{
    /// <summary>Names the feed to its owner; opens nothing.</summary>
    [Id(0)] public required string Handle { get; init; }

    /// <summary>Whose calendar it is, in the owner's words; 1–60 characters.</summary>
    [Id(1)] public required string Label { get; init; }

    [Id(2)] public required Instant MadeAt { get; init; }
}

/// <summary>A new feed with the token of its address: 256 random bits, stored as a hash only.</summary>
[GenerateSerializer, Immutable, Alias("slotwright.made-feed")]
public sealed record MadeFeed([property: Id(0)] CalendarFeed Feed, [property: Id(1)] string Token);

/// <summary>Whose feed a token opens.</summary>
[GenerateSerializer, Immutable, Alias("slotwright.feed-reference")]
public sealed record FeedReference([property: Id(0)] int AccountId, [property: Id(1)] int ScheduleId, [property: Id(2)] bool IsRevoked);

[GenerateSerializer, Alias("slotwright.feed-refusal")]
public enum FeedRefusal
{
    UnknownSchedule = 1,

    /// <summary>The account's plan has no feeds and no trial runs.</summary>
    NotInPlan = 2,

    /// <summary>Empty, longer than 60 characters, or with control characters.</summary>
    LabelInvalid = 3,

    /// <summary>The schedule has ten that work.</summary>
    TooMany = 4,
}
