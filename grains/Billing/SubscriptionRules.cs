using System.Globalization;
using NodaTime;
using Slotwright.Accounts;

namespace Slotwright.Billing;

/// <summary>What may become of a subscription, and what it costs. Pure: the time is a parameter, in whole milliseconds.</summary>
public sealed partial class SubscriptionRules(PlansOptions plans, BillingOptions terms)
{
    public Price PriceOf(string planCode, BilledAccount account) =>
        Discount.Price(plans.Find(planCode)?.MonthlyPrice ?? 0, account.IsReduced, terms);

    /// <summary>Plans that can be taken, ascending by what they hold.</summary>
    public IReadOnlyList<PlanOffer> Offers(BilledAccount account) =>
    [
        .. plans.ByCode.Where(plan => !IsFree(plan.Key)).OrderBy(plan => plan.Value.Allowed).ThenBy(plan => plan.Value.MonthlyPrice).Select(plan => new PlanOffer
        {
            Code = plan.Key.ToLowerInvariant(),
            Name = plan.Value.Name,
            Upcoming = plan.Value.Upcoming,
            KeptPast = plan.Value.KeptPast,
            Webhooks = plan.Value.Webhooks,
            Feeds = plan.Value.Feeds,
            Price = PriceOf(plan.Key, account),
        }),
    ];

    /// <summary>What of a client's plan goes with it when it is let go; null: nothing that is paid.</summary>
    public LeavingPlan? Leaving(SubscriptionRow? row, Instant now) =>
        row is { State: SubscriptionState.Active or SubscriptionState.PastDue } && row.PeriodTo > now
            ? new LeavingPlan(
                NameOf(row.PlanCode),
                row.PeriodTo,
                terms.TimeZone,
                plans.Find(row.PlanCode) is { } plan ? Discount.Price(plan.MonthlyPrice, reduced: false, terms) : null)
            : null;

    /// <summary>A client's subscription is its reseller's alone, a regular account's its own.</summary>
    public static bool IsTheirs(BilledAccount account, PayerActor actor) => account.ResellerId == actor.ResellerId;

    /// <summary>What choosing the plan does now, and the step that does it; the step is null when nothing changes.</summary>
    public Outcome<PlanChoice, SubscriptionRefusal> Choose(BilledAccount account, SubscriptionRow? row, string planCode, PayerActor actor, Instant now)
    {
        var code = planCode.ToLowerInvariant();
        return !IsTheirs(account, actor) ? SubscriptionRefusal.NotYours
            : IsFree(code) || plans.Find(code) is null ? SubscriptionRefusal.UnknownPlan
            : account.IsPaused ? SubscriptionRefusal.Paused
            : row is { State: SubscriptionState.PastDue } ? SubscriptionRefusal.PaymentDue
            : row is not { State: SubscriptionState.Active } ? Begin(account, row, code, now, PlanEffect.Begins)
            : string.Equals(row.PlanCode, code, StringComparison.Ordinal) ? GoOn(row)
            : Change(account, row, code, now);
    }

    /// <summary>Ends with the paid period; the step is null when it was cancelled already.</summary>
    public Outcome<PlanChoice, SubscriptionRefusal> Cancel(BilledAccount account, SubscriptionRow? row, PayerActor actor) =>
        !IsTheirs(account, actor) ? SubscriptionRefusal.NotYours
        : row is not { Runs: true } ? SubscriptionRefusal.NothingToCancel
        : row.IsCancelled ? new PlanChoice { Effect = PlanEffect.Follows, PlanCode = PlansOptions.Free, From = row.PeriodTo, NextCharge = row.PeriodTo }
        : new PlanChoice
        {
            Effect = PlanEffect.Follows,
            PlanCode = PlansOptions.Free,
            From = row.PeriodTo,
            NextCharge = row.PeriodTo,
            Step = new BillingStep(Due(row with { IsCancelled = true, NextPlan = null }), row.PlanCode, [], SubscriptionEvent.Cancelled),
        };

    private PlanChoice Begin(BilledAccount account, SubscriptionRow? row, string code, Instant now, PlanEffect effect)
    {
        var next = NewPeriod(account, row, code, new PeriodStart(now, Periods.Anchor(now, terms.Zone), now), out var charge);
        return new PlanChoice
        {
            Effect = effect,
            PlanCode = code,
            Now = charge.Price,
            From = now,
            NextCharge = next.PeriodTo,
            Step = new BillingStep(next, code, [charge], effect == PlanEffect.Begins ? SubscriptionEvent.Taken : SubscriptionEvent.Changed),
        };
    }

