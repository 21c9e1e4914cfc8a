using CsCheck;
using NodaTime;
using Slotwright.Accounts;
using static Slotwright.Billing.Terms;

namespace Slotwright.Billing;

public sealed class SubscriptionRulesTests
{
    private static readonly string[] Codes = ["s", "m", "l", "xl"];

    [Fact, Trait("Requirement", "82"), Trait("Requirement", "76")]
    public void A_reseller_takes_a_plan_for_its_client_and_is_charged_the_reduced_price_at_once()
    {
        var chosen = Rules.Choose(Client, null, "s", Reseller, Noon).Value!;

        Assert.Equal(PlanEffect.Begins, chosen.Effect);
        var charge = Assert.Single(chosen.Step!.Entries);
        Assert.Equal((9, 6, "corner-barber", LedgerKind.Charge, "2026-11"), (charge.PayerId, charge.AccountId, charge.AccountName, charge.Kind, charge.Month));
        Assert.Equal((10m, 2m, 8m), (charge.Price.List.Amount, charge.Price.Discount.Amount, charge.Price.Net.Amount));
        Assert.Equal((Noon, Instant.FromUtc(2026, 12, 24, 12, 0)), (chosen.Step.Row.PeriodFrom, chosen.Step.Row.PeriodTo));
        Assert.Equal("s", chosen.Step.PlanCode);
    }

    [Fact, Trait("Requirement", "83"), Trait("Requirement", "90")]
    public void A_clients_subscription_is_its_resellers_alone_and_a_detached_accounts_its_own()
    {
        foreach (var foreign in (PayerActor[])[Owner, new PayerActor(3, 11)])
        {
            Assert.Equal(SubscriptionRefusal.NotYours, Rules.Choose(Client, null, "s", foreign, Noon).Refusal);
            Assert.Equal(SubscriptionRefusal.NotYours, Rules.Cancel(Client, Taken(Client, "s", Noon), foreign).Refusal);
        }

        Assert.Equal(SubscriptionRefusal.NotYours, Rules.Choose(Regular, null, "s", Reseller, Noon).Refusal);
        Assert.True(Rules.Choose(Client with { ResellerId = null }, Taken(Client, "s", Noon), "m", Owner, Noon).Accepted);
    }

    [Fact]
    public void What_goes_with_a_client_that_is_let_go_is_told_at_the_list_price_while_it_is_paid()
    {
        var row = Taken(Client, "s", Noon);

        var leaving = Rules.Leaving(row, row.PeriodTo - Duration.FromMilliseconds(1))!;

        Assert.Equal(("S", row.PeriodTo, 10m, 0m), (leaving.Name, leaving.Until, leaving.Monthly!.Net.Amount, leaving.Monthly.Discount.Amount));
        Assert.Null(Rules.Leaving(row with { PlanCode = "gone" }, Noon)!.Monthly);
        Assert.Null(Rules.Leaving(row, row.PeriodTo));
        Assert.Null(Rules.Leaving(row with { State = SubscriptionState.Paused }, Noon));
        Assert.Null(Rules.Leaving(null, Noon));
    }

    [Fact]
    public void A_larger_plan_holds_at_once_for_as_many_days_as_the_rest_is_worth_and_nothing_is_charged()
    {
        var row = Taken(Client, "s", Instant.FromUtc(2026, 11, 1, 0, 0));

        var chosen = Rules.Choose(Client, row, "m", Reseller, Instant.FromUtc(2026, 11, 16, 0, 0)).Value!;

        Assert.Equal((PlanEffect.Converts, 7, null), (chosen.Effect, chosen.Days, chosen.Now));
        Assert.Empty(chosen.Step!.Entries);
        Assert.Equal(Instant.FromUtc(2026, 11, 23, 0, 0), chosen.Step.Row.PeriodTo);
        Assert.Equal("m", chosen.Step.PlanCode);

        var renewed = Rules.Settle(Client, chosen.Step.Stored(), Instant.FromUtc(2026, 11, 23, 0, 0))!;
        Assert.Equal(16m, Assert.Single(renewed.Entries).Price.Net.Amount);
    }

    [Fact]
    public void With_less_than_a_day_left_a_larger_plan_begins_a_period_of_its_own()
    {
        var row = Taken(Client, "s", Noon);

        var chosen = Rules.Choose(Client, row, "xl", Reseller, row.PeriodTo - Duration.FromHours(1)).Value!;

        Assert.Equal((PlanEffect.Restarts, 64m), (chosen.Effect, chosen.Now!.Net.Amount));
    }

