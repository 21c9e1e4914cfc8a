using Slotwright.Time;

namespace Slotwright.Appointments;

/// <summary>Takes a place for a customer. A repeat with the same <see cref="Key"/> answers the first appointment again.</summary>
[GenerateSerializer, Immutable, Alias("slotwright.book-appointment")]
public sealed record BookAppointment
{
    [Id(0)] public required Moment Start { get; init; }

    /// <summary>Null: the schedule's default length. After <see cref="Start"/>, else refused as <see cref="BookingRefusal.LengthNotOffered"/>.</summary>
    [Id(1)] public Moment? End { get; init; }

    /// <summary>
    /// Null: anyone, which is the first free resource in the order shown; for staff the first that offers the time, and when
    /// none does, the first that is free.
    /// </summary>
    [Id(2)] public int? ResourceId { get; init; }

    [Id(3)] public required CustomerDetails Customer { get; init; }

    [Id(4)] public string Note { get; init; } = "";

    [Id(5)] public required string Language { get; init; }

    [Id(6)] public required Actor Actor { get; init; }

    [Id(7)] public RepeatKey? Key { get; init; }

    /// <summary>Staff only: place it even over another appointment. Needs <see cref="ResourceId"/>. Recorded.</summary>
    [Id(8)] public bool AllowOverlap { get; init; }

    /// <summary>The secret under which a place may be held; that hold is not in the way, and ends with the booking. Null: none.</summary>
    [Id(9)] public string? Visitor { get; init; }
}

/// <summary>Moves or lengthens an appointment or block.</summary>
[GenerateSerializer, Immutable, Alias("slotwright.reschedule-appointment")]
public sealed record RescheduleAppointment
{
    [Id(0)] public required int AppointmentId { get; init; }

    [Id(1)] public required Moment Start { get; init; }

    /// <summary>Null: as long as it was.</summary>
    [Id(2)] public Moment? End { get; init; }

    /// <summary>Null: keep the resource when it is free at the new time, else anyone.</summary>
    [Id(3)] public int? ResourceId { get; init; }

    [Id(4)] public required Actor Actor { get; init; }

    [Id(5)] public RepeatKey? Key { get; init; }

    [Id(6)] public bool AllowOverlap { get; init; }

    /// <summary>Refused as <see cref="BookingRefusal.ChangedMeanwhile"/> when the appointment is at another revision; null: any.</summary>
    [Id(7)] public int? ExpectedRevision { get; init; }

    /// <summary>Customers prove themselves by the manage link's token; null for staff and API.</summary>
    [Id(8)] public string? ManageToken { get; init; }
}

/// <summary>Changes who comes or the note, not the time.</summary>
[GenerateSerializer, Immutable, Alias("slotwright.amend-appointment")]
public sealed record AmendAppointment
{
    [Id(0)] public required int AppointmentId { get; init; }

    [Id(1)] public required CustomerDetails Customer { get; init; }

    [Id(2)] public required string Note { get; init; }

    [Id(3)] public required Actor Actor { get; init; }

    [Id(4)] public RepeatKey? Key { get; init; }

    [Id(5)] public int? ExpectedRevision { get; init; }
}

/// <summary>Ends an appointment or lifts a block; the row stays, marked.</summary>
[GenerateSerializer, Immutable, Alias("slotwright.cancel-appointment")]
public sealed record CancelAppointment
{
    [Id(0)] public required int AppointmentId { get; init; }

    [Id(1)] public required Actor Actor { get; init; }

    [Id(2)] public RepeatKey? Key { get; init; }

    [Id(3)] public int? ExpectedRevision { get; init; }

    [Id(4)] public string? ManageToken { get; init; }
}

/// <summary>Keeps a resource's time free of customers. Staff and API key only; opening hours and lengths are not looked at.</summary>
[GenerateSerializer, Immutable, Alias("slotwright.block-time")]
public sealed record BlockTime
{
    [Id(0)] public required Moment Start { get; init; }

    /// <summary>After start; at most 366 days later.</summary>
    [Id(1)] public required Moment End { get; init; }

    [Id(2)] public required int ResourceId { get; init; }

    [Id(3)] public string Note { get; init; } = "";

    [Id(4)] public required Actor Actor { get; init; }

    [Id(5)] public RepeatKey? Key { get; init; }

    [Id(6)] public bool AllowOverlap { get; init; }
}

/// <summary>
/// Notes whether the customer came, or takes that back (<see cref="Attendance.Unknown"/>). Staff only, for live appointments, at any
/// time; never mailed to anyone. Marking it as it stands changes nothing and is accepted.
/// </summary>
[GenerateSerializer, Immutable, Alias("slotwright.mark-attendance")]
public sealed record MarkAttendance
{
    [Id(0)] public required int AppointmentId { get; init; }

