using NodaTime;

namespace Slotwright.Billing;

/// <summary>How an account stands with its plan; stored by number.</summary>
[GenerateSerializer, Alias("slotwright.subscription-state")]
public enum SubscriptionState
{
    /// <summary>Never subscribed, or cancelled and over.</summary>
    Free = 1,

    /// <summary>On the free plan while its one trial runs.</summary>
    Trial = 2,

    Active = 3,

    /// <summary>A payment failed; everything works until the days of grace are over.</summary>
    PastDue = 4,

    /// <summary>It was not paid: the account is free again and keeps all it has.</summary>
    Lapsed = 5,

    /// <summary>Its reseller paused the account and the paid period is over: nothing is charged until it is resumed.</summary>
    Paused = 6,
}

/// <summary>Who changes a subscription. The account's relation is judged again where it is stored: a client's only by its reseller, a regular account's only by itself.</summary>
/// <param name="PersonId">Who is signed in.</param>
/// <param name="ResellerId">The reseller in whose name they act; null: the account's own administrator.</param>
[GenerateSerializer, Immutable, Alias("slotwright.payer-actor")]
public sealed record PayerActor([property: Id(0)] int PersonId, [property: Id(1)] int? ResellerId);

/// <summary>What one period of a plan costs the one who pays.</summary>
/// <param name="List">Before any discount.</param>
/// <param name="Discount">Zero or more; taken off.</param>
/// <param name="Net">List less discount, rounded a half away from zero.</param>
/// <param name="Vat">On the net; zero unless the operator sets a rate.</param>
[GenerateSerializer, Immutable, Alias("slotwright.price")]
public sealed record Price([property: Id(0)] Money List, [property: Id(1)] Money Discount, [property: Id(2)] Money Net, [property: Id(3)] Money Vat)
{
    public Money Total => Net + Vat;
}

/// <summary>A subscription as its payer sees it; never shown to a reseller's client.</summary>
[GenerateSerializer, Immutable, Alias("slotwright.subscription-face")]
public sealed record SubscriptionFace
{
    [Id(0)] public required string PlanCode { get; init; }

    [Id(1)] public required string PlanName { get; init; }

    [Id(2)] public required SubscriptionState State { get; init; }

    /// <summary>What the present period began and ends with, [from, to); null: nothing was ever subscribed.</summary>
    [Id(3)] public required Instant? PeriodFrom { get; init; }

    [Id(4)] public required Instant? PeriodTo { get; init; }

    /// <summary>The plan that follows at the period's end; null: the same.</summary>
    [Id(5)] public required string? NextPlanCode { get; init; }

    /// <summary>It ends with its period.</summary>
    [Id(6)] public required bool IsCancelled { get; init; }

    /// <summary>While past due: when the account goes back to free unless it is paid.</summary>
    [Id(7)] public required Instant? LapsesAt { get; init; }

    /// <summary>What the next period costs as things stand; null: nothing follows.</summary>
    [Id(8)] public required Price? Next { get; init; }

    [Id(9)] public required Instant? TrialEndsAt { get; init; }

    [Id(10)] public required bool MayStartTrial { get; init; }

    /// <summary>The plans on offer, ascending by what they hold.</summary>
    [Id(11)] public required IReadOnlyList<PlanOffer> Offers { get; init; }

    /// <summary>The reseller that pays; null: the account itself.</summary>
    [Id(12)] public required int? ResellerId { get; init; }

    /// <summary>Periods and months are counted on the clock of this IANA zone.</summary>
    [Id(13)] public required string TimeZone { get; init; }

    /// <summary>A payment provider takes cards here; else what is charged is paid by invoice.</summary>
    [Id(14)] public bool TakesCards { get; init; }

    /// <summary>Charges go to a card.</summary>
    [Id(15)] public bool HasCard { get; init; }

    /// <summary>What of the plan goes with the account when its reseller lets it go now; null: nothing that is paid.</summary>
    [Id(16)] public LeavingPlan? Leaving { get; init; }
}

/// <summary>A plan whose account is let go by its reseller: it runs to the end of the paid period, and no further unless its owner wants it to.</summary>
/// <param name="Name">As it is sold.</param>
/// <param name="Until">End of the paid period.</param>
/// <param name="TimeZone">IANA zone on whose clock the day is meant.</param>
/// <param name="Monthly">What it costs from then on whoever goes on with it; null: it is sold no more.</param>
[GenerateSerializer, Immutable, Alias("slotwright.leaving-plan")]
public sealed record LeavingPlan(
    [property: Id(0)] string Name, [property: Id(1)] Instant Until, [property: Id(2)] string TimeZone, [property: Id(3)] Price? Monthly);

