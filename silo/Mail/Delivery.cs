using NodaTime;
using Slotwright.Appointments;

namespace Slotwright.Mail;

/// <summary>Whom a delivery addresses; stored by number.</summary>
public enum DeliveryRole
{
    Customer = 1,

    /// <summary>The account's owner.</summary>
    Account = 2,

    /// <summary>The reseller, who gets a copy of what its client was told in its name.</summary>
    ResellerCopy = 3,

    /// <summary>A person, about their own login; the delivery's kind is a <see cref="Team.LetterKind"/>.</summary>
    Person = 4,

    /// <summary>The customer, some hours before the start; the kind is that of the fact which the appointment stands by.</summary>
    Reminder = 5,

    /// <summary>Whoever asked for a link to their own appointments; the kind is <see cref="Delivery.OwnAppointmentsKind"/>.</summary>
    CustomerLink = 6,
}

/// <summary>Stored by number.</summary>
public enum DeliveryState
{
    Due = 1,
    Sent = 2,

    /// <summary>No longer wanted when its turn came.</summary>
    Dropped = 3,

    /// <summary>Refused for good, or two days without success; shown.</summary>
    Failed = 4,

    /// <summary>Waits for an operator.</summary>
    Held = 5,
}

/// <summary>One leased row: one mail to one recipient.</summary>
public sealed record Delivery
{
    /// <summary>Stored where a delivery is about no change: a link to a customer's own appointments.</summary>
    public const int OwnAppointmentsKind = 120;

    public required int Id { get; init; }

    public required int ChangeId { get; init; }

    public required int AccountId { get; init; }

    /// <summary>0 for facts about the account.</summary>
    public required int AppointmentId { get; init; }

    public required long Version { get; init; }

    public required ChangeKind Kind { get; init; }

    public required DeliveryRole Role { get; init; }

    public required string Recipient { get; init; }

    public required string Lane { get; init; }

    public required Instant FactAt { get; init; }

    public required Instant MadeAt { get; init; }

    public required int Attempts { get; init; }

    public required Instant LeaseUntil { get; init; }

    public required string LeaseOwner { get; init; }

    /// <summary>Without angle brackets; the same on every attempt.</summary>
    public required string MessageId { get; init; }

    public bool IsAboutLimit => Kind is ChangeKind.LimitNear or ChangeKind.LimitReached or ChangeKind.LimitRefused;
}
