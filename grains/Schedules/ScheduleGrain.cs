using Microsoft.Extensions.Logging;
using NodaTime;
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
            || !ManageToken.Opens(secrets, appointment, manageToken) || appointment.End + ManageToken.Lifetime < clock.GetCurrentInstant())
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

    private void Changed() => watchers.Announce(() => Present);

    /// <summary>A place that was shown as taken is free again, or is held, under the same version: answers of meanwhile are wrong.</summary>
    private void HeldAnew() => watchers.Announce(() => Present, isTakenBack: true);
}
