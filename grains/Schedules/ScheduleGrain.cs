using Microsoft.Extensions.Logging;
using NodaTime;
using NodaTime.TimeZones;
using Orleans.Concurrency;
using Slotwright.Accounts;
using Slotwright.Appointments;
using Slotwright.Live;
using Slotwright.Platform;

namespace Slotwright.Schedules;

/// <summary>
/// Serialises what happens to one schedule. Calls interleave at awaits only: a command is judged and its place marked taken in one
/// step, then it waits for its commit beside others. See <see cref="AgendaDesk"/> for the writing half.
/// </summary>
[Reentrant, GrainType("schedule")]
public sealed partial class ScheduleGrain : Grain, IScheduleGrain, IScheduleSetup
{
    private readonly IPersistentState<ScheduleState> document;
    private readonly IAccountStore accounts;
    private readonly IAgendaStore store;
    private readonly IFeedStore feeds;
    private readonly IIds ids;
    private readonly ISecrets secrets;
    private readonly IClock clock;
    private readonly AgendaWatchers watchers;
    private readonly HeldAgenda held;
    private readonly AgendaDesk desk;
    private readonly int accountId;
    private readonly int scheduleId;

    private string? name;
    private ScheduleRules? rules;
    private Task saving = Task.CompletedTask;

    public ScheduleGrain(
        [PersistentState("definition")] IPersistentState<ScheduleState> document,
        IGrainContext context,
        IAccountStore accounts,
        IAgendaStore store,
        IFeedStore feeds,
        IIds ids,
        ISecrets secrets,
        IClock clock,
        ILogger<ScheduleGrain> log)
    {
        this.document = document;
        this.accounts = accounts;
        this.store = store;
        this.feeds = feeds;
        this.ids = ids;
        this.secrets = secrets;
        this.clock = clock;
        (accountId, scheduleId) = GrainKeys.ScheduleOf(context.GrainId.Key.ToString()!);
        watchers = new AgendaWatchers(log);
        held = new HeldAgenda(accountId, scheduleId, store, clock, DeactivateOnIdle);
        desk = new AgendaDesk(accountId, scheduleId, held, store, ids, secrets, clock, Changed, HeldAnew);
    }

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (document.State.Definition is { } definition)
        {
            name = (await accounts.Schedule(accountId, scheduleId))?.Name;
            Follow(definition);
        }
    }

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

        var compiled = ScheduleRules.Compile(await WithResourceIds(definition with
        {
            Edition = 1,
            Resources = [.. definition.Resources.Select(resource => resource with { Id = 0 })],
        }));
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

    public Task<int> FollowZone(string dataVersion) =>
        dataVersion != TzdbDateTimeZoneSource.Default.VersionId
            ? throw new InvalidOperationException($"This silo's time-zone data is {TzdbDateTimeZoneSource.Default.VersionId}, not {dataVersion}.")
            : Known ? desk.FollowZone() : Task.FromResult(0);

    public Task<Outcome<Booked, BookingRefusal>> Book(BookAppointment command) => Known ? desk.Book(command) : Unknown<Booked>();

    public Task<Outcome<Booked, BookingRefusal>> Reschedule(RescheduleAppointment command) => Known ? desk.Reschedule(command) : Unknown<Booked>();

    public Task<Outcome<Booked, BookingRefusal>> Amend(AmendAppointment command) => Known ? desk.Amend(command) : Unknown<Booked>();

    public Task<Outcome<Booked, BookingRefusal>> Cancel(CancelAppointment command) => Known ? desk.Cancel(command) : Unknown<Booked>();

    public Task<Outcome<Booked, BookingRefusal>> Block(BlockTime command) => Known ? desk.Block(command) : Unknown<Booked>();

    public Task<Outcome<Booked, BookingRefusal>> Mark(MarkAttendance command) => Known ? desk.Mark(command) : Unknown<Booked>();

    public async Task<Outcome<FreeTimes, BookingRefusal>> FreeTimes(FreeTimesQuery query) =>
        Known ? (await held.Current((agenda, now) => agenda.NeedsFrom(query, now))).FreeTimes(query, held.Version, clock.GetCurrentInstant()) : BookingRefusal.UnknownSchedule;

    public async Task<Outcome<FreeTimes, BookingRefusal>> NearestFree(NearestFreeQuery query) =>
        Known ? (await held.Current((agenda, now) => agenda.NeedsFrom(query, now))).NearestFree(query, held.Version, clock.GetCurrentInstant()) : BookingRefusal.UnknownSchedule;

    public Task<IReadOnlyList<OpenHours>> OpenHours(LocalDate from, LocalDate to) =>
        Task.FromResult(rules is null || name is null ? [] : rules.OpenHours(from, to));

    public async Task<Appointment?> Find(int appointmentId) => Known ? await desk.Find(appointmentId) : null;

    public async Task<ManagedAppointment?> Open(int appointmentId, string manageToken)
    {
        ArgumentNullException.ThrowIfNull(manageToken);
        var appointment = await Find(appointmentId);
        if (appointment is null || rules is null || name is null || appointment.Kind != AppointmentKind.Appointment
            || !ManageToken.Opens(secrets, appointment, manageToken))
        {
            return null;
        }

        var (mayMove, mayCancel) = (await held.Current()).CustomerMay(appointment, clock.GetCurrentInstant());
        return new ManagedAppointment
        {
            Appointment = appointment,
            Schedule = FaceOf(rules.Definition, name),
            MayMove = mayMove,
            MayCancel = mayCancel,
        };
    }

    public async Task<IReadOnlyList<Appointment>> List(AppointmentsQuery query) => Known ? await store.List(accountId, scheduleId, query) : [];

    public async Task<IReadOnlyList<AppointmentChange>> Changes(ChangesQuery query) => Known ? await store.Changes(accountId, scheduleId, query) : [];

    public async Task<AgendaVersion> Watch(IAgendaWatcher watcher)
    {
        if (Known)
        {
            // The version must be the stored one before anyone compares with it.
            await held.Current();
        }

        watchers.Add(watcher);
        return Present;
    }

    public Task Unwatch(IAgendaWatcher watcher)
    {
        watchers.Remove(watcher);
        return Task.CompletedTask;
    }

    public Task<Outcome<Held, BookingRefusal>> Hold(HoldPlace command) => Known ? desk.Hold(command) : Unknown<Held>();

    public async Task LetGo(string visitor, Instant? start)
    {
        if (Known && (await held.Current()).LetGo(visitor, start, clock.GetCurrentInstant()))
        {
            HeldAnew();
        }
    }

    public async Task<Held?> HeldBy(string visitor) => Known ? (await held.Current()).HeldBy(visitor, clock.GetCurrentInstant()) : null;

    public async Task<AgendaVersion?> Version()
    {
        if (!Known)
        {
            return null;
        }

        await held.Current();
        return Present;
    }

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

    private bool Known => rules is not null && name is not null;

    private AgendaVersion Present => new()
    {
        AccountId = accountId,
        ScheduleId = scheduleId,
        Version = held.Version,
        RulesEdition = rules?.Definition.Edition ?? 0,
    };

    private static Task<Outcome<T, BookingRefusal>> Unknown<T>()
        where T : class => Task.FromResult<Outcome<T, BookingRefusal>>(BookingRefusal.UnknownSchedule);

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

    private void Changed() => watchers.Announce(() => Present);

    /// <summary>A place that was shown as taken is free again, or is held, under the same version: answers of meanwhile are wrong.</summary>
    private void HeldAnew() => watchers.Announce(() => Present, isTakenBack: true);
}
