using NodaTime;

namespace Slotwright.Schedules;

/// <summary>Where an accepted command puts its appointment.</summary>
public sealed record Placement(int ResourceId, Instant Start, Instant End)
{
    /// <summary>Minutes to keep free before and after it from now on; 0 for a block.</summary>
    public int BufferBeforeMinutes { get; init; }

    public int BufferAfterMinutes { get; init; }

    /// <summary>It lies over something else, buffers included, and staff wanted that: what is to be recorded.</summary>
    public bool Overlaps { get; init; }
}
