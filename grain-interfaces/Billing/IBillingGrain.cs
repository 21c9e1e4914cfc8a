using Slotwright.Tenancy;

namespace Slotwright.Billing;

/// <summary>
/// What one account subscribes to and what it pays. Key: the account's id; it is the only writer of the account's subscription. Who pays follows
/// from the account's relation at the moment of each charge: its reseller, or itself.
/// </summary>
[TenantGrain, Alias("slotwright.billing-grain")]
public interface IBillingGrain : IGrainWithStringKey
{
    /// <summary>Null: no such account, or not theirs to pay for.</summary>
    [Alias("subscription")]
    Task<SubscriptionFace?> Subscription(PayerActor actor);

    /// <summary>What <see cref="Choose"/> would do now; changes nothing. The same refusals.</summary>
    [Alias("preview")]
    Task<Outcome<PlanPreview, SubscriptionRefusal>> Preview(ChoosePlan command);

    /// <summary>
    /// Takes the plan, changes to it, or goes on with it; a repeat changes nothing more. Larger plans hold at once, smaller ones follow at the
    /// period's end. Refusals in the order of the enum.
    /// </summary>
    [Alias("choose")]
    Task<Outcome<SubscriptionFace, SubscriptionRefusal>> Choose(ChoosePlan command);

    /// <summary>Ends with the paid period; a repeat changes nothing more.</summary>
    [Alias("cancel")]
    Task<Outcome<SubscriptionFace, SubscriptionRefusal>> Cancel(PayerActor actor);

    /// <summary>The months in which this account was charged for itself or its clients, the latest first; may be empty.</summary>
    [Alias("statements")]
    Task<IReadOnlyList<StatementHeading>> Statements();

    /// <summary>One of them; null: nothing was charged in that month.</summary>
    [Alias("statement")]
    Task<Statement?> Statement(string month);

    /// <summary>The provider's page on which this account, as a payer, leaves a card for its charges.</summary>
    [Alias("leave-card")]
    Task<Outcome<ProviderPage, SubscriptionRefusal>> LeaveCard(ProviderReturn visit);

    /// <summary>The provider's page on which this payer changes cards and sees receipts.</summary>
    [Alias("portal")]
    Task<Outcome<ProviderPage, SubscriptionRefusal>> Portal(ProviderReturn visit);
}

/// <summary>Where a visit to the provider's page leads back to.</summary>
/// <param name="Actor">Who goes there.</param>
/// <param name="ReturnUrl">Absolute, on the platform's host.</param>
[GenerateSerializer, Immutable, Alias("slotwright.provider-return")]
public sealed record ProviderReturn([property: Id(0)] PayerActor Actor, [property: Id(1)] string ReturnUrl);

/// <param name="Url">Absolute, on the provider's host.</param>
[GenerateSerializer, Immutable, Alias("slotwright.provider-page")]
public sealed record ProviderPage([property: Id(0)] string Url);

/// <summary>Where a payment provider reports what became of payments. Any key.</summary>
[EntranceGrain, Alias("slotwright.payment-reports")]
public interface IPaymentReportsGrain : IGrainWithStringKey
{
    /// <summary>Believed only when its signature is the provider's and fresh; each is taken once.</summary>
    [Alias("receive")]
    Task<PaymentReportAnswer> Receive(PaymentReport report);
}

/// <param name="Body">Exactly as it came.</param>
/// <param name="Signature">The header that came with it; may be empty.</param>
[GenerateSerializer, Immutable, Alias("slotwright.payment-report")]
public sealed record PaymentReport([property: Id(0)] string Body, [property: Id(1)] string Signature);

[GenerateSerializer, Alias("slotwright.payment-report-answer")]
public enum PaymentReportAnswer
{
    /// <summary>Done, or done before.</summary>
    Taken = 1,

    /// <summary>Not the provider's, too old, or there is no provider here.</summary>
    Refused = 2,
}
