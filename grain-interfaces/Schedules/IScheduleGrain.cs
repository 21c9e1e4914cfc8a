using NodaTime;
using Slotwright.Appointments;
using Slotwright.Live;
using Slotwright.Tenancy;

namespace Slotwright.Schedules;

/// <summary>
/// One schedule and its agenda: the only writer of its appointments. Key: <c>account/schedule</c>. Every command is durable when
/// it is answered; a call that throws may have happened and is repeated with the same key. Reads never write.
/// </summary>
[TenantGrain, Alias("slotwright.schedule-grain")]
public interface IScheduleGrain : IGrainWithStringKey
{
    /// <summary>What a visitor may know; null when there is no such schedule in this account.</summary>
    [Alias("face")]
    Task<ScheduleFace?> Face();

    /// <summary>The whole definition, for staff; null when there is no such schedule.</summary>
    [Alias("definition")]
    Task<ScheduleDefinition?> Definition();

    /// <summary>
    /// Replaces the definition. <see cref="ScheduleDefinition.Edition"/> must be the one read, else
    /// <see cref="ScheduleRefusal.ChangedMeanwhile"/>. Appointments keep their times. The name is changed by the account's
    /// <c>RenameSchedule</c>, never here.
    /// </summary>
    [Alias("define")]
    Task<Outcome<ScheduleDefinition, ScheduleRefusal>> Define(ScheduleDefinition next);

    /// <summary>Takes a place; see <see cref="BookAppointment"/>.</summary>
    [Alias("book"), ResponseTimeout("00:00:10")]
    Task<Outcome<Booked, BookingRefusal>> Book(BookAppointment command);

    [Alias("reschedule"), ResponseTimeout("00:00:10")]
    Task<Outcome<Booked, BookingRefusal>> Reschedule(RescheduleAppointment command);

    [Alias("amend"), ResponseTimeout("00:00:10")]
    Task<Outcome<Booked, BookingRefusal>> Amend(AmendAppointment command);

    [Alias("cancel"), ResponseTimeout("00:00:10")]
    Task<Outcome<Booked, BookingRefusal>> Cancel(CancelAppointment command);

    [Alias("block"), ResponseTimeout("00:00:10")]
    Task<Outcome<Booked, BookingRefusal>> Block(BlockTime command);

    /// <summary>Every start at which the given length is bookable; refused only for a resource or length that the schedule lacks.</summary>
    [Alias("free-times")]
    Task<Outcome<FreeTimes, BookingRefusal>> FreeTimes(FreeTimesQuery query);

    [Alias("nearest-free")]
    Task<Outcome<FreeTimes, BookingRefusal>> NearestFree(NearestFreeQuery query);

    /// <summary>Null: unknown, or another schedule's. Cancelled ones are found.</summary>
    [Alias("find")]
    Task<Appointment?> Find(int appointmentId);

    /// <summary>As <see cref="Find"/>, for the holder of a manage link; null when the token is not of this appointment.</summary>
    [Alias("open")]
    Task<ManagedAppointment?> Open(int appointmentId, string manageToken);

    [Alias("list")]
    Task<IReadOnlyList<Appointment>> List(AppointmentsQuery query);

    [Alias("changes")]
    Task<IReadOnlyList<AppointmentChange>> Changes(ChangesQuery query);

    /// <summary>
    /// Tells the watcher of every change from now on, for two minutes from the last call; call again to go on. Answers the
    /// present version.
    /// </summary>
    [Alias("watch")]
    Task<AgendaVersion> Watch(IAgendaWatcher watcher);

    [Alias("unwatch")]
    Task Unwatch(IAgendaWatcher watcher);

    [Alias("mark"), ResponseTimeout("00:00:10")]
    Task<Outcome<Booked, BookingRefusal>> Mark(MarkAttendance command);

    /// <summary>
    /// When each resource is open, for showing: spans that begin on the local days given (both included; 62 at most, else refused with
    /// an exception), by resource in the order shown, then ascending. Empty when there is no such schedule.
    /// </summary>
    [Alias("open-hours")]
    Task<IReadOnlyList<OpenHours>> OpenHours(LocalDate from, LocalDate to);

    /// <summary>
    /// Appointments, not blocks, that have yet to begin, lay within the hours of that definition and do not lie within the present
    /// ones; ascending by start. For whoever changed the hours: nothing happens to what is booked. Empty when such a definition is refused.
    /// </summary>
    [Alias("left-outside")]
    Task<IReadOnlyList<Appointment>> LeftOutside(ScheduleDefinition before);

    /// <summary>Keeps a place for a visitor; see <see cref="HoldPlace"/>. A repeat begins the time anew. Lost when the schedule's activation ends.</summary>
    [Alias("hold")]
    Task<Outcome<Held, BookingRefusal>> Hold(HoldPlace command);

    /// <summary>Lets a visitor's place go, when it begins at that instant or none is given; nothing when there is none.</summary>
    [Alias("let-go")]
    Task LetGo(string visitor, Instant? start);

    /// <summary>The place that is kept for this visitor now; null: none.</summary>
    [Alias("held-by")]
    Task<Held?> HeldBy(string visitor);

