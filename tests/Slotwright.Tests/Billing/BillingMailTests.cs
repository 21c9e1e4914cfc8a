using Slotwright.Resellers;
using Slotwright.Team;

namespace Slotwright.Billing;

/// <summary>Who is told of trials and subscriptions, and in whose name.</summary>
public sealed class BillingMailTests : IAsyncLifetime
{
    private const string Client = "owner@petite-table.example";
    private const string Payer = "owner@atelier-web.example";

    private Product product = null!;
    private int client;
    private int reseller;

    public async ValueTask InitializeAsync()
    {
        product = await Product.Start(settings: [Mailbox.Paused]);
        client = (await product.Grains.Directory().AccountByName("petite-table"))!.AccountId;
        reseller = (await product.Grains.Directory().AccountByName("atelier-web"))!.AccountId;
    }

    public async ValueTask DisposeAsync() => await product.DisposeAsync();

    [Fact, Trait("Requirement", "70"), Trait("Requirement", "73")]
    public async Task A_trial_is_told_of_when_it_begins_two_days_before_its_end_and_at_its_end_in_the_resellers_name()
    {
        await product.Grains.Account(client).StartTrial();
        var first = Assert.Single(await product.Letters(Client));
        Assert.Contains("proefperiode is begonnen", first.Listing.Subject, StringComparison.Ordinal);
        Assert.Contains("19 januari 2027", first.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Slotwright", first.Text + first.Html + first.Listing.From, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Atelier Web", first.Listing.From, StringComparison.Ordinal);
        var copy = Assert.Single(await product.Letters(Payer));
        Assert.Contains($"ce message a été envoyé à {Client}", copy.Text, StringComparison.Ordinal);

        product.Clock.AdvanceHours((5 * 24) - 1);
        Assert.Single(await product.Letters(Client));
        product.Clock.AdvanceHours(1);
        Assert.Equal(2, (await product.Letters(Client)).Count);
        product.Clock.AdvanceDays(2);
        Assert.Contains((await product.Letters(Client)), letter => letter.Listing.Subject.Contains("proefperiode is voorbij", StringComparison.Ordinal));
        Assert.Equal(3, (await product.Letters(Payer)).Count);
    }

    [Fact, Trait("Requirement", "73")]
    public async Task Once_a_plan_is_taken_or_the_reseller_is_gone_nobody_hears_of_the_trial_that_no_longer_matters()
    {
        await product.Grains.Account(client).StartTrial();
        await product.Letters(Client);
        await product.Run($"update accounts set reseller_id = null, attached_at = null where id = {client}");
        await product.Grains.Billing(client).Choose(new ChoosePlan(new PayerActor(1, null), "s", null));
        product.Clock.AdvanceDays(8);

        Assert.DoesNotContain(await product.Letters(Client), letter => letter.Listing.Subject.Contains("loopt af", StringComparison.Ordinal) || letter.Listing.Subject.Contains("voorbij", StringComparison.Ordinal));
        Assert.Single(await product.Letters(Payer));
    }

    [Fact, Trait("Requirement", "73")]
    public async Task Whoever_administers_and_looks_after_the_account_by_then_hears_of_its_trial()
    {
        await product.Grains.Account(client).StartTrial();
        await product.Letters(Client);
        await ClientWorld.Opened(product, "other-reseller", asReseller: true);
        await product.Run(
            $"""
            update accounts set reseller_id = (select id from accounts where name = 'other-reseller'),
                owner_person_id = (select owner_person_id from accounts where name = 'harbour-yoga')
            where id = {client}
            """);
        product.Clock.AdvanceDays(5);

        var reminder = Assert.Single(await product.Letters("owner@harbour-yoga.example"));
        Assert.Contains("proefperiode", reminder.Listing.Subject, StringComparison.Ordinal);
        Assert.Contains("other-reseller", reminder.Listing.From, StringComparison.Ordinal);
        Assert.Single(await product.Letters("owner@other-reseller.example"));
        product.Clock.AdvanceDays(2);
        Assert.Equal(2, (await product.Letters("owner@harbour-yoga.example")).Count);
        Assert.Equal(2, (await product.Letters("owner@other-reseller.example")).Count);
        Assert.Single(await product.Letters(Client));
        Assert.Single(await product.Letters(Payer));
    }

    [Fact, Trait("Requirement", "9"), Trait("Requirement", "76"), Trait("Requirement", "83")]
    public async Task Only_the_payer_is_told_of_a_subscription_and_what_it_costs()
    {
        var payer = new PayerActor(1, reseller);
        await product.Grains.Billing(client).Choose(new ChoosePlan(payer, "s", null));
        product.Clock.AdvanceDays(31);
        await product.Grains.Settlement(client).Settle();
        await product.Grains.Settlement(client).Fail();
        product.Clock.AdvanceDays(14);
        await product.Grains.Settlement(client).Settle();

        var told = await product.Letters(Payer);

        Assert.Equal(4, told.Count);
        var taken = told.Single(letter => letter.Listing.Subject.Contains("offre S prise", StringComparison.Ordinal));
        Assert.Contains("8,00 €", taken.Text.Replace('\u00A0', ' ').Replace('\u202F', ' '), StringComparison.Ordinal);
        Assert.Contains("Slotwright", taken.Listing.From, StringComparison.Ordinal);
        Assert.Contains("/reseller/atelier-web/statements", taken.Text, StringComparison.Ordinal);
        Assert.All((string[])["renouvelée", "n’est pas arrivé", "interrompue"], words => Assert.Contains(told, letter => letter.Listing.Subject.Contains(words, StringComparison.Ordinal)));
        Assert.Empty(await product.Letters(Client));
    }

    [Fact]
    public async Task A_payer_that_became_a_client_meanwhile_is_sent_no_price_in_another_name()
    {
        var yoga = (await product.Grains.Directory().AccountByName("harbour-yoga"))!.AccountId;
        await product.Grains.Billing(yoga).Choose(new ChoosePlan(new PayerActor(1, null), "s", null));
        await product.Run($"update accounts set reseller_id = {reseller} where id = {yoga}");

        Assert.Empty(await product.Letters("owner@harbour-yoga.example"));
    }
}
