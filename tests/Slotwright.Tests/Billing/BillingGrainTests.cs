using Microsoft.Extensions.DependencyInjection;
using Slotwright.Accounts;
using Slotwright.Resellers;
using Slotwright.Storage;

namespace Slotwright.Billing;

/// <summary>Subscriptions through the grains of the whole product.</summary>
public sealed class BillingGrainTests : IAsyncLifetime
{
    private Product product = null!;
    private int client;
    private int reseller;

    private PayerActor AsReseller => new(1, reseller);

    public async ValueTask InitializeAsync()
    {
        product = await Product.Start();
        client = (await product.Grains.Directory().AccountByName("petite-table"))!.AccountId;
        reseller = (await product.Grains.Directory().AccountByName("atelier-web"))!.AccountId;
    }

    public async ValueTask DisposeAsync() => await product.DisposeAsync();

    [Fact, Trait("Requirement", "82"), Trait("Requirement", "84")]
    public async Task A_taken_plan_holds_at_once_and_stands_on_the_resellers_statement()
    {
        var taken = await product.Grains.Billing(client).Choose(new ChoosePlan(AsReseller, "s", null));

        Assert.Equal(("s", SubscriptionState.Active), (taken.Value!.PlanCode, taken.Value.State));
        var usage = await product.Grains.Account(client).Usage();
        Assert.Equal(("s", 100, AccountStanding.Active), (usage!.PlanCode, usage.Allowed!.Value, usage.Standing));
        var statement = await product.Grains.Billing(reseller).Statement("2027-01");
        Assert.Equal(8m, Assert.Single(statement!.Lines).Price.Net.Amount);
        Assert.Equal("petite-table", statement.Lines[0].AccountName);
        Assert.Empty(await product.Grains.Billing(client).Statements());

        var listed = (await product.Grains.Reseller(reseller).Subscriptions()).Single(one => one.AccountId == client);
        Assert.Equal((10m, 8m), (listed.Monthly.List.Amount, listed.Monthly.Net.Amount));
    }

    [Fact]
    public async Task A_cancelled_plan_counts_with_its_price_until_it_ends()
    {
        await product.Grains.Billing(client).Choose(new ChoosePlan(AsReseller, "s", null));
        await product.Grains.Billing(client).Cancel(AsReseller);
        Assert.Equal((true, 8m), await Listed());

        product.Clock.AdvanceDays(31);
        await product.Services.GetRequiredService<Renewals>().Settle(CancellationToken.None);
        Assert.Equal((false, 0m), await Listed());

        async Task<(bool, decimal)> Listed()
        {
            var listed = (await product.Grains.Reseller(reseller).Subscriptions()).Single(one => one.AccountId == client);
            return (listed.IsCancelled, listed.Monthly.Net.Amount);
        }
    }

    [Fact, Trait("Requirement", "83")]
    public async Task The_clients_own_administrator_and_another_reseller_change_nothing()
    {
        foreach (var foreign in (PayerActor[])[new(1, null), new(1, client), new(1, reseller + 1000)])
        {
            Assert.Null(await product.Grains.Billing(client).Subscription(foreign));
            Assert.Equal(SubscriptionRefusal.NotYours, (await product.Grains.Billing(client).Preview(new ChoosePlan(foreign, "s", null))).Refusal);
            Assert.Equal(SubscriptionRefusal.NotYours, (await product.Grains.Billing(client).Choose(new ChoosePlan(foreign, "s", null))).Refusal);
            Assert.Equal(SubscriptionRefusal.NotYours, (await product.Grains.Billing(client).Cancel(foreign)).Refusal);
        }

        Assert.Equal("free", (await product.Grains.Account(client).Usage())!.PlanCode);
    }

    [Fact]
    public async Task What_a_former_payer_owes_puts_nobody_past_due()
    {
        await product.Grains.Billing(client).Choose(new ChoosePlan(AsReseller, "s", null));
        await Relation("null");

        await product.Grains.Settlement(client).Fail(reseller);
        Assert.Equal(SubscriptionState.Active, (await product.Grains.Billing(client).Subscription(new PayerActor(1, null)))!.State);
        await product.Grains.Settlement(client).Fail(client);
        Assert.Equal(SubscriptionState.PastDue, (await product.Grains.Billing(client).Subscription(new PayerActor(1, null)))!.State);
    }

    [Fact]
    public async Task Months_that_are_over_are_looked_for_once_each()
    {
        var looks = CountingLedger.Of(product.Services.GetRequiredService<ILedgerStore>());
        var renewals = ActivatorUtilities.CreateInstance<Renewals>(product.Services, looks);
        await renewals.Settle(CancellationToken.None);
        await renewals.Settle(CancellationToken.None);
        product.Clock.AdvanceDays(31);
        await renewals.Settle(CancellationToken.None);
        await renewals.Settle(CancellationToken.None);

        Assert.Equal(["2027-01", "2027-02"], ((CountingLedger)looks).Months);
    }

    [Fact]
    public async Task What_would_do_something_else_than_was_shown_is_refused_and_a_repeat_is_harmless()
    {
        var seen = (await product.Grains.Billing(client).Preview(new ChoosePlan(AsReseller, "s", null))).Value!;
        var command = new ChoosePlan(AsReseller, "s", seen.Seen);
        Assert.True((await product.Grains.Billing(client).Choose(command)).Accepted);
        Assert.True((await product.Grains.Billing(client).Choose(command)).Accepted);

        Assert.Equal(SubscriptionRefusal.Changed, (await product.Grains.Billing(client).Choose(new ChoosePlan(AsReseller, "m", seen.Seen))).Refusal);
        Assert.Single((await product.Grains.Billing(reseller).Statement("2027-01"))!.Lines);
    }

