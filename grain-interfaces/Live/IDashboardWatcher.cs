using Orleans.Concurrency;
using Slotwright.Resellers;

namespace Slotwright.Live;

/// <summary>Is told, best effort, what changed on a reseller's dashboard.</summary>
[Alias("slotwright.dashboard-watcher")]
public interface IDashboardWatcher : IGrainObserver
{
    [OneWay, Alias("changed")]
    Task Changed(DashboardChange change);
}

/// <summary>What became different with one step of a dashboard's feed. Whoever missed the step before asks for everything again.</summary>
[GenerateSerializer, Immutable, Alias("slotwright.dashboard-change")]
public sealed record DashboardChange
{
    [Id(0)] public required int ResellerId { get; init; }

    /// <summary>After this change.</summary>
    [Id(1)] public required FeedPosition Position { get; init; }

    /// <summary>Numbers that changed, as they are now.</summary>
    [Id(2)] public required IReadOnlyList<ClientNumbers> Clients { get; init; }

    [Id(3)] public required DashboardTotals Totals { get; init; }

    [Id(4)] public required IReadOnlyList<ClientEvent> Events { get; init; }

    /// <summary>Accounts that are no longer clients.</summary>
    [Id(5)] public required IReadOnlyList<int> Gone { get; init; }

    /// <summary>A client joined or is described otherwise than by numbers: ask for the page again.</summary>
    [Id(6)] public required bool Rewritten { get; init; }
}