    private static PlanChoice GoOn(SubscriptionRow row) => new()
    {
        Effect = PlanEffect.GoesOn,
        PlanCode = row.PlanCode,
        From = row.PeriodFrom,
        NextCharge = row.PeriodTo,
        Step = row.NextPlan is null && !row.IsCancelled
            ? null
            : new BillingStep(row with { NextPlan = null, IsCancelled = false }, row.PlanCode, [], SubscriptionEvent.GoesOn),
    };

    private PlanChoice Change(BilledAccount account, SubscriptionRow row, string code, Instant now)
    {
        var (present, wanted) = (plans.Find(row.PlanCode)?.MonthlyPrice ?? 0, plans.Find(code)!.MonthlyPrice);
        var monthly = PriceOf(code, account).Net;
        if (wanted < present || monthly.Amount == 0 || row.Paid.Currency != terms.Currency)
        {
            return Follow(row, code);
        }

        var anchor = Periods.Anchor(now, terms.Zone);
        var (days, worth) = Conversion.Of(
            row.Paid.Amount, row.PeriodFrom, row.PeriodTo, now, monthly.Amount, Periods.Next(now, anchor, terms.Zone) - now);
        if (days == 0)
        {
            return Begin(account, row, code, now, PlanEffect.Restarts);
        }

        var to = now + Duration.FromDays(days);
        var next = Due(row with
        {
            PlanCode = code,
            PeriodFrom = now,
            PeriodTo = to,
            AnchorDay = Periods.Anchor(to, terms.Zone),
            Paid = RoundedDown(worth),
            NextPlan = null,
            IsCancelled = false,
        });
        return new PlanChoice
        {
            Effect = PlanEffect.Converts,
            PlanCode = code,
            Days = days,
            From = now,
            NextCharge = to,
            Step = new BillingStep(next, code, [], SubscriptionEvent.Changed),
        };
    }

    private static PlanChoice Follow(SubscriptionRow row, string code) => new()
    {
        Effect = PlanEffect.Follows,
        PlanCode = code,
        From = row.PeriodTo,
        NextCharge = row.PeriodTo,
        Step = row.NextPlan == code && !row.IsCancelled
            ? null
            : new BillingStep(row with { NextPlan = code, IsCancelled = false }, row.PlanCode, [], SubscriptionEvent.WillChange),
    };

    /// <summary>Value is never made by changing back and forth.</summary>
    private Money RoundedDown(decimal worth)
    {
        var rounded = Money.Rounded(worth, terms.Currency);
        return rounded.Amount <= worth ? rounded : rounded - Money.OfMinor(1, terms.Currency);
    }

    private SubscriptionRow NewPeriod(BilledAccount account, SubscriptionRow? row, string code, PeriodStart start, out LedgerEntry charge)
    {
        var (from, anchor, postedAt) = start;
        var price = PriceOf(code, account);
        var to = Periods.Next(from, anchor, terms.Zone);
        charge = new LedgerEntry
        {
            PayerId = account.PayerId,
            AccountId = account.Id,
            AccountName = account.Name,
            PlanCode = code,
            PlanName = NameOf(code),
            Kind = LedgerKind.Charge,
            Month = Periods.Month(postedAt, terms.Zone),
            PeriodFrom = from,
            PeriodTo = to,
            Price = price,
            At = postedAt,
            Key = ChargeKey(account.Id, from),
        };
        return Due(new SubscriptionRow
        {
            AccountId = account.Id,
            PlanCode = code,
            State = SubscriptionState.Active,
            AnchorDay = anchor,
            PeriodFrom = from,
            PeriodTo = to,
            Paid = price.Net,
            Version = row?.Version ?? 0,
        });
    }

    /// <summary>What is charged late is of the month in which it is posted: a statement that was issued never changes.</summary>
    private readonly record struct PeriodStart(Instant From, int AnchorDay, Instant PostedAt);

    public string NameOf(string code) => plans.Find(code)?.Name ?? code;

    /// <summary>An account's period is charged once, whoever tries again.</summary>
    public static string ChargeKey(int accountId, Instant from) =>
        string.Create(CultureInfo.InvariantCulture, $"charge:{accountId}:{from.ToUnixTimeMilliseconds()}");

    private static bool IsFree(string code) => string.Equals(code, PlansOptions.Free, StringComparison.OrdinalIgnoreCase);
}

/// <summary>What a choice does.</summary>
public sealed record PlanChoice
{
    public required PlanEffect Effect { get; init; }

    public required string PlanCode { get; init; }

    /// <summary>Charged now; null: nothing is.</summary>
    public Price? Now { get; init; }

    public int Days { get; init; }

    public required Instant From { get; init; }

    public required Instant NextCharge { get; init; }

    /// <summary>Null: it stands so already.</summary>
    public BillingStep? Step { get; init; }
}
