using NodaTime;

namespace Slotwright.Appointments;

/// <summary>One booked or blocked stretch of a resource's time, as everyone who may see it sees it.</summary>
[GenerateSerializer, Immutable, Alias("slotwright.appointment")]
public sealed record Appointment
{
    /// <summary>Positive 32-bit, never reused.</summary>
    [Id(0)] public required int Id { get; init; }

    [Id(1)] public required int AccountId { get; init; }

    [Id(2)] public required int ScheduleId { get; init; }

    [Id(3)] public required int ResourceId { get; init; }

    [Id(4)] public required AppointmentKind Kind { get; init; }

    [Id(5)] public required AppointmentStatus Status { get; init; }

    /// <summary>Half-open with <see cref="End"/>; whole seconds.</summary>
    [Id(6)] public required Instant Start { get; init; }

    [Id(7)] public required Instant End { get; init; }

    /// <summary>IANA zone of the schedule when the appointment was last placed; wall-clock times are shown in it.</summary>
    [Id(8)] public required string Zone { get; init; }

    /// <summary>Minutes kept free before and after, as they were when the place was taken.</summary>
    [Id(9)] public int BufferBeforeMinutes { get; init; }

    [Id(10)] public int BufferAfterMinutes { get; init; }

    /// <summary>Staff placed it over another one on purpose.</summary>
    [Id(11)] public bool OverlapAllowed { get; init; }

    /// <summary>Empty details for a block.</summary>
    [Id(12)] public required CustomerDetails Customer { get; init; }

    /// <summary>Free text of whoever booked; may be empty; 2,000 characters at most.</summary>
    [Id(13)] public string Note { get; init; } = "";

    /// <summary>Language of the customer's mails: <c>en</c>, <c>fr</c> or <c>nl</c>.</summary>
    [Id(14)] public required string Language { get; init; }

    /// <summary>1 when made, one more with each change. A calendar's SEQUENCE is this minus 1.</summary>
    [Id(15)] public required int Revision { get; init; }

    [Id(16)] public required Instant CreatedAt { get; init; }

    /// <summary>E-mail of the customer or person, or "api"; what the history shows.</summary>
    [Id(17)] public required string CreatedBy { get; init; }

    [Id(18)] public required Instant UpdatedAt { get; init; }

    [Id(19)] public required string UpdatedBy { get; init; }

    /// <summary>Random, 32 hex digits; the manage link's token is made from it and a secret that the database does not hold.</summary>
    [Id(20)] public required string ManageSalt { get; init; }

    /// <summary>
    /// Seconds from UTC in its zone when it was placed: with <see cref="Start"/> it gives the wall-clock time that was promised,
    /// which holds when the zone's rules change afterwards.
    /// </summary>
    [Id(21)] public int UtcOffset { get; init; }

    /// <summary>What staff noted about the customer's coming; always unknown for a block, and again once it is moved to another time.</summary>
    [Id(22)] public Attendance Attendance { get; init; }
}

[GenerateSerializer, Alias("slotwright.attendance")]
public enum Attendance
{
    /// <summary>Nobody has said.</summary>
    Unknown = 0,
    Arrived = 1,
    NoShow = 2,
}

[GenerateSerializer, Alias("slotwright.appointment-kind")]
public enum AppointmentKind
{
    /// <summary>A customer's; counts for the plan while it has not ended.</summary>
    Appointment = 1,

    /// <summary>Time that staff keep free; never counts for the plan.</summary>
    Block = 2,
}

[GenerateSerializer, Alias("slotwright.appointment-status")]
public enum AppointmentStatus
{
    Live = 1,
    Cancelled = 2,
}

/// <summary>Who comes, as given when booking. Limits are in characters; longer values are refused at the edge, never cut.</summary>
[GenerateSerializer, Immutable, Alias("slotwright.customer-details")]
public sealed record CustomerDetails
{
    // One for all: most accounts have no fields of their own, and agendas hold many customers.
    private static readonly Dictionary<string, string> NoFields = [];

    /// <summary>100.</summary>
    [Id(0)] public string Name { get; init; } = "";

    /// <summary>254, one address; may be empty for bookings by staff or API.</summary>
    [Id(1)] public string Email { get; init; } = "";

    /// <summary>40.</summary>
    [Id(2)] public string Phone { get; init; } = "";

    /// <summary>40.</summary>
    [Id(3)] public string Mobile { get; init; } = "";

    /// <summary>300.</summary>
    [Id(4)] public string Address { get; init; } = "";

    /// <summary>Two letters or empty.</summary>
    [Id(5)] public string Country { get; init; } = "";

    /// <summary>Account's own fields by their API name: <c>field_1</c>, <c>field_2</c>, <c>field_1_r</c>, <c>field_2_r</c>, <c>super_field</c>; 500 each.</summary>
    [Id(6)] public IReadOnlyDictionary<string, string> Fields { get; init; } = NoFields;

    public static CustomerDetails None { get; } = new();

    /// <summary>E-mail by which limits are counted and people found: trimmed, case folded.</summary>
    public string NormalisedEmail => Email.Trim().ToLowerInvariant();
}
