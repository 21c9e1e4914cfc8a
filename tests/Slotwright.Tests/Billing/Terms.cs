using NodaTime;
using Slotwright.Accounts;

namespace Slotwright.Billing;

/// <summary>Plans and accounts for the rules.</summary>
internal static class Terms
{
    public static readonly Instant Noon = Instant.FromUtc(2026, 11, 24, 12, 0);

    /// <summary>Of CsCheck: every run sees the same cases.</summary>
    public const string Seed = "0N0XIzNsQ0O2";

    public static readonly PayerActor Owner = new(1, null);
    public static readonly PayerActor Reseller = new(2, 9);

    public static readonly BillingOptions Options = new();

    public static PlansOptions Plans
    {
        get
        {
            var plans = new PlansOptions();
            foreach (var (code, plan) in PlansOptions.Defaults)
            {
                plans.ByCode[code] = plan;
            }

            return plans;
        }
    }

    public static SubscriptionRules Rules { get; } = new(Plans, Options);

    /// <summary>A regular account.</summary>
    public static BilledAccount Regular { get; } = new()
    {
        Id = 5,
        Name = "harbour-yoga",
        ResellerId = null,
        IsReseller = false,
        IsPaused = false,
        PlanCode = "free",
        TrialStartedAt = null,
        TrialEndsAt = null,
        Payer = new PayingPerson(1, "owner@harbour-yoga.example"),
    };

    /// <summary>A client of reseller 9.</summary>
    public static BilledAccount Client { get; } = Regular with { Id = 6, Name = "corner-barber", ResellerId = 9, Payer = new PayingPerson(2, "owner@atelier-web.example") };

    /// <summary>The row once the step is stored.</summary>
    public static SubscriptionRow Stored(this BillingStep step) => step.Row with { Version = step.Row.Version + 1 };

    public static SubscriptionRow Taken(BilledAccount account, string plan, Instant at) =>
        Rules.Choose(account, null, plan, new PayerActor(1, account.ResellerId), at).Value!.Step!.Stored();
}