    [Fact]
    public void A_smaller_plan_follows_at_the_periods_end_and_can_be_taken_back()
    {
        var row = Taken(Regular, "m", Noon);

        var chosen = Rules.Choose(Regular, row, "s", Owner, Noon + Duration.FromDays(3)).Value!;
        Assert.Equal((PlanEffect.Follows, null, row.PeriodTo), (chosen.Effect, chosen.Now, chosen.From));
        Assert.Equal("m", chosen.Step!.PlanCode);
        var waiting = chosen.Step.Stored();
        Assert.Null(Rules.Choose(Regular, waiting, "s", Owner, Noon).Value!.Step);

        var kept = Rules.Choose(Regular, waiting, "m", Owner, Noon).Value!;
        Assert.Equal(PlanEffect.GoesOn, kept.Effect);
        Assert.Null(kept.Step!.Row.NextPlan);

        var renewed = Rules.Settle(Regular, waiting, row.PeriodTo)!;
        Assert.Equal(("s", "s", 10m), (renewed.PlanCode, renewed.Row.PlanCode, renewed.Entries.Single().Price.Net.Amount));
    }

    [Fact, Trait("Requirement", "84")]
    public void A_cancelled_subscription_runs_to_its_end_and_leaves_a_free_account()
    {
        var row = Rules.Cancel(Client, Taken(Client, "l", Noon), Reseller).Value!.Step!.Stored();

        Assert.Null(Rules.Settle(Client, row, row.PeriodTo - Duration.FromMilliseconds(1)));
        var ended = Rules.Settle(Client, row, row.PeriodTo)!;

        Assert.Equal((PlansOptions.Free, SubscriptionState.Free), (ended.PlanCode, ended.Row.State));
        Assert.Empty(ended.Entries);
        Assert.Null(Rules.Settle(Client, ended.Stored(), row.PeriodTo + Duration.FromDays(400)));
        Assert.Equal(SubscriptionRefusal.NothingToCancel, Rules.Cancel(Client, ended.Stored(), Reseller).Refusal);
    }

    [Fact, Trait("Requirement", "75"), Trait("Requirement", "84")]
    public void A_failed_payment_lapses_after_the_days_of_grace_and_what_was_not_delivered_is_not_owed()
    {
        var row = Taken(Client, "s", Instant.FromUtc(2026, 11, 1, 0, 0));
        var late = Rules.Failed(row, Instant.FromUtc(2026, 11, 2, 0, 0))!.Stored();
        Assert.Equal(SubscriptionRefusal.PaymentDue, Rules.Choose(Client, late, "m", Reseller, Noon).Refusal);
        Assert.Null(Rules.Settle(Client, late, Instant.FromUtc(2026, 11, 15, 23, 59)));

        var lapsed = Rules.Settle(Client with { ChargedTo = 9 }, late, Instant.FromUtc(2026, 11, 16, 0, 0))!;

        Assert.Equal((PlansOptions.Free, SubscriptionState.Lapsed), (lapsed.PlanCode, lapsed.Row.State));
        var credit = Assert.Single(lapsed.Entries);
        Assert.Equal((LedgerKind.Credit, 9, -4m), (credit.Kind, credit.PayerId, credit.Price.Net.Amount));
        Assert.Equal(SubscriptionState.Lapsed, SubscriptionRules.StateOf(new StoredSubscription(Client, lapsed.Row), Noon));
        Assert.Equal(PlanEffect.Begins, Rules.Choose(Client, lapsed.Stored(), "s", Reseller, Noon).Value!.Effect);
    }

    [Fact]
    public void A_payment_that_comes_within_the_days_of_grace_leaves_everything_as_it_was()
    {
        var row = Taken(Client, "s", Noon);

        var paid = Rules.Paid(Rules.Failed(row, Noon)!.Stored())!.Stored();

        Assert.Equal(row with { Version = paid.Version }, paid);
        Assert.Null(Rules.Paid(row));
    }

    [Fact]
    public void While_an_account_is_paused_nothing_is_charged_and_its_period_begins_when_it_is_resumed()
    {
        var row = Taken(Client, "s", Noon);
        var paused = Client with { IsPaused = true };
        var waiting = Rules.Settle(paused, row, row.PeriodTo + Duration.FromDays(1))!;
        Assert.Empty(waiting.Entries);
        Assert.Null(Rules.Settle(paused, waiting.Stored(), row.PeriodTo + Duration.FromDays(90)));
        Assert.Equal(SubscriptionRefusal.Paused, Rules.Choose(paused, row, "m", Reseller, Noon).Refusal);

        var resumed = row.PeriodTo + Duration.FromDays(100);
        var renewed = Rules.Settle(Client, waiting.Stored(), resumed)!;

        Assert.Equal(resumed, renewed.Row.PeriodFrom);
        Assert.Single(renewed.Entries);
    }