    [Fact, Trait("Requirement", "75")]
    public async Task Months_that_were_slept_through_are_charged_once_each_by_two_workers_and_an_unpaid_account_is_free_again()
    {
        await product.Grains.Billing(client).Choose(new ChoosePlan(AsReseller, "s", null));
        product.Clock.AdvanceDays(70);
        var renewals = product.Services.GetRequiredService<Renewals>();

        await Task.WhenAll(renewals.Settle(CancellationToken.None), product.Grains.Settlement(client).Settle());

        Assert.Equal(3, await Charges());
        await product.Grains.Settlement(client).Fail(reseller);
        product.Clock.AdvanceDays(14);
        await renewals.Settle(CancellationToken.None);
        var usage = await product.Grains.Account(client).Usage();
        Assert.Equal(("free", AccountStanding.Free, 50), (usage!.PlanCode, usage.Standing, usage.Allowed!.Value));
        Assert.Equal(SubscriptionState.Lapsed, (await product.Grains.Billing(client).Subscription(AsReseller))!.State);
        Assert.NotEmpty(await product.Grains.Account(client).Schedules());
    }

    [Fact, Trait("Requirement", "73"), Trait("Requirement", "74")]
    public async Task A_trial_ends_in_the_plan_that_was_taken_meanwhile_and_is_never_had_twice()
    {
        Assert.True((await product.Grains.Account(client).StartTrial()).Accepted);
        Assert.Equal(SubscriptionState.Trial, (await product.Grains.Billing(client).Subscription(AsReseller))!.State);
        await product.Grains.Billing(client).Choose(new ChoosePlan(AsReseller, "s", null));
        product.Clock.AdvanceDays(8);
        Assert.Equal(AccountStanding.Active, (await product.Grains.Account(client).Usage())!.Standing);

        await product.Grains.Settlement(client).Fail(reseller);
        product.Clock.AdvanceDays(30);
        await product.Services.GetRequiredService<Renewals>().Settle(CancellationToken.None);

        Assert.Equal(AccountStanding.Free, (await product.Grains.Account(client).Usage())!.Standing);
        Assert.Equal(TrialRefusal.AlreadyUsed, (await product.Grains.Account(client).StartTrial()).Refusal);
    }

    [Fact, Trait("Requirement", "75")]
    public async Task A_statement_nobody_pays_makes_its_accounts_past_due_until_it_is_paid_and_free_when_it_is_not()
    {
        await product.Grains.Billing(client).Choose(new ChoosePlan(AsReseller, "s", null));
        product.Clock.AdvanceDays(31);
        await Round();
        var issued = (await product.Grains.Billing(reseller).Statements()).Single(one => one.Number is not null);
        product.Clock.AdvanceDays(30);
        await Round();
        Assert.Equal(SubscriptionState.Active, await State());

        product.Clock.AdvanceDays(1);
        await Round();
        Assert.Equal(SubscriptionState.PastDue, await State());
        Assert.Equal(1, await product.Count("select count(*) from person_letters where kind = 138"));
        await product.Grains.StatementDesk().Paid(issued.Number!);
        Assert.Equal(SubscriptionState.Active, await State());
        product.Clock.AdvanceDays(1);
        await Round();
        Assert.Equal(SubscriptionState.Active, await State());

        product.Clock.AdvanceDays(31);
        await Round();
        Assert.Equal(SubscriptionState.PastDue, await State());
        product.Clock.AdvanceDays(14);
        await Round();
        Assert.Equal(SubscriptionState.Lapsed, await State());
    }

    [Fact, Trait("Requirement", "74")]
    public async Task No_path_leads_to_a_second_trial()
    {
        var account = product.Grains.Account(client);
        Assert.True((await account.StartTrial()).Accepted);
        product.Clock.AdvanceDays(8);
        var ways = new Func<Task>[]
        {
            async () => Assert.True((await account.Rename("petite-table-2")).Accepted),
            () => Relation("null"),
            () => Relation($"{reseller}"),
            async () => await account.ChangePlan("s"),
            async () => await account.ChangePlan("free"),
            () => product.Grains.Billing(client).Choose(new ChoosePlan(AsReseller, "s", null)),
            () => product.Grains.Billing(client).Cancel(AsReseller),
            () => Task.FromResult(product.Clock).ContinueWith(clock => clock.Result.AdvanceDays(60), TaskScheduler.Default),
            () => product.Grains.Settlement(client).Settle(),
        };

        foreach (var way in ways)
        {
            await way();
            Assert.False((await account.StartTrial()).Accepted);
            Assert.False((await account.Usage())!.MayStartTrial);
        }

        Assert.Equal(AccountStanding.Free, (await account.Usage())!.Standing);
        Assert.Equal(TrialRefusal.AlreadyUsed, (await account.StartTrial()).Refusal);
    }

    private Task<int> Round() => product.Services.GetRequiredService<Renewals>().Settle(CancellationToken.None);

    private async Task<SubscriptionState> State() => (await product.Grains.Billing(client).Subscription(AsReseller))!.State;

    private async Task Relation(string resellerId)
    {
        await product.Services.GetRequiredService<IDatabase>().Write(connection => connection.Run($"update accounts set reseller_id = {resellerId} where id = {client}"));
        await product.Grains.AccountSetup(client).Reload();
    }

    private Task<long> Charges() => product.Services.GetRequiredService<IDatabase>().Read(async connection => Convert.ToInt64(
        await connection.Scalar("select count(*) from ledger where kind = 1 and account_id = @id", ("id", client)), System.Globalization.CultureInfo.InvariantCulture));
}
