using System.Globalization;
using System.Net;
using System.Text;
using Slotwright.Pages;
using Slotwright.Resellers;
using Slotwright.Setup;

namespace Slotwright.Billing;

/// <summary>Plans and statements as browsers without scripts see them.</summary>
public sealed class SubscriptionPageTests : IAsyncLifetime
{
    private Product product = null!;

    public async ValueTask InitializeAsync() => product = await Product.Start();

    public async ValueTask DisposeAsync() => await product.DisposeAsync();

    [Fact, Trait("Requirement", "82"), Trait("Requirement", "84"), Trait("Requirement", "87"), Trait("Requirement", "5")]
    public async Task A_reseller_takes_changes_and_cancels_a_clients_plan_after_a_preview()
    {
        var reseller = await product.ActAs("petite-table");
        await reseller.Open("/a/petite-table/subscription");
        Assert.Equal(["S", "M", "L", "XL"], reseller.Page.QuerySelectorAll(".plan h3").Select(heading => heading.TextContent));
        Assert.Contains("€8.00", reseller.Text(".plan .price"), StringComparison.Ordinal);
        Assert.Contains("/reseller/atelier-web/clients/", reseller.Page.QuerySelector("a.danger")!.GetAttribute("href"), StringComparison.Ordinal);

        await reseller.Open("/a/petite-table/subscription?plan=s");
        Assert.Contains("Charged now€8.00", Words(reseller, ".choice-card dl"), StringComparison.Ordinal);
        await reseller.Submit(".choice-card form");
        Assert.Contains("Active", reseller.Text(".standing"), StringComparison.Ordinal);
        Assert.Equal(100, (await (await product.Account("petite-table")).Usage())!.Allowed);

        await reseller.Open("/a/petite-table/subscription?plan=m");
        Assert.Contains("Charged nowNothing What you have paid already becomes15 days", Words(reseller, ".choice-card dl"), StringComparison.Ordinal);
        await reseller.Submit(".choice-card form");
        Assert.Equal("M", reseller.Text(".standing h2"));

        await reseller.Open("/a/petite-table/subscription?cancel=1");
        await reseller.Post("/a/petite-table/subscription", [.. reseller.Token(), KeyValuePair.Create("do", "cancel")]);
        Assert.Contains("It ends on 27 January 2027", reseller.Text("#now ~ p, section[aria-labelledby=now] p"), StringComparison.Ordinal);
    }

    [Fact, Trait("Requirement", "83"), Trait("Requirement", "7"), Trait("Requirement", "9")]
    public async Task A_client_sees_no_price_and_no_button_and_a_made_up_request_changes_nothing()
    {
        var client = await Owner.Of(product, "petite-table");
        await client.Open("/a/petite-table/subscription");
        Assert.Equal(HttpStatusCode.NotFound, client.Status);
        await client.Open("/a/petite-table/usage");
        Assert.DoesNotContain(client.Page.QuerySelectorAll("a"), link => link.GetAttribute("href")!.EndsWith("/subscription", StringComparison.Ordinal));
        Assert.DoesNotMatch("[€]|EUR", client.Page.Body!.TextContent);

        await client.Post("/a/petite-table/subscription", [.. client.Token(), KeyValuePair.Create("do", "choose"), KeyValuePair.Create("plan", "s")]);

        Assert.Equal(HttpStatusCode.NotFound, client.Status);
        Assert.Equal("free", (await (await product.Account("petite-table")).Usage())!.PlanCode);
        Assert.Equal(0, await product.Count("select count(*) from ledger"));
    }

    [Fact, Trait("Requirement", "59"), Trait("Requirement", "83")]
    public async Task Whoever_looks_as_the_clients_administrator_sees_no_subscription_either()
    {
        var reseller = await product.ActAs("petite-table");
        await reseller.Open("/a/petite-table/role");
        await reseller.Submit("main form");
        await reseller.Open("/a/petite-table/subscription");

        Assert.NotEqual(HttpStatusCode.OK, reseller.Status);
    }

