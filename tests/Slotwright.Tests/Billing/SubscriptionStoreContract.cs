using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Slotwright.Storage;
using Slotwright.Storage.Billing;

namespace Slotwright.Billing;

/// <summary>The rows of subscriptions and of the ledger, on both databases.</summary>
public abstract class SubscriptionStoreContract : StorageContract
{
    private ISubscriptionStore Store => Bench.Services.GetRequiredService<ISubscriptionStore>();

    private CardStore Cards => new(Bench.Database);

    private ILedgerStore Ledger => Bench.Services.GetRequiredService<ILedgerStore>();

    [Fact, Trait("Requirement", "6")]
    public async Task What_is_charged_is_stored_with_the_plan_in_one_transaction_and_counts_once()
    {
        var id = await Bench.Account(allowed: 50);
        var taken = await Choose(id, "s");

        Assert.True(await Apply(taken));
        Assert.False(await Apply(taken));

        var row = await Bench.Accounts.Load(id);
        Assert.Equal(("s", 100), (row!.PlanCode, row.Allowed));
        Assert.Equal(1, await Bench.Number("select count(*) from ledger"));
        Assert.Equal(taken.Step.Row with { Version = 1 }, (await Store.Load(id))!.Row);
    }

    [Fact]
    public async Task Of_many_who_renew_at_once_one_charges()
    {
        var id = await Bench.Account();
        Assert.True(await Apply(await Choose(id, "s")));
        Bench.Clock.AdvanceDays(40);
        var stored = (await Store.Load(id))!;
        var step = Terms.Rules.Settle(stored.Account, stored.Row!, Now)!;

        var done = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => Apply((stored.Account, step)))));

        Assert.Single(done, one => one);
        Assert.Equal(2, await Bench.Number("select count(*) from ledger where account_id = @id", ("id", id)));
    }

    [Fact]
    public async Task A_step_judged_before_the_relation_changed_is_not_stored()
    {
        var reseller = await Reseller();
        var id = await Bench.Account();
        await Run("update accounts set reseller_id = @reseller where id = @id", ("reseller", reseller), ("id", id));
        var stored = (await Store.Load(id))!;
        Assert.Equal(reseller, stored.Account.PayerId);
        var step = Terms.Rules.Choose(stored.Account, null, "s", new PayerActor(1, reseller), Now).Value!.Step!;

        await Run("update accounts set reseller_id = null where id = @id", ("id", id));

        Assert.False(await Apply((stored.Account, step)));
        Assert.Equal(0, await Bench.Number("select count(*) from ledger") + await Bench.Number("select count(*) from subscriptions"));
        Assert.Equal("free", (await Bench.Accounts.Load(id))!.PlanCode);
    }

    [Fact]
    public async Task A_charge_whose_key_is_there_takes_everything_back()
    {
        var id = await Bench.Account();
        var taken = await Choose(id, "s");
        Assert.True(await Apply(taken));
        await Run("delete from subscriptions");
        await Run("update accounts set plan = 'free'");

        Assert.False(await Apply(taken));

        Assert.Equal(0, await Bench.Number("select count(*) from subscriptions"));
        Assert.Equal("free", (await Bench.Accounts.Load(id))!.PlanCode);
    }

    [Fact]
    public async Task What_is_due_is_leased_to_one_and_again_when_the_lease_is_over()
    {
        var (due, later) = (await Bench.Account(), await Bench.Account());
        Assert.True(await Apply(await Choose(due, "s")));
        Bench.Clock.AdvanceDays(20);
        Assert.True(await Apply(await Choose(later, "s")));
        Bench.Clock.AdvanceDays(20);

        Assert.Equal([due], await Store.LeaseDue(Now, Now + Duration.FromMinutes(2), 10));
        Assert.Empty(await Store.LeaseDue(Now, Now + Duration.FromMinutes(2), 10));
        Bench.Clock.AdvanceMinutes(2);
        Assert.Equal([due], await Store.LeaseDue(Now, Now + Duration.FromMinutes(2), 10));
    }

    [Fact]
    public async Task Statements_are_numbered_once_after_their_month_and_paid_once()
    {
        var reseller = await Reseller();
        var clients = new List<int>();
        foreach (var plan in (string[])["s", "m", "l"])
        {
            var id = await Bench.Account();
            await Run("update accounts set reseller_id = @reseller where id = @id", ("reseller", reseller), ("id", id));
            Assert.True(await Apply(await Choose(id, plan)));
            clients.Add(id);
        }

        Assert.Equal(0, await Ledger.Issue("2026-11", Now));
        Assert.Equal(1, await Ledger.Issue("2026-12", Now));
        Assert.Equal(0, await Ledger.Issue("2026-12", Now));

        var heading = Assert.Single(await Ledger.Months(reseller));
        var lines = await Ledger.Lines(reseller, "2026-11");
        Assert.Equal(($"2026-11-{reseller}", 56m, 3, false), (heading.Number, heading.Total.Amount, heading.Lines, heading.IsPaid));
        Assert.Equal(heading.Total.Amount, lines.Sum(line => line.Price.Total.Amount));
        Assert.Equal(await Bench.Number("select sum(net + vat) from ledger where payer_id = @id", ("id", reseller)), heading.Total.Minor());
        Assert.Equal(clients, await Ledger.Charged(heading.Number!));

        await Run("update subscriptions set state = 4, past_due_since = 1 where account_id = @id", ("id", clients[0]));
        Assert.True((await Ledger.Pay(heading.Number!, "2026-12", Now))!.IsPaid);
        Assert.True((await Ledger.Pay(heading.Number!, "2026-12", Now))!.IsPaid);
        Assert.Null(await Ledger.Pay("2026-11-0", "2026-12", Now));

        Assert.True((await Ledger.Months(reseller)).Single().IsPaid);
        Assert.Equal(0, await Bench.Number("select sum(net + vat) from ledger where payer_id = @id", ("id", reseller)));
        Assert.Equal(SubscriptionState.Active, (await Store.Load(clients[0]))!.Row!.State);
    }

    [Fact]
    public async Task Of_an_unpaid_statement_those_are_told_who_were_charged_by_invoice_and_are_its_payers_still()
    {
        var reseller = await Reseller();
        var (byInvoice, byCard, gone, free) = (await Bench.Account(), await Bench.Account(), await Bench.Account(), await Bench.Account());
        foreach (var id in (int[])[byInvoice, byCard, gone, free])
        {
            await Run("update accounts set reseller_id = @reseller where id = @id", ("reseller", reseller), ("id", id));
            Assert.True(await Apply(await Choose(id, "s")));
        }

        await Run("insert into collections (idempotency, payer_id, account_id, amount, currency, state, due_at) select idempotency, payer_id, account_id, net + vat, currency, 3, at from ledger where account_id = @id", ("id", byCard));
        await Run("update ledger set list = 0, discount = 0, net = 0, vat = 0 where account_id = @id", ("id", free));
        Assert.Equal(1, await Ledger.Issue("2026-12", Now));
        var number = $"2026-11-{reseller}";

        Assert.Empty(await Ledger.Overdue(Now));
        Assert.Equal([number], await Ledger.Overdue(Now + Duration.FromMilliseconds(1)));
        Assert.Equal([byInvoice, gone], await Ledger.Charged(number));
        await Run("update accounts set reseller_id = null where id = @id", ("id", gone));
        Assert.Equal([number], await Ledger.Overdue(Now + Duration.FromMilliseconds(1)));
        await Run("update subscriptions set state = 4, past_due_since = 1 where account_id = @id", ("id", byInvoice));
        Assert.Empty(await Ledger.Overdue(Now + Duration.FromMilliseconds(1)));

        await Ledger.Pay(number, "2026-12", Now);
        Assert.Equal(SubscriptionState.Active, (await Store.Load(byInvoice))!.Row!.State);
        Assert.Empty(await Ledger.Overdue(Now + Duration.FromMilliseconds(1)));
    }

    [Fact]
    public async Task What_a_statements_payment_settles_is_asked_of_no_card_and_a_repeat_changes_nothing()
    {
        var (reseller, clients) = await ClientsOnCard(3);
        await Fail(clients[1]);
        Assert.True(await Cards.Pay(null, await Charge(clients[2]), "2026-11", Now));
        await Ledger.Issue("2026-12", Now);

        var paid = await Ledger.Pay($"2026-11-{reseller}", "2026-12", Now);

        Assert.Equal((24m, true), (paid!.Paid.Amount, paid.IsPaid));
        Assert.Equal([5, 5, 3], await States(clients));
        Assert.Equal(SubscriptionState.Active, (await Store.Load(clients[1]))!.Row!.State);
        await PastDue(clients);
        Assert.Equal(paid, await Ledger.Pay($"2026-11-{reseller}", "2026-12", Now));
        Assert.True(await Cards.Pay(null, await Charge(clients[2]), "2026-12", Now));
        Assert.Equal(3, await Bench.Number("select count(*) from subscriptions where state = 4"));

        Assert.True(await Cards.LeaveCard("evt_other", reseller, "pm_2", Now));
        Assert.Empty(await Cards.LeaseDue(Now, Now + Duration.FromMinutes(2), 10));
        Assert.True((await Cards.Find(await Charge(clients[0])))!.Value.IsPaid);
    }

    [Fact]
    public async Task What_a_lapsed_subscription_owed_is_asked_of_no_card_that_is_left_later()
    {
        var (reseller, clients) = await ClientsOnCard(2);
        await Fail(clients[0]);
        await Fail(clients[1]);
        Bench.Clock.AdvanceDays(14);
        var stored = (await Store.Load(clients[0]))!;
        Assert.True(await Apply((stored.Account, Terms.Rules.Settle(stored.Account, stored.Row!, Now)!)));
        Assert.Equal([5, 4], await States(clients));

        Assert.True(await Apply(await Choose(clients[0], "s")));
        await Fail(clients[0]);
        Assert.True(await Cards.LeaveCard("evt_other", reseller, "pm_2", Now));

        var asked = await Cards.LeaseDue(Now, Now + Duration.FromMinutes(2), 10);
        Assert.Equal([SubscriptionRules.ChargeKey(clients[0], Now), await Charge(clients[1])], asked.Select(one => one.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_resellers_clients_are_read_together_and_nobody_elses()
    {
        var reseller = await Reseller();
        var (mine, other) = (await Bench.Account(), await Bench.Account());
        await Run("update accounts set reseller_id = @reseller where id = @id", ("reseller", reseller), ("id", mine));
        Assert.True(await Apply(await Choose(mine, "s")));
        Assert.True(await Apply(await Choose(other, "s")));

        Assert.Equal([mine], (await Store.OfClients(reseller)).Select(stored => stored.Account.Id));
    }

    private Instant Now => Bench.Clock.GetCurrentInstant();

    private async Task<int> Reseller()
    {
        var id = await Bench.Account();
        await Run("update accounts set is_reseller = 1 where id = @id", ("id", id));
        return id;
    }

    /// <summary>Clients of one reseller, each charged once; the charge is to be taken from its card.</summary>
    private async Task<(int Reseller, int[] Clients)> ClientsOnCard(int count)
    {
        var reseller = await Reseller();
        await Cards.Remember(reseller, "cus_1");
        Assert.True(await Cards.LeaveCard("evt_card", reseller, "pm_1", Now));
        var clients = new int[count];
        for (var at = 0; at < count; at++)
        {
            clients[at] = await Bench.Account();
            await Run("update accounts set reseller_id = @reseller where id = @id", ("reseller", reseller), ("id", clients[at]));
            Assert.True(await Apply(await Choose(clients[at], "s")));
        }

        return (reseller, clients);
    }

    /// <summary>The card gave nothing for what is due of it.</summary>
    private async Task Fail(int id)
    {
        await Run("update collections set state = 4, attempts = attempts + 1 where account_id = @id and state = 1", ("id", id));
        await PastDue(id);
    }

    private async Task PastDue(params int[] clients)
    {
        foreach (var id in clients)
        {
            await Run("update subscriptions set state = 4, past_due_since = @now where account_id = @id", ("now", Now), ("id", id));
        }
    }

    private async Task<string> Charge(int id) =>
        (string)(await Bench.Database.Read(connection => connection.Scalar("select idempotency from collections where account_id = @id order by due_at limit 1", ("id", id))))!;

    private async Task<IReadOnlyList<long>> States(int[] clients)
    {
        var states = new List<long>();
        foreach (var id in clients)
        {
            states.Add(await Bench.Number("select state from collections where account_id = @id", ("id", id)));
        }

        return states;
    }

    private async Task<(BilledAccount Account, BillingStep Step)> Choose(int id, string plan)
    {
        var stored = (await Store.Load(id))!;
        return (stored.Account, Terms.Rules.Choose(stored.Account, stored.Row, plan, new PayerActor(1, stored.Account.ResellerId), Now).Value!.Step!);
    }

    private Task<bool> Apply((BilledAccount Account, BillingStep Step) judged) =>
        Store.Apply(judged.Account, judged.Step, Terms.Plans.Find(judged.Step.PlanCode)!.Allowed, null, Now);

    private Task Run(string sql, params (string Name, object? Value)[] parameters) => Bench.Database.Write(connection => connection.Run(sql, parameters));
}

public sealed class SqliteSubscriptionStoreTests : SubscriptionStoreContract
{
    private readonly TemporaryFolder folder = new();

    protected override ValueTask<Dictionary<string, string?>> NewDatabase() => folder.NewDatabase();

    public override ValueTask DisposeAsync() => folder.After(base.DisposeAsync());
}

public sealed class PostgresSubscriptionStoreTests(PostgresServer server) : SubscriptionStoreContract
{
    protected override async ValueTask<Dictionary<string, string?>> NewDatabase() => PostgresServer.Settings(await server.NewDatabase());
}
