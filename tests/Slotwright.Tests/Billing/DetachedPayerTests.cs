using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Slotwright.Pages;
using Slotwright.Platform;
using Slotwright.Resellers;
using Slotwright.Setup;
using Slotwright.Team;

namespace Slotwright.Billing;

/// <summary>Who pays how much for an account once its reseller let it go, as its people and the reseller read it.</summary>
public sealed class DetachedPayerTests
{
    [Fact, Trait("Requirement", "77"), Trait("Requirement", "6")]
    public async Task A_detached_client_is_charged_the_list_price_next_and_its_reseller_no_more()
    {
        await using var product = await Product.Start();
        var (client, reseller) = (await ClientWorld.Id(product, "petite-table"), await ClientWorld.Id(product, "atelier-web"));
        var acting = await product.ActAs("petite-table");
        await acting.Open("/a/petite-table/subscription?plan=s");
        await acting.Submit(".choice-card form");
        await acting.Open(await ClientWorld.PageOf(product, "petite-table") + "/detach");
        await acting.Send("#detach", ("sure", "yes"));
        Assert.Equal(1, await product.Count("select count(*) from ledger"));

        var owner = await Owner.Of(product, "petite-table");
        await owner.Open("/a/petite-table/subscription?plan=s");
        Assert.Contains("€10.00 on 12 February 2027", Words(owner, ".choice-card"), StringComparison.Ordinal);
        await owner.Submit(".choice-card form");
        Assert.Equal(1, await product.Count("select count(*) from ledger"));
        product.Clock.AdvanceDays(31);
        await product.Services.GetRequiredService<Renewals>().Settle(TestContext.Current.CancellationToken);

        // As the ledger has it: what was charged before stays the reseller's, at its price.
        Assert.Equal(2, await product.Count("select count(*) from ledger"));
        Assert.Equal(1, await product.Count($"select count(*) from ledger where payer_id = {reseller} and account_id = {client} and month = '2027-01' and list = 1000 and discount = 200 and net = 800"));
        Assert.Equal(1, await product.Count($"select count(*) from ledger where payer_id = {client} and account_id = {client} and month = '2027-02' and list = 1000 and discount = 0 and net = 1000"));

        // As both read it, each their own and nothing of the other.
        owner = await Owner.Of(product, "petite-table");
        await owner.Open("/a/petite-table/subscription/2027-02");
        Assert.Contains("€10.00", Words(owner, "tfoot"), StringComparison.Ordinal);
        await owner.Open("/a/petite-table/subscription/2027-01");
        Assert.Equal(HttpStatusCode.NotFound, owner.Status);
        var former = await Owner.Of(product, "atelier-web");
        await former.Open("/reseller/atelier-web/statements/2027-01");
        Assert.Contains("petite-table", Words(former, "tbody"), StringComparison.Ordinal);
        Assert.Contains("€8.00", Words(former, "tfoot"), StringComparison.Ordinal);
        await former.Open("/reseller/atelier-web/statements/2027-02");
        Assert.Equal(HttpStatusCode.NotFound, former.Status);
    }

    [Fact, Trait("Requirement", "89")]
    public async Task Whoever_is_let_go_reads_what_the_plan_costs_and_is_charged_for_nothing_unless_they_go_on_with_it()
    {
        await using var product = await Product.Start(null, Mailbox.Paused);
        var acting = await product.ActAs("petite-table");
        await acting.Open("/a/petite-table/subscription?plan=s");
        await acting.Submit(".choice-card form");

        await acting.Open(await ClientWorld.PageOf(product, "petite-table") + "/detach");
        Assert.Contains("Plan S is paid until 12 February 2027 and ends then. Its owner may go on with it, for €10.00 a month.", Words(acting, "#detach"), StringComparison.Ordinal);
        await acting.Send("#detach", ("sure", "yes"));

        var letter = Assert.Single(await product.Letters("owner@petite-table.example"));
        Assert.Contains("Abonnement S is betaald tot 12 februari 2027 en stopt dan, tenzij je ermee doorgaat. Vanaf dan kost het € 10,00 per maand.", Tidy(letter.Text), StringComparison.Ordinal);
        Assert.Contains("“Doorgaan met S”", letter.Text, StringComparison.Ordinal);
        Assert.Contains(Links.Subscription("petite-table"), letter.Text, StringComparison.Ordinal);
        product.Clock.AdvanceDays(31);
        await product.Services.GetRequiredService<Renewals>().Settle(TestContext.Current.CancellationToken);
        Assert.Equal(1, await product.Count("select count(*) from ledger"));
        Assert.Equal(1, await product.Count("select count(*) from accounts where name = 'petite-table' and plan = 'free'"));
    }

    [Fact]
    public async Task Where_nothing_is_paid_the_letter_names_no_plan_and_no_price()
    {
        await using var product = await Product.Start(null, Mailbox.Paused);
        var acting = await product.ActAs("petite-table");
        await acting.Open(await ClientWorld.PageOf(product, "petite-table") + "/detach");
        Assert.DoesNotContain("is paid until", Words(acting, "#detach"), StringComparison.Ordinal);
        await acting.Send("#detach", ("sure", "yes"));

        var letter = Assert.Single(await product.Letters("owner@petite-table.example"));
        Assert.Contains("Er wordt niets in rekening gebracht. Wil je een abonnement", letter.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("€", letter.Text, StringComparison.Ordinal);
    }

    private static string Words(Visitor visitor, string selector) => Tidy(visitor.Text(selector));

    private static string Tidy(string text) =>
        string.Join(' ', text.Split([' ', '\n', '\t', '\u00A0', '\u202F'], StringSplitOptions.RemoveEmptyEntries));
}