/// <summary>A plan that can be taken.</summary>
[GenerateSerializer, Immutable, Alias("slotwright.plan-offer")]
public sealed record PlanOffer
{
    [Id(0)] public required string Code { get; init; }

    [Id(1)] public required string Name { get; init; }

    /// <summary>Upcoming appointments; null: no limit.</summary>
    [Id(2)] public required int? Upcoming { get; init; }

    [Id(3)] public required int? KeptPast { get; init; }

    [Id(4)] public required int? Webhooks { get; init; }

    [Id(5)] public required bool Feeds { get; init; }

    /// <summary>A calendar month of it.</summary>
    [Id(6)] public required Price Price { get; init; }
}

/// <summary>What choosing a plan does.</summary>
[GenerateSerializer, Alias("slotwright.plan-effect")]
public enum PlanEffect
{
    /// <summary>A first period begins now and is charged.</summary>
    Begins = 1,

    /// <summary>At once; what is left of the paid period becomes days of the new plan, and nothing is charged now.</summary>
    Converts = 2,

    /// <summary>At once; less than a day would be left, so a new period begins now and is charged.</summary>
    Restarts = 3,

    /// <summary>At the end of the paid period; nothing is charged now.</summary>
    Follows = 4,

    /// <summary>The present plan goes on: a cancellation or a smaller plan that was to follow is taken back.</summary>
    GoesOn = 5,
}

/// <summary>What choosing a plan would do now.</summary>
[GenerateSerializer, Immutable, Alias("slotwright.plan-preview")]
public sealed record PlanPreview
{
    [Id(0)] public required PlanOffer Plan { get; init; }

    [Id(1)] public required PlanEffect Effect { get; init; }

    /// <summary>Null: nothing is charged now.</summary>
    [Id(2)] public required Price? Now { get; init; }

    /// <summary>Whole days of the new plan that the paid rest becomes; 0 unless it converts.</summary>
    [Id(3)] public required int Days { get; init; }

    /// <summary>When the plan is in force.</summary>
    [Id(4)] public required Instant From { get; init; }

    /// <summary>When the next charge is made.</summary>
    [Id(5)] public required Instant NextCharge { get; init; }

    /// <summary>Says what was previewed: a choice that would do something else by now is refused.</summary>
    [Id(6)] public required string Seen { get; init; }
}

/// <param name="Actor">Who.</param>
/// <param name="PlanCode">Of the configuration, not the free one.</param>
/// <param name="Seen">Of the preview; null: whatever it does.</param>
[GenerateSerializer, Immutable, Alias("slotwright.choose-plan")]
public sealed record ChoosePlan([property: Id(0)] PayerActor Actor, [property: Id(1)] string PlanCode, [property: Id(2)] string? Seen);

[GenerateSerializer, Alias("slotwright.subscription-refusal")]
public enum SubscriptionRefusal
{
    /// <summary>No such account, or not theirs to pay for: it looks the same.</summary>
    NotYours = 1,

    UnknownPlan = 2,

    /// <summary>The account is paused by its reseller: resume it first.</summary>
    Paused = 3,

    /// <summary>What is due must be paid first.</summary>
    PaymentDue = 4,

    /// <summary>Nothing runs that could be cancelled.</summary>
    NothingToCancel = 5,

    /// <summary>It would do something else than was shown: look again.</summary>
    Changed = 6,

    /// <summary>The payment provider does not answer, or there is none.</summary>
    ProviderUnavailable = 7,
}

/// <summary>What a reseller pays for one client; for the list of clients.</summary>
[GenerateSerializer, Immutable, Alias("slotwright.client-subscription")]
public sealed record ClientSubscription
{
    [Id(0)] public required int AccountId { get; init; }

    [Id(1)] public required string PlanCode { get; init; }

    [Id(2)] public required string PlanName { get; init; }

    [Id(3)] public required SubscriptionState State { get; init; }

    /// <summary>A month of its plan; zero while it is free or on trial.</summary>
    [Id(4)] public required Price Monthly { get; init; }

    /// <summary>End of the paid period; null: nothing is paid.</summary>
    [Id(5)] public required Instant? PeriodTo { get; init; }

    [Id(6)] public required string? NextPlanCode { get; init; }

    [Id(7)] public required bool IsCancelled { get; init; }

    [Id(8)] public required Instant? TrialEndsAt { get; init; }
}
