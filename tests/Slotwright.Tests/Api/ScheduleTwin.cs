using NodaTime;
using Slotwright.Appointments;
using Slotwright.Live;
using Slotwright.Platform;
using Slotwright.Schedules;
using Slotwright.Time;

namespace Slotwright.Api;

/// <summary>An agenda with just enough rules for the API's tests: half hours, one booking per place, keys that are remembered.</summary>
internal sealed partial class ScheduleTwin(ApiWorld world, int accountId, int id, string name, string zone, params ResourceFace[] resources) : IScheduleGrain
{
    private readonly Lock gate = new();
    private readonly Dictionary<(string Credential, string Key), (string Fingerprint, Booked Booked)> keys = [];

    public bool IsUnknown { get; init; }

    public int AccountId => accountId;

    public int Id => id;

    public string Name => name;

    public DateTimeZone Zone { get; } = DateTimeZoneProviders.Tzdb[zone];

    public List<Appointment> Rows { get; } = [];

    public List<AppointmentChange> Log { get; } = [];

    public List<object> Commands { get; } = [];

    public List<IAgendaWatcher> Watchers { get; } = [];

    public long Version { get; set; } = 1;

    public long Edition { get; set; } = 1;

    /// <summary>Answered to the next command.</summary>
    public BookingRefusal? NextRefusal { get; set; }

    /// <summary>Thrown by the next amendment instead of storing it.</summary>
    public Exception? FailNextAmend { get; set; }

    /// <summary>So many calls still meet an activation that ends.</summary>
    public int StaleAnswers { get; set; }

    /// <summary>A renewal of the feed waits for it when set.</summary>
    public TaskCompletionSource? WatchGate { get; set; }

    /// <summary>How often free times were asked of the grain.</summary>
    public int FreeTimesAsked { get; private set; }

    /// <summary>Free times wait for it when set.</summary>
    public TaskCompletionSource? FreeTimesGate { get; set; }

    public Duration ValidFor { get; set; } = Duration.FromMinutes(30);

    public Task<ScheduleFace?> Face()
    {
        world.Answer();
        return Task.FromResult(IsUnknown ? null : new ScheduleFace
        {
            Id = id,
            AccountId = accountId,
            Name = name,
            TimeZone = zone,
            Description = "",
            Location = "",
            Resources = resources,
            Length = AppointmentLength.Fixed(30),
            MinimumNoticeMinutes = 0,
            HorizonDays = 60,
            ChangeDeadlineMinutes = 0,
            CancelDeadlineMinutes = 0,
            Edition = Edition,
        });
    }

    public Task<Outcome<Booked, BookingRefusal>> Book(BookAppointment command) => Decide(command, command.Key, () =>
    {
        var start = Resolve(command.Start);
        var end = command.End is { } given ? Resolve(given) : start + Duration.FromMinutes(30);
        if (end <= start)
        {
            return BookingRefusal.LengthNotOffered;
        }

        if (command.ResourceId is { } wanted && resources.All(resource => resource.Id != wanted))
        {
            return BookingRefusal.UnknownResource;
        }

        if (start < world.Clock.Now)
        {
            return BookingRefusal.InThePast;
        }

        var resourceId = command.ResourceId ?? resources.Select(resource => resource.Id).FirstOrDefault(resource => IsFree(resource, start, end, 0));
        if (resourceId == 0 || !IsFree(resourceId, start, end, 0))
        {
            return BookingRefusal.PlaceTaken;
        }

        var appointment = new Appointment
        {
            Id = ++world.NextId,
            AccountId = accountId,
            ScheduleId = id,
            ResourceId = resourceId,
            Kind = AppointmentKind.Appointment,
            Status = AppointmentStatus.Live,
            Start = start,
            End = end,
            Zone = zone,
            Customer = command.Customer,
            Note = command.Note,
            Language = command.Language,
            Revision = 1,
            CreatedAt = world.Clock.Now,
            CreatedBy = command.Actor.Name,
            UpdatedAt = world.Clock.Now,
            UpdatedBy = command.Actor.Name,
            ManageSalt = "0",
        };
        return Store(appointment, ChangeKind.Booked, command.Actor);
    });

    public Task<Outcome<Booked, BookingRefusal>> Reschedule(RescheduleAppointment command) => Decide(command, command.Key, () =>
    {
        if (Row(command.AppointmentId) is not { } row)
        {
            return BookingRefusal.UnknownAppointment;
        }

        if (row.Status == AppointmentStatus.Cancelled)
        {
            return BookingRefusal.AlreadyCancelled;
        }

        var start = Resolve(command.Start);
        var end = command.End is { } given ? Resolve(given) : start + (row.End - row.Start);
        var resourceId = command.ResourceId ?? row.ResourceId;
        return end <= start ? BookingRefusal.LengthNotOffered
            : !IsFree(resourceId, start, end, row.Id) ? BookingRefusal.PlaceTaken
            : Store(Changed(row, command.Actor) with { Start = start, End = end, ResourceId = resourceId }, ChangeKind.Moved, command.Actor);
    });

