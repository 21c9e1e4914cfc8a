using Orleans.Concurrency;

namespace Slotwright.Live;

/// <summary>Is told, best effort and possibly out of order, that a schedule's agenda or rules have changed.</summary>
[Alias("slotwright.agenda-watcher")]
public interface IAgendaWatcher : IGrainObserver
{
    [OneWay, Alias("changed")]
    Task Changed(AgendaVersion version);
}

/// <summary>Identifies a state of a schedule: versions only rise.</summary>
[GenerateSerializer, Immutable, Alias("slotwright.agenda-version")]
public sealed record AgendaVersion
{
    [Id(0)] public required int AccountId { get; init; }

    [Id(1)] public required int ScheduleId { get; init; }

    [Id(2)] public required long Version { get; init; }

    [Id(3)] public required long RulesEdition { get; init; }

    /// <summary>A place was taken back, held or let go without a new version: earlier answers of this version are wrong too.</summary>
    [Id(4)] public bool TakenBack { get; init; }
}