    [Id(1)] public required Attendance Attendance { get; init; }

    [Id(2)] public required Actor Actor { get; init; }

    [Id(3)] public RepeatKey? Key { get; init; }

    [Id(4)] public int? ExpectedRevision { get; init; }
}

/// <summary>A booking command's answer.</summary>
[GenerateSerializer, Immutable, Alias("slotwright.booked")]
public sealed record Booked
{
    [Id(0)] public required Appointment Appointment { get; init; }

    /// <summary>Opens the manage page of this appointment; 32 hex digits. Only for whoever booked: never listed.</summary>
    [Id(1)] public required string ManageToken { get; init; }

    /// <summary>Version of the agenda that holds this change.</summary>
    [Id(2)] public required long AgendaVersion { get; init; }

    /// <summary>The key was known: this is the answer of the first time.</summary>
    [Id(3)] public bool Repeated { get; init; }
}

/// <summary>
/// Why a booking command was refused. The first that applies is answered, judged in this order: <see cref="UnknownAppointment"/>,
/// <see cref="KeyReused"/>; whether it may be done at all: <see cref="NotAllowed"/>, <see cref="AlreadyCancelled"/>,
/// <see cref="ChangedMeanwhile"/>, <see cref="AlreadyOver"/>, <see cref="ChangeDeadlinePassed"/>, <see cref="CancelDeadlinePassed"/>,
/// <see cref="TooManyHeld"/>, <see cref="DetailsMissing"/>;
/// then the place, in the order of numbers: from <see cref="UnknownResource"/> to <see cref="UpcomingLimit"/>; then
/// <see cref="AccountPaused"/> and <see cref="AccountFull"/>. Where any resource will do, the refusal is that of the resource which came furthest.
/// </summary>
[GenerateSerializer, Alias("slotwright.booking-refusal")]
public enum BookingRefusal
{
    /// <summary>No such appointment, or another schedule's, or a wrong manage token: never told apart.</summary>
    UnknownAppointment = 1,

    /// <summary>No such resource on this schedule, or none named where an overlap is asked for.</summary>
    UnknownResource = 2,

    /// <summary>The same key came before with another request.</summary>
    KeyReused = 3,

    /// <summary>The clock is put forward over this wall-clock time, or does not show it with the offset given.</summary>
    TimeDoesNotExist = 4,

    /// <summary>The start has passed (customers and API key; an appointment that keeps its start is not asked), or lies before 1970.</summary>
    InThePast = 5,

    /// <summary>Not a length that the schedule offers; for staff and blocks: not of whole seconds, not positive, or more than 366 days. An appointment that is moved may keep its length.</summary>
    LengthNotOffered = 6,

    /// <summary>Closed then.</summary>
    OutsideOpeningHours = 7,

    /// <summary>Open then, but no appointment begins at this minute. Also a start within a second, whoever asks.</summary>
    StartNotOffered = 8,

    /// <summary>Inside the minimum notice (customers).</summary>
    TooSoon = 9,

    /// <summary>Beyond the booking horizon (customers), or after the year 9989.</summary>
    TooFarAhead = 10,

    /// <summary>Someone else has it, buffers included.</summary>
    PlaceTaken = 11,

    /// <summary>The customer's limit per day.</summary>
    DayLimit = 12,

    /// <summary>The customer's limit per ISO week.</summary>
    WeekLimit = 13,

    /// <summary>The customer's limit of upcoming appointments.</summary>
    UpcomingLimit = 14,

    /// <summary>Too late to move, or never allowed (customers).</summary>
    ChangeDeadlinePassed = 15,

    /// <summary>Too late to cancel, or never allowed (customers).</summary>
    CancelDeadlinePassed = 16,

    /// <summary>Cancelled already.</summary>
    AlreadyCancelled = 17,

    /// <summary>Not at the expected revision.</summary>
    ChangedMeanwhile = 18,

    /// <summary>The account's plan holds no more upcoming appointments. Customers see a neutral page.</summary>
    AccountFull = 19,

    /// <summary>This kind of actor may not do this.</summary>
    NotAllowed = 20,

    /// <summary>An appointment that has ended cannot be moved or cancelled by a customer.</summary>
    AlreadyOver = 21,

    /// <summary>No such schedule in this account; judged before everything else.</summary>
    UnknownSchedule = 22,

    /// <summary>So many places are held from one address already; only for a hold, judged before the place.</summary>
    TooManyHeld = 23,

    /// <summary>A customer left out a detail that the schedule asks for; judged before the place.</summary>
    DetailsMissing = 24,

    /// <summary>The account's reseller has paused it: customers and API key take no place and move none. Judged last, with the account's limit.</summary>
    AccountPaused = 25,
}
