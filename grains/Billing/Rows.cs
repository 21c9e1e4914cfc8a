using NodaTime;

namespace Slotwright.Billing;

/// <summary>A subscription's row. Instants are whole milliseconds.</summary>
public sealed record SubscriptionRow
{
    public required int AccountId { get; init; }

    public required string PlanCode { get; init; }

    /// <summary>Never <see cref="SubscriptionState.Trial"/>.</summary>
    public required SubscriptionState State { get; init; }

    /// <summary>Day of the month that periods begin on.</summary>
    public required int AnchorDay { get; init; }

    public required Instant PeriodFrom { get; init; }

    public required Instant PeriodTo { get; init; }

    /// <summary>What the present period is worth to its payer.</summary>
    public required Money Paid { get; init; }

    public string? NextPlan { get; init; }

    public bool IsCancelled { get; init; }

    public Instant? PastDueSince { get; init; }

    /// <summary>When something happens of itself; null: nothing does.</summary>
    public Instant? DueAt { get; init; }

    /// <summary>Counts its writes; 0: not stored yet.</summary>
    public int Version { get; init; }

    /// <summary>The account is on the plan by it.</summary>
    public bool Runs => State is SubscriptionState.Active or SubscriptionState.PastDue or SubscriptionState.Paused;
}

/// <summary>What billing knows of an account: who pays follows from it.</summary>
public sealed record BilledAccount
{
    public required int Id { get; init; }

    public required string Name { get; init; }

    public required int? ResellerId { get; init; }

    public required bool IsReseller { get; init; }

    /// <summary>By its reseller, or suspended by the operator: nothing is charged meanwhile.</summary>
    public required bool IsPaused { get; init; }

    public required string PlanCode { get; init; }

    public required Instant? TrialStartedAt { get; init; }

    public required Instant? TrialEndsAt { get; init; }

    public required PayingPerson Payer { get; init; }

    /// <summary>Who was charged last for it; null: nobody yet.</summary>
    public int? ChargedTo { get; init; }

    /// <summary>The payer has left a card.</summary>
    public bool HasCard { get; init; }

    public int PayerId => ResellerId ?? Id;

    public bool IsReduced => Discount.Holds(ResellerId, IsReseller);
}

/// <summary>The owner of the payer's account.</summary>
public sealed record PayingPerson(int PersonId, string Email);

/// <summary>A row of the ledger before it has its number; rows are only ever added.</summary>
public sealed record LedgerEntry
{
    public required int PayerId { get; init; }

    public required int AccountId { get; init; }

    public required string AccountName { get; init; }

    public required string PlanCode { get; init; }

    public required string PlanName { get; init; }

    public required LedgerKind Kind { get; init; }

    public required string Month { get; init; }

    public Instant? PeriodFrom { get; init; }

    public Instant? PeriodTo { get; init; }

    public required Price Price { get; init; }

    public required Instant At { get; init; }

    /// <summary>Unique: what it is for is written once, whoever tries again.</summary>
    public required string Key { get; init; }

    /// <summary>Of a payment or a credit: the month that it lessens; else empty.</summary>
    public string Reference { get; init; } = "";
}

/// <summary>What the payer is told of.</summary>
public enum SubscriptionEvent
{
    Taken = 1,
    Changed = 2,
    Renewed = 3,
    PaymentFailed = 4,
    Lapsed = 5,
    Cancelled = 6,
    WillChange = 7,
    Ended = 8,
    GoesOn = 9,
}

/// <summary>Everything that one act changes, stored in one transaction or not at all.</summary>
/// <param name="Row">As it is to be stored over the version it has.</param>
/// <param name="PlanCode">The account's plan from now on.</param>
/// <param name="Entries">For the ledger; may be empty.</param>
/// <param name="News">For the payer; null: nothing to tell.</param>
public sealed record BillingStep(SubscriptionRow Row, string PlanCode, IReadOnlyList<LedgerEntry> Entries, SubscriptionEvent? News);