    public Task<Outcome<Booked, BookingRefusal>> Amend(AmendAppointment command)
    {
        if (FailNextAmend is { } fault)
        {
            FailNextAmend = null;
            throw fault;
        }

        return Apply(command);
    }

    private Task<Outcome<Booked, BookingRefusal>> Apply(AmendAppointment command) => Decide(command, command.Key, () =>
        Row(command.AppointmentId) is not { } row ? BookingRefusal.UnknownAppointment
        : row.Status == AppointmentStatus.Cancelled ? BookingRefusal.AlreadyCancelled
        : command.ExpectedRevision is { } revision && revision != row.Revision ? BookingRefusal.ChangedMeanwhile
        : Store(Changed(row, command.Actor) with { Customer = command.Customer, Note = command.Note }, ChangeKind.Amended, command.Actor));

    public Task<Outcome<Booked, BookingRefusal>> Cancel(CancelAppointment command) => Decide(command, command.Key, () =>
        Row(command.AppointmentId) is not { } row ? BookingRefusal.UnknownAppointment
        : row.Status == AppointmentStatus.Cancelled ? BookingRefusal.AlreadyCancelled
        : Store(Changed(row, command.Actor) with { Status = AppointmentStatus.Cancelled }, ChangeKind.Cancelled, command.Actor));

    public async Task<Outcome<FreeTimes, BookingRefusal>> FreeTimes(FreeTimesQuery query)
    {
        Answer();
        FreeTimes free;
        lock (gate)
        {
            FreeTimesAsked++;
            Commands.Add(query);
            if (query.LengthMinutes is not (null or 30))
            {
                return BookingRefusal.LengthNotOffered;
            }

            free = Free(query.From, query.To, query.ResourceId);
        }

        if (FreeTimesGate is { } waiting)
        {
            await waiting.Task;
        }

        return free;
    }

    public Task<Outcome<FreeTimes, BookingRefusal>> NearestFree(NearestFreeQuery query)
    {
        Answer();
        lock (gate)
        {
            Commands.Add(query);
            var around = Resolve(query.Around);
            var day = around.InZone(Zone).Date;
            var free = Free(day.PlusDays(-1), day.PlusDays(2), query.ResourceId);
            var nearest = free.Times.OrderBy(time => time.Start > around ? time.Start - around : around - time.Start).Take(query.Count);
            return Task.FromResult<Outcome<FreeTimes, BookingRefusal>>(free with { Times = [.. nearest] });
        }
    }

    public Task<Appointment?> Find(int appointmentId)
    {
        Answer();
        return Task.FromResult(Row(appointmentId));
    }

    public Task<IReadOnlyList<Appointment>> List(AppointmentsQuery query)
    {
        Answer();
        lock (gate)
        {
            Commands.Add(query);
            return Task.FromResult<IReadOnlyList<Appointment>>(
            [
                .. Rows.Where(row => (query.From is not { } from || row.End > from)
                        && (query.To is not { } to || row.Start < to)
                        && (query.ResourceId is not { } resource || row.ResourceId == resource)
                        && (query.CustomerEmail is not { } email || row.Customer.NormalisedEmail == email)
                        && (query.IncludeBlocks || row.Kind == AppointmentKind.Appointment)
                        && (query.IncludeCancelled || row.Status == AppointmentStatus.Live))
                    .OrderBy(row => row.Start).ThenBy(row => row.Id).Skip(query.Offset).Take(query.Limit),
            ]);
        }
    }

    public Task<IReadOnlyList<AppointmentChange>> Changes(ChangesQuery query)
    {
        Answer();
        lock (gate)
        {
            Commands.Add(query);
            return Task.FromResult<IReadOnlyList<AppointmentChange>>(
            [
                .. Log.Where(change => (query.From is not { } from || change.At >= from)
                        && (query.To is not { } to || change.At < to)
                        && (query.CustomerEmail is not { } email || change.Appointment.Customer.NormalisedEmail == email))
                    .Reverse().Skip(query.Offset).Take(query.Limit),
            ]);
        }
    }

    public async Task<AgendaVersion> Watch(IAgendaWatcher watcher)
    {
        Answer();
        if (WatchGate is { } waiting)
        {
            await waiting.Task;
        }

        if (!Watchers.Contains(watcher))
        {
            Watchers.Add(watcher);
        }

        return new AgendaVersion { AccountId = accountId, ScheduleId = id, Version = Version, RulesEdition = Edition };
    }

