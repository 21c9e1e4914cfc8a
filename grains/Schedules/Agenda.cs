using NodaTime;

namespace Slotwright.Schedules;

/// <summary>Where an accepted command puts its appointment.</summary>
public sealed record Placement(int ResourceId, Instant Start, Instant End);
