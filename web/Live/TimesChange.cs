namespace Slotwright.Live;

/// <summary>
/// What a page hears about the free times it shows. The first message holds all of them, each later one what changed since the
/// message before it. A page that misses a number, or hears of another feed, asks anew.
/// </summary>
public sealed record TimesChange
{
    /// <summary>Which series of numbers this is; another after a restart or when nobody had listened.</summary>
    public required string Feed { get; init; }

    /// <summary>One more with each message of the feed.</summary>
    public required long Number { get; init; }

    /// <summary>Of the agenda, as it is stored; holds change times without changing it.</summary>
    public required long Version { get; init; }

    /// <summary>Every free start in Unix seconds, ascending; null in later messages.</summary>
    public IReadOnlyList<long>? Free { get; init; }

    public IReadOnlyList<long>? Taken { get; init; }

    public IReadOnlyList<long>? Freed { get; init; }
}