    [Fact, Trait("Requirement", "6"), Trait("Requirement", "77")]
    public void Attachment_is_judged_at_each_charge_and_the_paid_time_stays()
    {
        var row = Taken(Client, "s", Noon);

        var alone = Rules.Settle(Client with { ResellerId = null }, row, row.PeriodTo)!.Entries.Single();
        var other = Rules.Settle(Client with { ResellerId = 11 }, row, row.PeriodTo)!.Entries.Single();

        Assert.Equal((6, 10m), (alone.PayerId, alone.Price.Net.Amount));
        Assert.Equal((11, 8m), (other.PayerId, other.Price.Net.Amount));
        Assert.Null(Rules.Settle(Client with { ResellerId = null }, row, row.PeriodTo - Duration.FromMilliseconds(1)));
    }

    [Fact]
    public void Missed_months_are_charged_each_on_its_own_and_posted_when_they_are_made_up()
    {
        var row = Taken(Client, "s", Instant.FromUtc(2026, 8, 31, 12, 0));
        var charges = new List<LedgerEntry>();
        while (Rules.Settle(Client, row, Noon) is { } step)
        {
            charges.AddRange(step.Entries);
            row = step.Stored();
        }

        Assert.Equal(
            ["2026-09-30T12:00:00Z", "2026-10-31T12:00:00Z"], charges.Select(charge => charge.PeriodFrom!.Value.ToString("uuuu-MM-ddTHH:mm:ss'Z'", null)));
        Assert.All(charges, charge => Assert.Equal("2026-11", charge.Month));
        Assert.Equal(charges.Count, charges.Select(charge => charge.Key).Distinct().Count());
    }

    [Fact, Trait("Requirement", "84")]
    public void Plans_are_offered_with_rising_limits()
    {
        var offers = Rules.Offers(Regular);

        Assert.Equal(["s", "m", "l", "xl"], offers.Select(offer => offer.Code));
        Assert.Equal(offers.Select(offer => offer.Upcoming), offers.Select(offer => offer.Upcoming).Order());
        Assert.Equal(SubscriptionRefusal.UnknownPlan, Rules.Choose(Regular, null, "free", Owner, Noon).Refusal);
        Assert.Equal(SubscriptionRefusal.UnknownPlan, Rules.Choose(Regular, null, "gold", Owner, Noon).Refusal);
    }

    /// <summary>Whatever is pressed and however time passes: value is never made, and an account has a plan exactly while it is paid for or in grace.</summary>
    [Fact]
    public void No_order_of_acts_makes_value_or_leaves_an_unpaid_plan() => Gen.Select(Gen.Int[0, 7], Gen.Int[0, 40 * 24], (act, hours) => (act, hours)).List[1, 25].Sample(acts =>
    {
        var (now, account) = (Noon, Regular);
        SubscriptionRow? row = null;
        decimal charged = 0, used = 0;
        foreach (var (act, hours) in acts)
        {
            var step = act switch
            {
                < 4 => Rules.Choose(account, row, Codes[act], Owner, now).Value?.Step,
                4 => Rules.Cancel(account, row, Owner).Value?.Step,
                5 => row is null ? null : Rules.Failed(row, now),
                6 => row is null ? null : Rules.Paid(row),
                _ => null,
            };
            Store(step);
            now += Duration.FromHours(hours);
            while (row is not null && Rules.Settle(account, row, now) is { } due)
            {
                Store(due);
            }

            Assert.Equal(row is { Runs: true } ? row.PlanCode : PlansOptions.Free, account.PlanCode);
            Assert.True(row is not { State: SubscriptionState.Active } || row.PeriodTo > now);
        }

        Assert.True(used <= charged + 0.000001m, $"{used} used of {charged}");

        void Store(BillingStep? step)
        {
            if (step is null)
            {
                return;
            }

            if (row is { Runs: true } && step.Row.PeriodFrom != row.PeriodFrom)
            {
                // What a period that is left behind stood for was used up or carried over.
                var end = Instant.Min(step.Row.PeriodFrom, row.PeriodTo);
                used += row.Paid.Amount - Conversion.Unused(row.Paid.Amount, row.PeriodFrom, row.PeriodTo, end);
                used += step.Entries.Count == 0 ? Conversion.Unused(row.Paid.Amount, row.PeriodFrom, row.PeriodTo, end) - step.Row.Paid.Amount : 0;
                Assert.True(step.Entries.Count > 0 || step.Row.Paid.Amount <= Conversion.Unused(row.Paid.Amount, row.PeriodFrom, row.PeriodTo, end));
            }

            charged += step.Entries.Where(entry => entry.Kind == LedgerKind.Charge).Sum(entry => entry.Price.Net.Amount);
            row = step.Stored();
            account = account with { PlanCode = step.PlanCode };
        }
    }, seed: Seed, iter: 2_000, threads: 1);
}
