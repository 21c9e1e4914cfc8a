using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Slotwright.Accounts;
using Slotwright.Platform;
using Slotwright.Resellers;
using Slotwright.Storage;
using Slotwright.Storage.Billing;
using Slotwright.Team;

namespace Slotwright.Billing;

/// <summary>Subscriptions whose account changes hands, is shut or lapses, on both databases.</summary>
public abstract class ChangedPayerContract : StorageContract
{
    private const int Person = 5;

    private ISubscriptionStore Store => Bench.Services.GetRequiredService<ISubscriptionStore>();

    private ILedgerStore Ledger => Bench.Services.GetRequiredService<ILedgerStore>();

    private IClientStore Clients => Bench.Services.GetRequiredService<IClientStore>();

    [Fact]
    public async Task Unpaid_time_runs_to_its_end_when_another_pays_from_then_on()
    {
        var (first, second, client, neighbour) = (await Reseller(), await Reseller(), await Bench.Account(), await Bench.Account());
        await Take(client, "s");
        await Take(neighbour, "s");
        await PastDue(neighbour);
        var changes = new Func<Task<bool>>[]
        {
            async () => await Clients.Attach(first, client, Person, Now, await Letter(client)) == AttachAnswer.Attached,
            async () => await Bench.Services.GetRequiredService<IUpkeepStore>()
                .Merge(new MergeOrder { FromId = first, IntoId = second, ProvenAt = Now, Now = Now, PersonId = Person, Letters = [] }) is { Moved: 1 },
            () => Clients.Detach(second, client, Person, Now, []),
        };

        foreach (var change in changes)
        {
            await PastDue(client);
            Assert.True(await change());

            var row = (await Store.Load(client))!.Row!;
            Assert.Equal((SubscriptionState.Active, null, row.PeriodTo), (row.State, row.PastDueSince, row.DueAt));
        }

        Assert.Equal(SubscriptionState.PastDue, (await Store.Load(neighbour))!.Row!.State);
        await PastDue(client);
        Assert.False(await Clients.Detach(second, client, Person, Now, []));
        Assert.Equal(SubscriptionState.PastDue, (await Store.Load(client))!.Row!.State);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Whoever_is_let_go_pays_for_nothing_once_the_period_is_over_unless_they_go_on(bool byRevert)
    {
        var (first, second, client, stays) = (await Reseller(), await Reseller(), await Bench.Account(), await Bench.Account());
        foreach (var id in (int[])[client, stays])
        {
            await Take(id, "m");
            await Choose(id, "s");
        }

        // Attached and merged it goes on as before.
        await Clients.Attach(first, client, Person, Now, await Letter(client));
        await Bench.Services.GetRequiredService<IUpkeepStore>()
            .Merge(new MergeOrder { FromId = first, IntoId = second, ProvenAt = Now, Now = Now, PersonId = Person, Letters = [] });
        var row = (await Store.Load(client))!.Row!;
        Assert.Equal((false, "s"), (row.IsCancelled, row.NextPlan));

        Assert.True(byRevert
            ? await Clients.Revert(second, Person, new Dictionary<int, IReadOnlyList<PersonLetter>> { [client] = [] }, Now, await Letter(second)) == RevertAnswer.Reverted
            : await Clients.Detach(second, client, Person, Now, []));

        row = (await Store.Load(client))!.Row!;
        Assert.Equal((SubscriptionState.Active, true, null, row.PeriodTo), (row.State, row.IsCancelled, row.NextPlan, row.DueAt));
        var untouched = (await Store.Load(stays))!.Row!;
        Assert.Equal((false, "s"), (untouched.IsCancelled, untouched.NextPlan));
        var account = (await Store.Load(client))!.Account;
        var end = Terms.Rules.Settle(account, row, row.PeriodTo)!;
        Assert.Equal((PlansOptions.Free, 0), (end.PlanCode, end.Entries.Count));

        await Choose(client, "m");
        row = (await Store.Load(client))!.Row!;
        var price = Assert.Single(Terms.Rules.Settle(account, row, row.PeriodTo)!.Entries).Price;
        Assert.Equal((20m, 0m), (price.Net.Amount, price.Discount.Amount));
    }

    [Fact]
    public async Task Whoever_is_let_go_while_paused_is_charged_for_no_new_period()
    {
        var (reseller, client) = (await Reseller(), await Bench.Account());
        await Clients.Attach(reseller, client, Person, Now, await Letter(client));
        await Take(client, "s");
        Bench.Clock.AdvanceDays(31);
        await Run("update accounts set paused_at = 1 where id = @id", ("id", client));
        var paused = (await Store.Load(client))!;
        Assert.True(await Apply(paused.Account, Terms.Rules.Settle(paused.Account, paused.Row!, Now)!));

        Assert.True(await Clients.Detach(reseller, client, Person, Now, []));

        Assert.Equal([client], await Store.LeaseDue(Now, Now + Duration.FromMinutes(2), 10));
        var open = (await Store.Load(client))!;
        var end = Terms.Rules.Settle(open.Account, open.Row!, Now)!;
        Assert.Equal((PlansOptions.Free, 0), (end.PlanCode, end.Entries.Count));
    }

    [Fact]
    public async Task A_former_payers_statement_neither_ends_nor_saves_what_another_pays_for()
    {
        var (reseller, kept, left) = (await Reseller(), await Bench.Account(), await Bench.Account());
        foreach (var id in (int[])[kept, left])
        {
            await Clients.Attach(reseller, id, Person, Now, await Letter(id));
            await Take(id, "s");
        }

        await Ledger.Issue("2026-12", Now);
        Assert.True(await Clients.Detach(reseller, left, Person, Now, []));
        var number = $"2026-11-{reseller}";

        Assert.Equal(reseller, (await Ledger.Find(number))!.PayerId);
        Assert.Equal([kept], await Ledger.Charged(number));
        await PastDue(kept);
        await PastDue(left);
        await Ledger.Pay(number, "2026-12", Now);
        Assert.Equal(
            (SubscriptionState.Active, SubscriptionState.PastDue), ((await Store.Load(kept))!.Row!.State, (await Store.Load(left))!.Row!.State));
    }

    [Fact]
    public async Task A_former_payers_card_neither_ends_nor_saves_what_another_pays_for()
    {
        var (reseller, client) = (await Reseller(), await Bench.Account());
        foreach (var payer in (int[])[reseller, client])
        {
            await Run("insert into payers (account_id, method, customer, card) values (@id, 2, @name, @name)", ("id", payer), ("name", $"cus_{payer}"));
        }

        var cards = new CardStore(Bench.Database);
        await Clients.Attach(reseller, client, Person, Now, await Letter(client));
        var former = await Take(client, "s");
        Assert.True(await cards.Fail(null, (await cards.Find(former))!.Value.Collection, Now));
        Assert.True(await Clients.Detach(reseller, client, Person, Now, []));
        await Choose(client, "s");
        Bench.Clock.AdvanceDays(31);
        var stored = (await Store.Load(client))!;
        var renewed = Terms.Rules.Settle(stored.Account, stored.Row!, Now)!;
        Assert.True(await Apply(stored.Account, renewed));
        await PastDue(client);

        await cards.Pay(null, former, "2026-12", Now);
        Assert.Equal(SubscriptionState.PastDue, (await Store.Load(client))!.Row!.State);
        await Run("update collections set state = 4 where payer_id = @id", ("id", reseller));
        await cards.Pay(null, renewed.Entries[0].Key, "2026-12", Now);
        Assert.Equal(SubscriptionState.Active, (await Store.Load(client))!.Row!.State);
    }

    [Fact]
    public async Task While_an_account_is_suspended_nothing_is_charged_and_its_period_begins_when_it_is_open_again()
    {
        var (reseller, client) = (await Reseller(), await Bench.Account());
        await Clients.Attach(reseller, client, Person, Now, await Letter(client));
        await Take(client, "s");
        var open = (await Store.Load(client))!;
        Bench.Clock.AdvanceDays(31);
        await Run("update accounts set suspended_at = 1 where id = @id", ("id", client));

        Assert.False(await Apply(open.Account, Terms.Rules.Settle(open.Account, open.Row!, Now)!));
        var shut = (await Store.Load(client))!;
        var pause = Terms.Rules.Settle(shut.Account, shut.Row!, Now)!;
        Assert.Empty(pause.Entries);
        Assert.True(await Apply(shut.Account, pause));
        foreach (var (paused, suspended, isDue) in ((string, string, bool)[])[("null", "1", false), ("1", "null", false), ("1", "1", false), ("null", "null", true)])
        {
            await Run($"update accounts set paused_at = {paused}, suspended_at = {suspended} where id = {client}");
            Assert.Equal(isDue ? [client] : [], await Store.LeaseDue(Now, Now + Duration.FromMinutes(2), 10));
        }

        var again = (await Store.Load(client))!;
        Assert.Equal(Now, Terms.Rules.Settle(again.Account, again.Row!, Now)!.Row.PeriodFrom);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_asked_for_comes_to_what_is_owed_after_a_lapse(bool isPaidBefore)
    {
        var (reseller, lapsing, other) = (await Reseller(), await Bench.Account(), await Bench.Account());
        foreach (var id in (int[])[lapsing, other])
        {
            await Clients.Attach(reseller, id, Person, Now, await Letter(id));
        }

        await Take(lapsing, "s");
        Bench.Clock.AdvanceDays(10);
        await Take(other, "s");
        await Ledger.Issue("2026-12", Now);
        if (isPaidBefore)
        {
            await Ledger.Pay($"2026-11-{reseller}", "2026-12", Now);
        }

        var row = (await Store.Load(lapsing))!;
        Assert.True(await Apply(row.Account, Terms.Rules.Failed(row.Row!, Now)!));
        Bench.Clock.AdvanceDays(14);
        row = (await Store.Load(lapsing))!;
        Assert.True(await Apply(row.Account, Terms.Rules.Settle(row.Account, row.Row!, Now)!));

        // 6 of 30 days were not delivered; a month that is paid already is lessened no more.
        var months = (await Ledger.Months(reseller)).ToDictionary(month => month.Month);
        Assert.Equal((8m, 6.40m), (months["2026-11"].Total.Amount, months["2026-12"].Total.Amount));
        Assert.Equal(isPaidBefore ? (0m, 6.40m) : (6.40m, 8m), (months["2026-11"].Rest.Amount, months["2026-12"].Rest.Amount));
        Assert.Equal(await Balance(), months.Values.Sum(month => month.Rest.Minor()));

        await Ledger.Issue("2027-01", Now);
        Assert.Equal(await Balance(), (await Ledger.Open()).Sum(open => open.Heading.Rest.Minor()));
        foreach (var open in await Ledger.Open())
        {
            Assert.True((await Ledger.Pay(open.Heading.Number!, "2027-01", Now))!.IsPaid);
        }

        Assert.Equal(0, await Balance());
        Assert.Empty(await Ledger.Open());
        Assert.All(await Ledger.Months(reseller), month => Assert.Equal(0, month.Rest.Amount));

        Task<long> Balance() => Bench.Number("select sum(net + vat) from ledger where payer_id = @id", ("id", reseller));
    }

    protected Instant Now => Bench.Clock.GetCurrentInstant();

    /// <summary>Key of the charge.</summary>
    private async Task<string> Take(int id, string plan) => (await Choose(id, plan)).Entries[0].Key;

    private async Task<BillingStep> Choose(int id, string plan)
    {
        var stored = (await Store.Load(id))!;
        var step = Terms.Rules.Choose(stored.Account, stored.Row, plan, new PayerActor(1, stored.Account.ResellerId), Now).Value!.Step!;
        Assert.True(await Apply(stored.Account, step));
        return step;
    }

    private Task<bool> Apply(BilledAccount judged, BillingStep step) => Store.Apply(judged, step, Terms.Plans.Find(step.PlanCode)!.Allowed, null, Now);

    private Task PastDue(int id) =>
        Run("update subscriptions set state = 4, past_due_since = 1, due_at = 2, version = version + 1 where account_id = @id", ("id", id));

    private async Task<int> Reseller()
    {
        var id = await Bench.Account();
        Assert.True(await Bench.Accounts.BecomeReseller(id));
        return id;
    }

    private async Task<PersonLetter> Letter(int account) => new()
    {
        Id = await Bench.Ids.Next(IdKind.Change),
        DeliveryId = await Bench.Ids.Next(IdKind.Delivery),
        MessageId = $"{account}@post.example",
        PersonId = (await Bench.Accounts.Load(account))!.OwnerPersonId,
        AccountId = account,
        Kind = LetterKind.ClientAttached,
        Recipient = "owner@example.test",
        Language = "en",
        Detail = new ClientNews { AccountName = "client", DisplayName = "Client" }.Write(),
    };

    private Task Run(string sql, params (string Name, object? Value)[] parameters) => Bench.Database.Write(connection => connection.Run(sql, parameters));
}

public sealed class SqliteChangedPayerTests : ChangedPayerContract
{
    private readonly TemporaryFolder folder = new();

    /// <summary>It is asked every few seconds on the writer: however many subscriptions there are, it reads those that are due.</summary>
    [Fact]
    public async Task What_is_due_is_found_by_indexes()
    {
        var plan = await Bench.Database.Read(connection => connection.All(
            "explain query plan " + SubscriptionStore.LeaseStatement(Dialect.Sqlite),
            row => row.GetString(3),
            ("now", Now), ("until", Now), ("never", Now), ("most", 50)));

        Assert.Contains(plan, step => step.Contains("INDEX subscriptions_due (due_at<?)", StringComparison.Ordinal));
        Assert.Contains(plan, step => step.Contains("INDEX subscriptions_paused", StringComparison.Ordinal));
        Assert.DoesNotContain(plan, step => step.StartsWith("SCAN ", StringComparison.Ordinal) && !step.Contains("INDEX", StringComparison.Ordinal));
    }

    protected override ValueTask<Dictionary<string, string?>> NewDatabase() => folder.NewDatabase();

    public override ValueTask DisposeAsync() => folder.After(base.DisposeAsync());
}

public sealed class PostgresChangedPayerTests(PostgresServer server) : ChangedPayerContract
{
    protected override async ValueTask<Dictionary<string, string?>> NewDatabase() => PostgresServer.Settings(await server.NewDatabase());
}
