using NodaTime;
using Slotwright.Time;

namespace Slotwright.Appointments;

/// <summary>Which free times; as a customer would be offered them unless <see cref="Actor"/> says otherwise.</summary>
[GenerateSerializer, Immutable, Alias("slotwright.free-times-query")]
public sealed record FreeTimesQuery
{
    /// <summary>First local day, included.</summary>
    [Id(0)] public required LocalDate From { get; init; }

    /// <summary>Last local day, included; days later than 62 after <see cref="From"/> are not looked at.</summary>
    [Id(1)] public required LocalDate To { get; init; }

    /// <summary>Null: any resource.</summary>
    [Id(2)] public int? ResourceId { get; init; }

    /// <summary>Null: the schedule's default. Staff may ask for any positive length up to 366 days.</summary>
    [Id(3)] public int? LengthMinutes { get; init; }

    [Id(4)] public ActorKind Actor { get; init; } = ActorKind.Customer;

    /// <summary>An appointment that does not stand in its own way and may keep its length: set when its new time is chosen.</summary>
    [Id(5)] public int? Ignoring { get; init; }

    /// <summary>Whether <see cref="FreeTimes.Days"/> are wanted too.</summary>
    [Id(6)] public bool WithDays { get; init; }
}

/// <summary>Free times in ascending order of start.</summary>
[GenerateSerializer, Immutable, Alias("slotwright.free-times")]
public sealed record FreeTimes
{
    /// <summary>Of the agenda; the same version, rules, <see cref="Holds"/> and <see cref="ValidUntil"/> give the same answer.</summary>
    [Id(0)] public required long AgendaVersion { get; init; }

    [Id(1)] public required long RulesEdition { get; init; }

    /// <summary>The next instant at which the clock alone may change this answer; until just before it, it does not.</summary>
    [Id(2)] public required Instant ValidUntil { get; init; }

    [Id(3)] public required string Zone { get; init; }

    [Id(4)] public required IReadOnlyList<FreeTime> Times { get; init; }

    /// <summary>Tells the sets of held places apart; 0: none is held.</summary>
    [Id(5)] public long Holds { get; init; }

    /// <summary>How each day from the first one asked stands; empty unless asked for.</summary>
    [Id(6)] public IReadOnlyList<DayOffer> Days { get; init; } = [];
}

/// <summary>What a day has to offer.</summary>
[GenerateSerializer, Alias("slotwright.day-offer")]
public enum DayOffer
{
    /// <summary>No appointment of that length begins on it, free or not.</summary>
    Closed = 1,

    /// <summary>It has starts, and the last of them is past or too soon to be booked; or it lies beyond the horizon.</summary>
    Over = 2,

    /// <summary>It has starts that could be booked, and every one of them is taken.</summary>
    Full = 3,

    Free = 4,
}

/// <summary>One bookable start with every resource that is free for it, in the order shown.</summary>
[GenerateSerializer, Immutable, Alias("slotwright.free-time")]
public sealed record FreeTime
{
    [Id(0)] public required Instant Start { get; init; }

    [Id(1)] public required Instant End { get; init; }

    [Id(2)] public required IReadOnlyList<int> ResourceIds { get; init; }
}

/// <summary>
/// The free times nearest to a wanted one, nearest first and of two equally near the earlier first; never in the past, never
/// beyond the booking horizon, whoever asks. A wanted time that the clock skips is read as if it had not been put forward.
/// </summary>
[GenerateSerializer, Immutable, Alias("slotwright.nearest-free-query")]
public sealed record NearestFreeQuery
{
    [Id(0)] public required Moment Around { get; init; }

    [Id(1)] public int? ResourceId { get; init; }

    [Id(2)] public int? LengthMinutes { get; init; }

    [Id(3)] public ActorKind Actor { get; init; } = ActorKind.Customer;

    /// <summary>1–20.</summary>
    [Id(4)] public int Count { get; init; } = 3;

    /// <summary>False: only at or after the wanted time ("next free time").</summary>
    [Id(5)] public bool Earlier { get; init; } = true;
}

/// <summary>Appointments of one schedule that touch a stretch of time, ascending by start, then id.</summary>
[GenerateSerializer, Immutable, Alias("slotwright.appointments-query")]
public sealed record AppointmentsQuery
{
    /// <summary>Those that end after it; null: no bound.</summary>
    [Id(0)] public Instant? From { get; init; }

