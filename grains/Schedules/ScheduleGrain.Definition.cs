using NodaTime;
using NodaTime.TimeZones;
using Slotwright.Appointments;
using Slotwright.Platform;

namespace Slotwright.Schedules;

/// <summary>What the schedule is, and how that changes.</summary>
public sealed partial class ScheduleGrain
{
    public Task<ScheduleFace?> Face() => Task.FromResult(rules is null || name is null ? null : FaceOf(rules.Definition, name));

    public Task<ScheduleDefinition?> Definition() =>
        Task.FromResult(rules is null || name is null ? null : rules.Definition with { Name = name });

    public async Task<Outcome<ScheduleDefinition, ScheduleRefusal>> Define(ScheduleDefinition next)
    {
        ArgumentNullException.ThrowIfNull(next);
        if (rules is null || name is null)
        {
            return ScheduleRefusal.UnknownSchedule;
        }

        var present = rules.Definition;
        if (next.Edition != present.Edition)
        {
            return ScheduleRefusal.ChangedMeanwhile;
        }

        var known = present.Resources.Select(resource => resource.Id).ToHashSet();
        if (next.Resources.Any(resource => resource.Id != 0 && !known.Contains(resource.Id)))
        {
            return ScheduleRefusal.ResourcesInvalid;
        }

        var compiled = ScheduleRules.Compile(await WithResourceIds(next with { Name = name, Edition = present.Edition + 1 }));
        if (!compiled.Accepted)
        {
            return compiled.Refusal.Value;
        }

        var agenda = await held.Current();
        await saving;

        // From here to the new rules nothing is awaited: what is booked meanwhile is seen, and a second change finds another edition.
        if (rules.Definition.Edition != present.Edition)
        {
            return ScheduleRefusal.ChangedMeanwhile;
        }

        var kept = next.Resources.Select(resource => resource.Id).ToHashSet();
        if (agenda.Upcoming(clock.GetCurrentInstant()).Any(appointment => !kept.Contains(appointment.ResourceId)))
        {
            return ScheduleRefusal.ResourceInUse;
        }

        await (saving = Save(compiled.Value.Definition));
        Changed();
        return compiled.Value.Definition;
    }

    public async Task<Outcome<ScheduleDefinition, ScheduleRefusal>> Create(ScheduleDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        if (document.State.Definition is { } existing)
        {
            return existing;
        }

        var compiled = ScheduleRules.Compile(await WithNewResourceIds(definition with { Edition = 1 }));
        if (!compiled.Accepted)
        {
            return compiled.Refusal.Value;
        }

        await Save(compiled.Value.Definition);
        return compiled.Value.Definition;
    }

    public Task Renamed(string name)
    {
        this.name = name;
        Changed();
        return Task.CompletedTask;
    }

    public Task Close()
    {
        name = null;
        Changed();
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task<int> FollowZone(string dataVersion) =>
        dataVersion != TzdbDateTimeZoneSource.Default.VersionId
            ? throw new InvalidOperationException($"This silo's time-zone data is {TzdbDateTimeZoneSource.Default.VersionId}, not {dataVersion}.")
            : Known ? desk.FollowZone() : Task.FromResult(0);

    public async Task<Outcome<FreeTimes, ScheduleRefusal>> Preview(ScheduleDefinition next, FreeTimesQuery query)
    {
        ArgumentNullException.ThrowIfNull(next);
        ArgumentNullException.ThrowIfNull(query);
        if (!Known)
        {
            return ScheduleRefusal.UnknownSchedule;
        }

        // What is new has no id yet and nothing booked; any that nobody else has will do.
        var unnamed = int.MaxValue;
        var compiled = ScheduleRules.Compile(next with
        {
            Name = name!,
            Resources = [.. next.Resources.Select(resource => resource.Id == 0 ? resource with { Id = unnamed-- } : resource)],
        });
        if (!compiled.Accepted)
        {
            return compiled.Refusal.Value;
        }

        var open = await held.Current();
        var now = clock.GetCurrentInstant();
        var imagined = new Agenda(compiled.Value, open.LoadedFrom, open.Upcoming(open.LoadedFrom));
        var free = imagined.FreeTimes(query with { Actor = ActorKind.Customer, From = LocalDate.Max(query.From, now.InZone(compiled.Value.Zone).Date) }, held.Version, now);
        return free.Accepted ? free.Value : ScheduleRefusal.LengthInvalid;
    }

    public async Task<IReadOnlyList<Appointment>> LeftOutside(ScheduleDefinition before)
    {
        ArgumentNullException.ThrowIfNull(before);
        if (!Known || ScheduleRules.Compile(before with { Name = name! }).Value is not { } former)
        {
            return [];
        }

        var agenda = await held.Current();
        return agenda.LeftOutside(former, clock.GetCurrentInstant());
    }

    private ScheduleFace FaceOf(ScheduleDefinition definition, string name) => new()
    {
        Id = scheduleId,
        AccountId = accountId,
        Name = name,
        TimeZone = definition.TimeZone,
        Description = definition.Description,
        Location = definition.Location,
        Resources = [.. definition.Resources.Select(resource => new ResourceFace(resource.Id, resource.Name))],
        Length = definition.Length,
        MinimumNoticeMinutes = definition.MinimumNoticeMinutes,
        HorizonDays = definition.HorizonDays,
        ChangeDeadlineMinutes = definition.ChangeDeadlineMinutes,
        CancelDeadlineMinutes = definition.CancelDeadlineMinutes,
        Edition = definition.Edition,
        Fields = definition.Fields,
        ReminderHours = definition.ReminderHours,
    };

    private async Task<ScheduleDefinition> WithResourceIds(ScheduleDefinition definition)
    {
        var resources = new List<Resource>(definition.Resources.Count);
        foreach (var resource in definition.Resources.Take(1000))
        {
            resources.Add(resource.Id == 0 ? resource with { Id = await ids.Next(IdKind.Resource) } : resource);
        }

        return definition with { Resources = resources };
    }

    /// <summary>Every resource gets an id of its own, and exceptions of a resource follow it: a definition may be another schedule's.</summary>
    private async Task<ScheduleDefinition> WithNewResourceIds(ScheduleDefinition definition)
    {
        var numbered = await WithResourceIds(definition with { Resources = [.. definition.Resources.Select(resource => resource with { Id = 0 })] });
        var newIds = definition.Resources.Zip(numbered.Resources).Where(pair => pair.First.Id != 0).GroupBy(pair => pair.First.Id).ToDictionary(pairs => pairs.Key, pairs => pairs.First().Second.Id);
        return numbered with
        {
            Exceptions = [.. definition.Exceptions.Select(exception => exception.ResourceId is { } old && newIds.TryGetValue(old, out var id) ? exception with { ResourceId = id } : exception)],
        };
    }

    private async Task Save(ScheduleDefinition definition)
    {
        Follow(definition);
        document.State = new ScheduleState { Definition = definition };
        try
        {
            await document.WriteStateAsync();
        }
        catch
        {
            // Memory now differs from storage: drop this activation so that the next call reloads the truth.
            DeactivateOnIdle();
            throw;
        }
    }

    private void Follow(ScheduleDefinition definition)
    {
        var compiled = ScheduleRules.Compile(definition);
        rules = compiled.Value ?? throw new InvalidOperationException($"The stored definition of schedule {scheduleId} is refused: {compiled.Refusal}.");
        held.Follow(rules);
    }
}
