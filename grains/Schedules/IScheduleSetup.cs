using Slotwright.Tenancy;

namespace Slotwright.Schedules;

/// <summary>What only the account grain asks of a schedule. Key: as <see cref="IScheduleGrain"/>.</summary>
[SystemGrain, Alias("slotwright.schedule-setup")]
public interface IScheduleSetup : IGrainWithStringKey
{
    /// <summary>Stores the first definition, before the schedule's row makes it reachable. Gives every resource an id.</summary>
    [Alias("create")]
    Task<Outcome<ScheduleDefinition, ScheduleRefusal>> Create(ScheduleDefinition definition);

    /// <summary>The row has another name now.</summary>
    [Alias("renamed")]
    Task Renamed(string name);

    /// <summary>
    /// Keeps wall-clock times of upcoming appointments after the zone data changed; answers how many moved. Safe to repeat. Throws
    /// <see cref="InvalidOperationException"/> where this silo's own data is of another version: an older node, in a rolling upgrade.
    /// </summary>
    [Alias("follow-zone")]
    Task<int> FollowZone(string dataVersion);

    /// <summary>Its row is gone: it is known no more.</summary>
    [Alias("close")]
    Task Close();
}
