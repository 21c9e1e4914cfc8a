using NodaTime;
using Slotwright.Time;

namespace Slotwright.Appointments;

/// <summary>
/// Keeps a place for a visitor who is filling in the booking form: for <see cref="Held.Lifetime"/>, busy for everyone else, never
/// stored and never counted against the plan. A visitor holds one place of an agenda: another hold lets the former go. Judged as a
/// customer's booking, without the limits per customer.
/// </summary>
[GenerateSerializer, Immutable, Alias("slotwright.hold-place")]
public sealed record HoldPlace
{
    /// <summary>Most places of an agenda that one <see cref="Address"/> may hold at a time.</summary>
    public const int MostPerAddress = 20;

    [Id(0)] public required Moment Start { get; init; }

    /// <summary>Null: the schedule's default length.</summary>
    [Id(1)] public Moment? End { get; init; }

    /// <summary>Null: anyone, which is the first free resource in the order shown.</summary>
    [Id(2)] public int? ResourceId { get; init; }

    /// <summary>A secret of the visitor's, 1–64 characters: who shows it again may book the place.</summary>
    [Id(3)] public required string Visitor { get; init; }

    /// <summary>From where the visitor comes, 1–64 characters.</summary>
    [Id(4)] public required string Address { get; init; }
}

/// <summary>A place that is kept for one visitor.</summary>
[GenerateSerializer, Immutable, Alias("slotwright.held")]
public sealed record Held
{
    public static readonly Duration Lifetime = Duration.FromMinutes(5);

    [Id(0)] public required Instant Start { get; init; }

    [Id(1)] public required Instant End { get; init; }

    [Id(2)] public required int ResourceId { get; init; }

    /// <summary>From this instant on the place is anyone's.</summary>
    [Id(3)] public required Instant Until { get; init; }
}
