using NodaTime;
using Slotwright.Tenancy;

namespace Slotwright.Platform;

/// <summary>How a silo and its database are; asked by readiness checks of web nodes.</summary>
[EntranceGrain, Alias("slotwright.health-grain")]
public interface IHealthGrain : IGrainWithStringKey
{
    [Alias("check"), ResponseTimeout("00:00:05")]
    Task<HealthReport> Check();
}

[GenerateSerializer, Immutable, Alias("slotwright.health-report")]
public sealed record HealthReport
{
    /// <summary>The database answers and the writer takes work.</summary>
    [Id(0)] public required bool StorageReady { get; init; }

    /// <summary>False while the demo world is being made.</summary>
    [Id(1)] public required bool Seeded { get; init; }

    /// <summary>How long the oldest mail that is due has waited; zero when none does. Above five minutes: degraded, still serving.</summary>
    [Id(2)] public required Duration OldestDueMail { get; init; }
}