    /// <summary>Those that start before it; null: no bound.</summary>
    [Id(1)] public Instant? To { get; init; }

    [Id(2)] public int? ResourceId { get; init; }

    /// <summary>Normalised; null: everyone.</summary>
    [Id(3)] public string? CustomerEmail { get; init; }

    [Id(4)] public bool IncludeBlocks { get; init; }

    [Id(5)] public bool IncludeCancelled { get; init; }

    /// <summary>1–1000.</summary>
    [Id(6)] public int Limit { get; init; } = 100;

    [Id(7)] public int Offset { get; init; }
}

/// <summary>
/// Appointments, not blocks, of all the account's schedules, by whom they are for or by number; cancelled ones too. Case and accents
/// do not matter. Every word of the text has to occur in the customer's name, e-mail or telephone numbers (of these the digits); a text
/// of digits only also finds the appointment of that number.
/// </summary>
[GenerateSerializer, Immutable, Alias("slotwright.find-query")]
public sealed record FindQuery
{
    /// <summary>At most 200 characters; nothing but blanks finds nothing.</summary>
    [Id(0)] public required string Text { get; init; }

    /// <summary>Upcoming: ascending by start; past and all: latest first.</summary>
    [Id(1)] public FindAmong Among { get; init; } = FindAmong.All;

    /// <summary>1–100.</summary>
    [Id(2)] public int Limit { get; init; } = 50;

    /// <summary>0 or more.</summary>
    [Id(3)] public int Offset { get; init; }
}

[GenerateSerializer, Alias("slotwright.find-among")]
public enum FindAmong
{
    All = 1,

    /// <summary>Not yet ended.</summary>
    Upcoming = 2,
    Past = 3,
}

/// <summary>One page of what was found.</summary>
/// <param name="Appointments">In the order that the query names.</param>
/// <param name="Total">On all pages.</param>
[GenerateSerializer, Immutable, Alias("slotwright.found-appointments")]
public sealed record FoundAppointments([property: Id(0)] IReadOnlyList<Appointment> Appointments, [property: Id(1)] int Total)
{
    public static FoundAppointments None { get; } = new([], 0);
}

/// <summary>What happened to a schedule's appointments, newest first.</summary>
[GenerateSerializer, Immutable, Alias("slotwright.changes-query")]
public sealed record ChangesQuery
{
    [Id(0)] public Instant? From { get; init; }

    [Id(1)] public Instant? To { get; init; }

    [Id(2)] public int? AppointmentId { get; init; }

    [Id(3)] public string? CustomerEmail { get; init; }

    /// <summary>1–1000.</summary>
    [Id(4)] public int Limit { get; init; } = 10;

    [Id(5)] public int Offset { get; init; }
}

/// <summary>One fact of the change log: what happened, by whom, and how the appointment stood afterwards.</summary>
[GenerateSerializer, Immutable, Alias("slotwright.appointment-change")]
public sealed record AppointmentChange
{
    [Id(0)] public required int Id { get; init; }

    /// <summary>Agenda version of this change.</summary>
    [Id(1)] public required long Version { get; init; }

    [Id(2)] public required ChangeKind Kind { get; init; }

    [Id(3)] public required Instant At { get; init; }

    [Id(4)] public required ActorKind ActorKind { get; init; }

    [Id(5)] public required string ActorName { get; init; }

    /// <summary>As it stood right after this change.</summary>
    [Id(6)] public required Appointment Appointment { get; init; }
}

[GenerateSerializer, Alias("slotwright.change-kind")]
public enum ChangeKind
{
    Booked = 1,
    Moved = 2,
    Amended = 3,
    Cancelled = 4,
    Blocked = 5,
    Unblocked = 6,

    /// <summary>Staff noted that the customer came or did not, or took it back; nobody is mailed.</summary>
    AttendanceMarked = 7,

    /// <summary>The account reached 80 % of its plan.</summary>
    LimitNear = 20,

    /// <summary>The account reached 100 % of its plan.</summary>
    LimitReached = 21,

    /// <summary>The first booking was refused because the plan is full.</summary>
    LimitRefused = 22,
}
