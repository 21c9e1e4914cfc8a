using NodaTime;

namespace Slotwright.Schedules;

/// <summary>
/// What an owner says about a schedule of the resource type: who or what can be booked, when, for how long and on what
/// conditions. Stored whole as a document; <see cref="Edition"/> rises by one with every change.
/// </summary>
[GenerateSerializer, Immutable, Alias("slotwright.schedule-definition")]
public sealed record ScheduleDefinition
{
    /// <summary>Shape of the stored document; this release writes 1.</summary>
    [Id(0)] public int Schema { get; init; } = 1;

    /// <summary>Rises by one with every accepted change; 1 for a new schedule.</summary>
    [Id(1)] public long Edition { get; init; } = 1;

    /// <summary>As shown, 1–60 characters, unique in its account (blank and underscore count as one, case does not).</summary>
    [Id(2)] public required string Name { get; init; }

    /// <summary>
    /// IANA zone id, such as <c>Europe/Paris</c>. Aliases (<c>US/Pacific</c>, <c>Europe/Kiev</c>) are resolved before they are
    /// stored; a country's own zone stays, even where the data share the rules of a neighbour (<c>Europe/Amsterdam</c>).
    /// </summary>
    [Id(3)] public required string TimeZone { get; init; }

    /// <summary>1–200 resources in the order shown. A resource's id is never given to another one.</summary>
    [Id(4)] public required IReadOnlyList<Resource> Resources { get; init; }

    /// <summary>Opening hours of a normal week, for every resource that has none of its own. May be empty: then closed but for exceptions.</summary>
    [Id(5)] public required WeeklyHours OpeningHours { get; init; }

    /// <summary>
    /// Days that differ, at most 500. For one day and resource the narrowest wins: an exception of the resource before one of
    /// the schedule, then the later in the list.
    /// </summary>
    [Id(6)] public IReadOnlyList<SpecialHours> Exceptions { get; init; } = [];

    [Id(7)] public required AppointmentLength Length { get; init; }

    /// <summary>
    /// Starts offered: every so many wall-clock minutes from the beginning of an opening span; 5–1440. The grid begins anew with
    /// each day's spans. A wall-clock time that the zone skips is not offered, one that it shows twice is offered twice.
    /// </summary>
    [Id(8)] public required int StepMinutes { get; init; }

    /// <summary>
    /// Kept free before each appointment; 0–1440. A buffer may not touch another appointment or block, but may overlap another
    /// buffer: between two neighbours of one resource lies at least the longer of the earlier one's buffer after and the later
    /// one's buffer before. Appointments keep the buffers with which they were placed; blocks have none.
    /// </summary>
    [Id(9)] public int BufferBeforeMinutes { get; init; }

    /// <summary>Kept free after each appointment; 0–1440. See <see cref="BufferBeforeMinutes"/>.</summary>
    [Id(10)] public int BufferAfterMinutes { get; init; }

    /// <summary>A customer books at least so many minutes before the start; 0–525600.</summary>
    [Id(11)] public int MinimumNoticeMinutes { get; init; }

    /// <summary>A customer books at most so many local days ahead (0: today only; 3650 at most).</summary>
    [Id(12)] public int HorizonDays { get; init; } = 365;

    [Id(13)] public CustomerLimits CustomerLimits { get; init; } = new();

    /// <summary>A customer may move until so many minutes before the start, that instant included; 0–525600; null: never.</summary>
    [Id(14)] public int? ChangeDeadlineMinutes { get; init; } = 0;

    /// <summary>A customer may cancel until so many minutes before the start, that instant included; 0–525600; null: never.</summary>
    [Id(15)] public int? CancelDeadlineMinutes { get; init; } = 0;

    /// <summary>What is booked, as shown above the times ("Haircut · 30 minutes"); may be empty; 200 characters at most.</summary>
    [Id(16)] public string Description { get; init; } = "";

    /// <summary>Where it takes place, as shown to customers and put into calendars; may be empty; 200 characters at most.</summary>
    [Id(17)] public string Location { get; init; } = "";

    /// <summary>What customers are asked beside name and e-mail.</summary>
    [Id(18)] public CustomerFields Fields { get; init; } = new();

    /// <summary>Customers are reminded by mail so many hours before the start; 1–168; null: never.</summary>
    [Id(19)] public int? ReminderHours { get; init; } = 24;
}

/// <summary>One bookable person, room or thing: it holds one appointment at a time.</summary>
[GenerateSerializer, Immutable, Alias("slotwright.resource")]
public sealed record Resource
{
    /// <summary>Positive, unique over the platform.</summary>
    [Id(0)] public required int Id { get; init; }

    /// <summary>1–60 characters.</summary>
    [Id(1)] public required string Name { get; init; }

    /// <summary>Its own normal week; null: the schedule's.</summary>
    [Id(2)] public WeeklyHours? OpeningHours { get; init; }
}

