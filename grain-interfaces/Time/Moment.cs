using NodaTime;

namespace Slotwright.Time;

/// <summary>
/// A point in time as a caller gave it: an instant, or a wall-clock time of the schedule's zone. The agenda resolves a wall-clock
/// time: one that the clock skips is refused, one that it shows twice means the first of the two unless <see cref="Offset"/>
/// says which. Exactly one of <see cref="Instant"/> and <see cref="Local"/> is set.
/// </summary>
[GenerateSerializer, Immutable, Alias("slotwright.moment")]
public readonly record struct Moment
{
    [Id(0)] public Instant? Instant { get; private init; }

    [Id(1)] public LocalDateTime? Local { get; private init; }

    /// <summary>Offset from UTC in seconds that tells the two passes of a repeated hour apart; only beside <see cref="Local"/>.</summary>
    [Id(2)] public int? Offset { get; private init; }

    public static Moment At(Instant instant) => new() { Instant = instant };

    public static Moment OnTheClock(LocalDateTime local, int? offsetSeconds = null) => new() { Local = local, Offset = offsetSeconds };
}
