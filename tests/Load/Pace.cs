namespace Slotwright.Load;

/// <summary>How long and how often to measure, and on which databases.</summary>
internal sealed record Pace(TimeSpan WarmUp, TimeSpan Measured, int Repeats, IReadOnlyList<Func<Task<Target>>> Targets);