/// <summary>
/// A normal week in wall-clock time. Spans of one day may touch or overlap; they count as one. A span belongs to the day on which
/// it begins; where the spans of two days meet over midnight, an appointment may run from one into the other.
/// </summary>
[GenerateSerializer, Immutable, Alias("slotwright.weekly-hours")]
public sealed record WeeklyHours
{
    /// <summary>Any number of spans a day, in any order; days without one are closed.</summary>
    [Id(0)] public required IReadOnlyList<WeeklySpan> Spans { get; init; }

    /// <summary>The same spans on each of the days given.</summary>
    public static WeeklyHours On(IEnumerable<IsoDayOfWeek> days, params OpeningSpan[] spans) =>
        new() { Spans = [.. days.SelectMany(day => spans.Select(span => new WeeklySpan(day, span)))] };
}

[GenerateSerializer, Immutable, Alias("slotwright.weekly-span")]
public sealed record WeeklySpan([property: Id(0)] IsoDayOfWeek Day, [property: Id(1)] OpeningSpan Span);

/// <summary>
/// Half-open [From, To) in wall-clock time. A To at or before From lies on the following day, so 22:00–02:00 passes midnight and
/// 00:00–00:00 is the whole day. Whole minutes. Open is every instant at which the zone's clock shows a time of the span: twice the
/// repeated hour, never the skipped one.
/// </summary>
[GenerateSerializer, Immutable, Alias("slotwright.opening-span")]
public sealed record OpeningSpan([property: Id(0)] LocalTime From, [property: Id(1)] LocalTime To);

/// <summary>Other hours, or none, on some days.</summary>
[GenerateSerializer, Immutable, Alias("slotwright.special-hours")]
public sealed record SpecialHours
{
    [Id(0)] public required LocalDate From { get; init; }

    /// <summary>Last day, included.</summary>
    [Id(1)] public required LocalDate To { get; init; }

    /// <summary>The one resource it concerns; null: all of them.</summary>
    [Id(2)] public int? ResourceId { get; init; }

    /// <summary>Empty: closed. A span belongs to the day on which it begins.</summary>
    [Id(3)] public IReadOnlyList<OpeningSpan> Spans { get; init; } = [];

    /// <summary>Why, as staff read it ("Christmas"); may be empty.</summary>
    [Id(4)] public string Note { get; init; } = "";
}

/// <summary>
/// How long an appointment lasts, in elapsed minutes. Fixed: <see cref="MinimumMinutes"/> = <see cref="MaximumMinutes"/>.
/// Variable: any of minimum, minimum + increment, … up to the maximum.
/// </summary>
[GenerateSerializer, Immutable, Alias("slotwright.appointment-length")]
public sealed record AppointmentLength
{
    /// <summary>5–10080.</summary>
    [Id(0)] public required int MinimumMinutes { get; init; }

    [Id(1)] public required int MaximumMinutes { get; init; }

    /// <summary>Positive when variable; not looked at when fixed.</summary>
    [Id(2)] public int IncrementMinutes { get; init; }

    /// <summary>Used when a command names no length.</summary>
    [Id(3)] public required int DefaultMinutes { get; init; }

    public bool IsFixed => MinimumMinutes == MaximumMinutes;

    public static AppointmentLength Fixed(int minutes) =>
        new() { MinimumMinutes = minutes, MaximumMinutes = minutes, DefaultMinutes = minutes };
}

/// <summary>
/// How much one customer (normalised e-mail) may hold on this schedule, counted over upcoming appointments in local days and ISO
/// weeks of the schedule's zone, each appointment by its start. Null: no limit; else 1 or more. An appointment without an e-mail is
/// nobody's: it is never limited and never counted.
/// </summary>
[GenerateSerializer, Immutable, Alias("slotwright.customer-limits")]
public sealed record CustomerLimits
{
    [Id(0)] public int? PerDay { get; init; }

    [Id(1)] public int? PerWeek { get; init; }

    /// <summary>Not yet ended, whenever they begin.</summary>
    [Id(2)] public int? Upcoming { get; init; }
}

/// <summary>
/// What customers are asked beside name and e-mail, which are always required of them. Binds customers alone: staff and API leave
/// out what they do not know.
/// </summary>
[GenerateSerializer, Immutable, Alias("slotwright.customer-fields")]
public sealed record CustomerFields
{
    [Id(0)] public FieldUse Phone { get; init; } = FieldUse.Optional;

    [Id(1)] public FieldUse Mobile { get; init; } = FieldUse.Hidden;

    [Id(2)] public FieldUse Address { get; init; } = FieldUse.Hidden;

    /// <summary>The appointment's note.</summary>
    [Id(3)] public FieldUse Note { get; init; } = FieldUse.Optional;
}

[GenerateSerializer, Alias("slotwright.field-use")]
public enum FieldUse
{
    /// <summary>Not asked.</summary>
    Hidden = 1,

    Optional = 2,

    /// <summary>A customer's booking without it is refused.</summary>
    Required = 3,
}