    public Task<Outcome<Held, BookingRefusal>> Hold(HoldPlace command) => throw new NotSupportedException();

    public Task LetGo(string visitor, Instant? start) => Task.CompletedTask;

    public Task<Held?> HeldBy(string visitor) => Task.FromResult<Held?>(null);

    public Task Unwatch(IAgendaWatcher watcher)
    {
        Watchers.Remove(watcher);
        return Task.CompletedTask;
    }

    public Task<ScheduleDefinition?> Definition() => throw new NotSupportedException();

    public Task<Outcome<ScheduleDefinition, ScheduleRefusal>> Define(ScheduleDefinition next) => throw new NotSupportedException();

    public Task<Outcome<Booked, BookingRefusal>> Block(BlockTime command) => throw new NotSupportedException();

    public Task<IReadOnlyList<OpenHours>> OpenHours(LocalDate from, LocalDate to) => throw new NotSupportedException();

    public Task<IReadOnlyList<Appointment>> LeftOutside(ScheduleDefinition before) => throw new NotSupportedException();

    public Task<Outcome<Booked, BookingRefusal>> Mark(MarkAttendance command) => throw new NotSupportedException();

    public Task<ManagedAppointment?> Open(int appointmentId, string manageToken) => throw new NotSupportedException();

    /// <summary>Puts a change into the log as the grain would.</summary>
    public Booked Store(Appointment appointment, ChangeKind kind, Actor actor)
    {
        Rows.RemoveAll(row => row.Id == appointment.Id);
        Rows.Add(appointment);
        Version++;
        Log.Add(new AppointmentChange
        {
            Id = Log.Count + 1,
            Version = Version,
            Kind = kind,
            At = world.Clock.Now,
            ActorKind = actor.Kind,
            ActorName = actor.Name,
            Appointment = appointment,
        });
        return new Booked { Appointment = appointment, ManageToken = "0", AgendaVersion = Version };
    }

    private Task<Outcome<Booked, BookingRefusal>> Decide(object command, RepeatKey? key, Func<Outcome<Booked, BookingRefusal>> judge)
    {
        Answer();
        lock (gate)
        {
            Commands.Add(command);
            if (IsUnknown)
            {
                return Answer(BookingRefusal.UnknownSchedule);
            }

            if (key is not null && keys.TryGetValue((key.Credential, key.Key), out var known))
            {
                return Answer(known.Fingerprint == key.Fingerprint ? known.Booked with { Repeated = true } : BookingRefusal.KeyReused);
            }

            if (NextRefusal is { } refusal)
            {
                NextRefusal = null;
                return Answer(refusal);
            }

            var outcome = judge();
            if (outcome.Accepted && key is not null)
            {
                keys[(key.Credential, key.Key)] = (key.Fingerprint, outcome.Value);
            }

            return Answer(outcome);
        }
    }

    private void Answer()
    {
        world.Answer();
        if (StaleAnswers > 0)
        {
            StaleAnswers--;
            throw new StaleAgendaException();
        }
    }

    private static Task<Outcome<Booked, BookingRefusal>> Answer(Outcome<Booked, BookingRefusal> outcome) => Task.FromResult(outcome);

    private FreeTimes Free(LocalDate from, LocalDate to, int? resourceId)
    {
        var times = new List<FreeTime>();
        for (var day = from; day <= to; day = day.PlusDays(1))
        {
            for (var minute = 9 * 60; minute < 12 * 60; minute += 30)
            {
                var start = day.AtMidnight().PlusMinutes(minute).InZoneLeniently(Zone).ToInstant();
                var end = start + Duration.FromMinutes(30);
                int[] free = [.. resources.Where(resource => (resourceId ?? resource.Id) == resource.Id && IsFree(resource.Id, start, end, 0)).Select(resource => resource.Id)];
                if (free.Length > 0 && start >= world.Clock.Now)
                {
                    times.Add(new FreeTime { Start = start, End = end, ResourceIds = free });
                }
            }
        }

        return new FreeTimes { AgendaVersion = Version, RulesEdition = Edition, ValidUntil = world.Clock.Now + ValidFor, Zone = zone, Times = times };
    }

    private Appointment? Row(int appointmentId) => Rows.FirstOrDefault(row => row.Id == appointmentId);

    private Appointment Changed(Appointment row, Actor actor) =>
        row with { Revision = row.Revision + 1, UpdatedAt = world.Clock.Now, UpdatedBy = actor.Name };

    private bool IsFree(int resourceId, Instant start, Instant end, int except) =>
        Rows.All(row => row.ResourceId != resourceId || row.Id == except || row.Status == AppointmentStatus.Cancelled || row.End <= start || row.Start >= end);

    private Instant Resolve(Moment moment) => moment.Instant ?? moment.Local!.Value.InZoneLeniently(Zone).ToInstant();
}