    [Fact, Trait("Requirement", "90"), Trait("Requirement", "77")]
    public async Task The_owner_of_a_regular_account_pays_the_list_price_and_sees_what_was_charged()
    {
        var owner = await Owner.Of(product, "harbour-yoga");
        await owner.Open("/a/harbour-yoga/subscription?plan=l");
        Assert.Contains("Charged now€40.00", Words(owner, ".choice-card dl"), StringComparison.Ordinal);
        await owner.Submit(".choice-card form");
        await owner.Open("/a/harbour-yoga/subscription/2027-01");
        Assert.Contains("€40.00", owner.Text("tfoot"), StringComparison.Ordinal);

        var other = await Owner.Of(product, "atelier-web");
        await other.Open("/a/harbour-yoga/subscription/2027-01");
        Assert.Equal(HttpStatusCode.NotFound, other.Status);
    }

    [Fact]
    public async Task A_choice_that_would_do_something_else_by_now_is_shown_anew()
    {
        var owner = await Owner.Of(product, "harbour-yoga");
        await owner.Open("/a/harbour-yoga/subscription?plan=l");
        await product.Run("update accounts set is_reseller = 1 where name = 'harbour-yoga'");
        await owner.Submit(".choice-card form");

        Assert.Contains("Something changed", owner.Text("[role=alert]"), StringComparison.Ordinal);
        Assert.Contains("Charged now€32.00", Words(owner, ".choice-card dl"), StringComparison.Ordinal);
        Assert.Equal(0, await product.Count("select count(*) from ledger"));
    }

    [Fact, Trait("Requirement", "76")]
    public async Task Page_table_and_paper_of_a_statement_agree_with_the_ledger_to_the_cent()
    {
        var id = (await product.Grains.Directory().AccountByName("atelier-web"))!.AccountId;
        foreach (var (account, plan) in ((string, string)[])[("petite-table", "s"), ("corner-barber", "m")])
        {
            var client = (await product.Grains.Directory().AccountByName(account))!.AccountId;
            Assert.True((await product.Grains.Billing(client).Choose(new ChoosePlan(new PayerActor(1, id), plan, null))).Accepted);
        }

        var reseller = await Owner.Of(product, "atelier-web", "fr");
        await reseller.Open("/reseller/atelier-web/statements");
        Assert.Contains("24,00 €", Words(reseller, "table"), StringComparison.Ordinal);
        await reseller.Open("/reseller/atelier-web/statements/2027-01");
        Assert.Contains("Relevé de janvier 2027", reseller.Text("h1"), StringComparison.Ordinal);
        Assert.Contains("24,00 €", Words(reseller, "tfoot"), StringComparison.Ordinal);

        await reseller.Open("/reseller/atelier-web/statements/2027-01?as=csv");
        var rows = (await reseller.Answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(row => row.Split(',')).ToList();
        Assert.Equal(2, rows.Count);
        Assert.Equal(await product.Count("select sum(net + vat) from ledger") / 100m, rows.Sum(row => decimal.Parse(row[10], CultureInfo.InvariantCulture)));
        Assert.All(rows, row => Assert.Equal(decimal.Parse(row[6], CultureInfo.InvariantCulture) - decimal.Parse(row[7], CultureInfo.InvariantCulture), decimal.Parse(row[8], CultureInfo.InvariantCulture)));

        await reseller.Open("/reseller/atelier-web/statements/2027-01?as=pdf");
        Assert.Equal("application/pdf", reseller.Answer.Content.Headers.ContentType!.MediaType);
        var paper = await reseller.Answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Assert.Equal("%PDF-", Encoding.ASCII.GetString(paper, 0, 5));
        Assert.InRange(paper.Length, 3_000, 400_000);
    }

    private static string Words(Visitor visitor, string selector) =>
        string.Join(' ', visitor.Text(selector).Split([' ', '\n', '\t', '\u00A0', '\u202F'], StringSplitOptions.RemoveEmptyEntries));
}
