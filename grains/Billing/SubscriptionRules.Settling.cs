using System.Globalization;
using NodaTime;
using Slotwright.Accounts;

namespace Slotwright.Billing;

/// <summary>What happens of itself as time passes and payments come or fail.</summary>
public sealed partial class SubscriptionRules
{
    /// <summary>
    /// The next thing that is due by now; null: nothing is. A process that slept asks again until nothing is, so that each missed period is charged as
    /// one of its own.
    /// </summary>
    public BillingStep? Settle(BilledAccount account, SubscriptionRow row, Instant now) => row switch
    {
        // Resumed: the time of the pause was not paid and is not charged, so the next period begins now.
        { State: SubscriptionState.Paused } => account.IsPaused ? null : row.IsCancelled ? End(row) : Renew(account, row, new PeriodStart(now, Periods.Anchor(now, terms.Zone), now)),
        { State: SubscriptionState.PastDue } when LapsesAt(row) <= now => Lapse(account, row, now),
        { State: SubscriptionState.Active } when row.PeriodTo <= now =>
            row.IsCancelled ? End(row)
            : account.IsPaused ? new BillingStep(Due(row with { State = SubscriptionState.Paused }), row.PlanCode, [], null)
            : Renew(account, row, new PeriodStart(row.PeriodTo, row.AnchorDay, now)),
        _ => null,
    };

    /// <summary>A payment of the present period failed; null: there is nothing that it could stop.</summary>
    public BillingStep? Failed(SubscriptionRow row, Instant now) => row.State is SubscriptionState.Active
        ? new BillingStep(Due(row with { State = SubscriptionState.PastDue, PastDueSince = now }), row.PlanCode, [], SubscriptionEvent.PaymentFailed)
        : null;

    /// <summary>What was due is paid; null: it was not past due.</summary>
    public BillingStep? Paid(SubscriptionRow row) => row.State == SubscriptionState.PastDue
        ? new BillingStep(Due(row with { State = SubscriptionState.Active, PastDueSince = null }), row.PlanCode, [], null)
        : null;

    public Instant? LapsesAt(SubscriptionRow row) => row is { State: SubscriptionState.PastDue, PastDueSince: { } since }
        ? since + Duration.FromDays(terms.GraceDays)
        : null;

    /// <summary>As a payer reads it.</summary>
    public static SubscriptionState StateOf(StoredSubscription stored, Instant now) => stored switch
    {
        { Account.IsPaused: true } => SubscriptionState.Paused,
        { Row: { State: SubscriptionState.PastDue } } => SubscriptionState.PastDue,
        { Row: { Runs: true } } => SubscriptionState.Active,

        // Put on a plan by the operator, who charges nothing for it.
        _ when !IsFree(stored.Account.PlanCode) => SubscriptionState.Active,
        _ when Trial.IsRunning(stored.Account.TrialEndsAt, now) => SubscriptionState.Trial,
        { Row: { State: SubscriptionState.Lapsed } } => SubscriptionState.Lapsed,
        _ => SubscriptionState.Free,
    };

    private BillingStep Renew(BilledAccount account, SubscriptionRow row, PeriodStart start)
    {
        var code = row.NextPlan ?? row.PlanCode;
        if (IsFree(code) || plans.Find(code) is null)
        {
            // The operator sells this plan no more.
            return End(row);
        }

        var next = NewPeriod(account, row, code, start, out var charge);
        return new BillingStep(next, code, [charge], SubscriptionEvent.Renewed);
    }

    private BillingStep End(SubscriptionRow row) => new(
        Due(row with { State = SubscriptionState.Free, NextPlan = null, Paid = Money.Zero(row.Paid.Currency) }), PlansOptions.Free, [], SubscriptionEvent.Ended);

    /// <summary>Free again. What of the unpaid period was not delivered is taken off what is owed.</summary>
    private BillingStep Lapse(BilledAccount account, SubscriptionRow row, Instant now)
    {
        var at = Instant.Min(now, LapsesAt(row)!.Value);
        var unused = Money.Rounded(Conversion.Unused(row.Paid.Amount, row.PeriodFrom, row.PeriodTo, at), row.Paid.Currency);
        var zero = Money.Zero(row.Paid.Currency);
        var vat = Money.Rounded(-unused.Amount * terms.VatPercent / 100, row.Paid.Currency);
        var credit = new LedgerEntry
        {
            PayerId = account.ChargedTo ?? account.PayerId,
            AccountId = account.Id,
            AccountName = account.Name,
            PlanCode = row.PlanCode,
            PlanName = NameOf(row.PlanCode),
            Kind = LedgerKind.Credit,
            Month = Periods.Month(now, terms.Zone),
            PeriodFrom = Instant.Min(at, row.PeriodTo),
            PeriodTo = row.PeriodTo,
            Price = new Price(-unused, zero, -unused, vat),
            At = now,
            Key = string.Create(CultureInfo.InvariantCulture, $"lapse:{account.Id}:{row.PeriodFrom.ToUnixTimeMilliseconds()}"),
        };
        return new BillingStep(
            Due(row with { State = SubscriptionState.Lapsed, NextPlan = null, IsCancelled = false, Paid = zero }),
            PlansOptions.Free,
            unused.Amount == 0 ? [] : [credit],
            SubscriptionEvent.Lapsed);
    }

    private SubscriptionRow Due(SubscriptionRow row) => row with
    {
        DueAt = row.State switch
        {
            SubscriptionState.Active => row.PeriodTo,
            SubscriptionState.PastDue => LapsesAt(row),
            _ => null,
        },
    };
}
