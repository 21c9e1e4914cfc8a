using NodaTime;
using Slotwright.Schedules;

namespace Slotwright.Resellers;

/// <summary>A set-up that a reseller keeps under a name, as it lists them.</summary>
[GenerateSerializer, Immutable, Alias("slotwright.template-listing")]
public sealed record TemplateListing
{
    /// <summary>Positive; never given to another one.</summary>
    [Id(0)] public required int Id { get; init; }

    /// <summary>1–60 characters, unique among the reseller's, case aside.</summary>
    [Id(1)] public required string Name { get; init; }

    [Id(2)] public required Instant MadeAt { get; init; }
}

/// <summary>A template with what it holds.</summary>
[GenerateSerializer, Immutable, Alias("slotwright.client-template")]
public sealed record ClientTemplate([property: Id(0)] TemplateListing Listing, [property: Id(1)] TemplateContent Content);

/// <summary>
/// What of a client's set-up is everybody's: how it looks and what can be booked. No customers, appointments, keys, host, owner, pictures,
/// display name or contact: those are one business's own.
/// </summary>
[GenerateSerializer, Immutable, Alias("slotwright.template-content")]
public sealed record TemplateContent
{
    /// <summary>Shape of the stored document; this release writes 1.</summary>
    [Id(0)] public int Schema { get; init; } = 1;

    /// <summary><c>#rrggbb</c>.</summary>
    [Id(1)] public required string Colour { get; init; }

    /// <summary><c>#rrggbb</c>; empty: as cards.</summary>
    [Id(2)] public string BarColour { get; init; } = "";

    /// <summary><c>en</c>, <c>fr</c> or <c>nl</c>.</summary>
    [Id(3)] public required string Language { get; init; }

    /// <summary>IANA zone.</summary>
    [Id(4)] public required string TimeZone { get; init; }

    [Id(5)] public string Tagline { get; init; } = "";

    /// <summary>In the order made. Resource ids only tell which exceptions are whose.</summary>
    [Id(6)] public required IReadOnlyList<ScheduleDefinition> Schedules { get; init; }
}

/// <summary>What became of a template in a client account. Applying it again makes nothing twice.</summary>
[GenerateSerializer, Immutable, Alias("slotwright.template-applied")]
public sealed record TemplateApplied
{
    [Id(0)] public required int AccountId { get; init; }

    /// <summary>One line for each schedule of the template, in its order.</summary>
    [Id(1)] public required IReadOnlyList<AppliedSchedule> Schedules { get; init; }
}

/// <param name="Name">Of the schedule.</param>
/// <param name="Refusal">Null: it is there now.</param>
/// <param name="WasThere">It was there before, by this name, and was left as it is.</param>
[GenerateSerializer, Immutable, Alias("slotwright.applied-schedule")]
public sealed record AppliedSchedule([property: Id(0)] string Name, [property: Id(1)] ScheduleRefusal? Refusal, [property: Id(2)] bool WasThere);

/// <summary>Refusals in the order in which they are judged.</summary>
[GenerateSerializer, Alias("slotwright.template-refusal")]
public enum TemplateRefusal
{
    /// <summary>Not one of this reseller's.</summary>
    UnknownTemplate = 1,

    /// <summary>Not this reseller's client.</summary>
    UnknownClient = 2,

    /// <summary>Empty, or longer than 60 characters.</summary>
    NameInvalid = 3,

    /// <summary>Another template of the reseller has it.</summary>
    NameTaken = 4,

    /// <summary>The reseller keeps 100 already.</summary>
    TooMany = 5,

    /// <summary>The client has a schedule that the template does not have: what is in use is not overwritten.</summary>
    ClientInUse = 6,

    /// <summary>The operator closed the client's account. Judged before <see cref="ClientInUse"/>.</summary>
    ClientSuspended = 7,
}