    /// <summary>As stored now, for whoever compares and reads on only when it changed; null when there is no such schedule.</summary>
    [Alias("version")]
    Task<AgendaVersion?> Version();

    /// <summary>
    /// The free times that a definition would give beside what is booked already. Stores nothing; resources without an id are free
    /// all the time. Refused as <see cref="Define"/> would refuse it, its edition aside.
    /// </summary>
    [Alias("preview")]
    Task<Outcome<FreeTimes, ScheduleRefusal>> Preview(ScheduleDefinition next, FreeTimesQuery query);

    /// <summary>Calendar feeds that still work, oldest first; 10 at most.</summary>
    [Alias("feeds")]
    Task<IReadOnlyList<CalendarFeed>> Feeds();

    /// <summary>Makes a feed. Its token is in this answer and nowhere else. A repeat makes another one. Refusals in the order of the enum.</summary>
    [Alias("make-feed")]
    Task<Outcome<MadeFeed, FeedRefusal>> MakeFeed(string label);

    /// <summary>The feed answers 410 from now on; false when it is none of this schedule or was revoked before.</summary>
    [Alias("revoke-feed")]
    Task<bool> RevokeFeed(string handle);
}

/// <summary>One opening of a resource, exceptions taken into account.</summary>
/// <param name="ResourceId">Whose.</param>
/// <param name="From">Wall clock of the schedule's zone.</param>
/// <param name="To">After <paramref name="From"/>; may lie on the following day.</param>
[GenerateSerializer, Immutable, Alias("slotwright.open-hours")]
public sealed record OpenHours([property: Id(0)] int ResourceId, [property: Id(1)] LocalDateTime From, [property: Id(2)] LocalDateTime To);

/// <summary>A schedule as visitors see it.</summary>
[GenerateSerializer, Immutable, Alias("slotwright.schedule-face")]
public sealed record ScheduleFace
{
    [Id(0)] public required int Id { get; init; }

    [Id(1)] public required int AccountId { get; init; }

    [Id(2)] public required string Name { get; init; }

    /// <summary>IANA zone.</summary>
    [Id(3)] public required string TimeZone { get; init; }

    [Id(4)] public required string Description { get; init; }

    [Id(5)] public required string Location { get; init; }

    [Id(6)] public required IReadOnlyList<ResourceFace> Resources { get; init; }

    [Id(7)] public required AppointmentLength Length { get; init; }

    [Id(8)] public required int MinimumNoticeMinutes { get; init; }

    [Id(9)] public required int HorizonDays { get; init; }

    [Id(10)] public required int? ChangeDeadlineMinutes { get; init; }

    [Id(11)] public required int? CancelDeadlineMinutes { get; init; }

    [Id(12)] public required long Edition { get; init; }

    [Id(13)] public CustomerFields Fields { get; init; } = new();

    /// <summary>As in <see cref="ScheduleDefinition.ReminderHours"/>.</summary>
    [Id(14)] public int? ReminderHours { get; init; }
}

[GenerateSerializer, Immutable, Alias("slotwright.resource-face")]
public sealed record ResourceFace([property: Id(0)] int Id, [property: Id(1)] string Name);

/// <summary>What the holder of a manage link sees and may still do.</summary>
[GenerateSerializer, Immutable, Alias("slotwright.managed-appointment")]
public sealed record ManagedAppointment
{
    [Id(0)] public required Appointment Appointment { get; init; }

    [Id(1)] public required ScheduleFace Schedule { get; init; }

    /// <summary>A customer may still move it now.</summary>
    [Id(2)] public required bool MayMove { get; init; }

    /// <summary>A customer may still cancel it now.</summary>
    [Id(3)] public required bool MayCancel { get; init; }
}

/// <summary>Why a definition was refused.</summary>
[GenerateSerializer, Alias("slotwright.schedule-refusal")]
public enum ScheduleRefusal
{
    /// <summary>No such schedule in this account.</summary>
    UnknownSchedule = 1,

    /// <summary>Another edition was stored since it was read.</summary>
    ChangedMeanwhile = 2,

    UnknownTimeZone = 3,

    /// <summary>No resource, too many, a doubled or foreign id, a name missing or too long.</summary>
    ResourcesInvalid = 4,

    /// <summary>Doubled exceptions are fine; a last day before the first, more than 500, an unknown resource, or a span not on whole minutes is not.</summary>
    ExceptionsInvalid = 5,

    LengthInvalid = 6,

    StepInvalid = 7,

    /// <summary>Buffers, notice, horizon, limits, deadlines or the reminder out of range, or a description or location too long.</summary>
    ConditionsInvalid = 8,

    NameInvalid = 9,

    /// <summary>Another schedule of the account has this name.</summary>
    NameTaken = 10,

    /// <summary>A resource that still has upcoming appointments cannot be removed.</summary>
    ResourceInUse = 11,

    /// <summary>A span that is not on whole minutes, or on no day of the week.</summary>
    OpeningHoursInvalid = 12,

    /// <summary>A field that is neither hidden nor optional nor required.</summary>
    FieldsInvalid = 13,
}
