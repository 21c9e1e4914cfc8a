namespace Slotwright.Schedules;

/// <summary>The stored document of a schedule. Its name is the row's; the one in here is what it was when it was written.</summary>
[GenerateSerializer, Alias("slotwright.schedule-state")]
public sealed record ScheduleState
{
    [Id(0)] public int Schema { get; init; } = 1;

    /// <summary>Null: never created.</summary>
    [Id(1)] public ScheduleDefinition? Definition { get; init; }
}
