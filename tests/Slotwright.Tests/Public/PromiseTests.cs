using System.Net;
using Slotwright.Pages;
using Slotwright.Tenancy;

namespace Slotwright.Public;

/// <summary>What the platform's own pages promise. A promise is a sentence that somebody relies on: it stands here word for word.</summary>
public sealed class PromiseTests : IAsyncLifetime
{
    private Product product = null!;
    private Visitor visitor = null!;

    public async ValueTask InitializeAsync()
    {
        product = await Product.Start();
        visitor = Visitor("en");
    }

    public ValueTask DisposeAsync() => product.DisposeAsync();

    [Fact, Trait("Requirement", "1"), Trait("Requirement", "2"), Trait("Requirement", "4"), Trait("Requirement", "12")]
    public async Task Reselling_is_under_ones_own_brand_with_no_model_imposed_and_without_us_in_between()
    {
        await visitor.Open("/resellers");

        AssertSays(
            "Add online booking to your own offer, under your own brand.",
            "You can do everything for a client, billing included.",
            "We communicate with you alone, never with your clients.",
            "We impose no business model: sell booking by itself, or as a part of something larger such as a website.",
            "Each client has an account of its own and never sees another one.");
    }

    [Fact, Trait("Requirement", "3")]
    public async Task Who_only_recommends_is_led_to_another_programme_that_says_how_it_differs()
    {
        await visitor.Open("/resellers");
        await visitor.Follow("a[href='/affiliates']");

        Assert.Equal("Affiliate programme", visitor.Heading);
        AssertSays("An affiliate has no client accounts, no dashboard and no brand in the product.");
        Assert.NotNull(visitor.Page.QuerySelector("main a[href='/resellers']"));
    }

    [Fact]
    public async Task The_discount_is_said_with_its_rounding_and_its_end()
    {
        await visitor.Open("/resellers");
        AssertSays("You pay 20% less on the total of your subscriptions, your own account included, for each client from the moment it is attached.");
        await visitor.Open("/terms");

        AssertSays(
            "A reseller pays as any customer does, 20% less, for each account from its attachment on.",
            "A detached account keeps its plan to the end of the paid period; it then pays the full price if its owner goes on, unless another reseller attaches it.",
            "rounded to the cent, half a cent away from zero; a total is the sum of its lines. A list price of 10.00 is charged as 8.00.");
    }

    [Fact]
    public async Task The_discount_is_the_one_of_the_configuration_in_every_language()
    {
        await using var other = await Product.Start(null, "--Billing:ResellerDiscountPercent=12.5");
        foreach (var (language, saved, ten) in new[] { ("en", "12.5", "8.75"), ("fr", "12,5", "8,75"), ("nl", "12,5", "8,75") })
        {
            visitor = new Visitor(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }, other.Address, language);
            foreach (var page in new[] { "/resellers", "/plans", "/terms" })
            {
                await visitor.Open(page);
                AssertSays(saved);
                Assert.DoesNotMatch(@"\b20\s?%|\b8[.,]00", visitor.Text("main"));
            }

            AssertSays(ten);
            var owner = new Visitor(() => new SocketsHttpHandler { AllowAutoRedirect = false }, other.Address, language);
            await owner.SignIn("owner@harbour-yoga.example", "demo-harbour-yoga");
            await owner.Open("/a/harbour-yoga/settings/reseller");
            Assert.Contains(saved, owner.Text("main"), StringComparison.Ordinal);
        }
    }

    [Fact, Trait("Requirement", "9"), Trait("Requirement", "78")]
    public async Task What_clients_pay_and_how_is_the_resellers_own_business()
    {
        await visitor.Open("/resellers");
        AssertSays(
            "You set what your clients pay.", "30 to 150 euros a month is usual, with set-up or training on top.", "It may be fixed or monthly and need not follow our plans",
            "They never see our prices or our invoices.");
        await visitor.Open("/terms");

        AssertSays("How a reseller bills its clients, and what it asks, is outside our control.", "A client is shown neither our price list nor our invoices, on any page, in any mail and in any export.");
    }

    [Fact, Trait("Requirement", "10"), Trait("Requirement", "42")]
    public async Task Joining_is_a_button_on_an_account_that_may_be_free()
    {
        await visitor.Open("/resellers");

        AssertSays(
            "Joining is a button: no approval to wait for, no fee.", "Create an account, or use the one you have. It may be a free one; it is yours, for yourself.",
            "Press “Become a reseller” in its settings.");
        await visitor.Follow("main a[href='/signup']");
        Assert.Equal("Create an account", visitor.Heading);
    }

    [Fact, Trait("Requirement", "18"), Trait("Requirement", "19")]
    public async Task White_label_comes_by_itself_and_each_client_takes_a_host_name_of_its_own()
    {
        await visitor.Open("/resellers");

        AssertSays(
            "There is nothing to switch on.", "Without one, our address in the browser is the only trace that is left.",
            "Each client needs a separate host name, which can be part of one domain: client1.yourcompany.example, client2.yourcompany.example.");
    }

    [Fact, Trait("Requirement", "85"), Trait("Requirement", "86")]
    public async Task Free_client_accounts_are_without_number_and_for_demonstration_only()
    {
        await visitor.Open("/resellers");
        AssertSays("any number of free client accounts, without a cap, for demonstration purposes only.");
        await visitor.Open("/terms");

        AssertSays("Free client accounts are without number and for demonstration purposes only.");
    }

    [Fact, Trait("Requirement", "84")]
    public async Task Plans_are_those_of_the_configuration_with_limits_that_rise()
    {
        await using var other = await Product.Start(null, "--Plans:free:Name=Start", "--Plans:free:Upcoming=7", "--Plans:l:Name=Grand", "--Plans:l:MonthlyPrice=12.5", "--Plans:m:Name=Middle", "--Plans:m:Upcoming=9", "--Plans:m:MonthlyPrice=3", "--Billing:Currency=CHF");
        await visitor.Open("/plans");
        var limits = visitor.Page.QuerySelectorAll(".plans dd:first-of-type").Where((_, number) => number % 5 == 0).Select(limit => limit.TextContent);
        Assert.Equal(["50", "100", "300", "1,000", "5,000"], limits);
        Assert.Equal(["€0.00", "€10.00", "€20.00", "€40.00", "€80.00"], visitor.Page.QuerySelectorAll(".price strong").Select(price => price.TextContent));

        var french = new Visitor(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }, other.Address, "fr");
        await french.Open("/plans");

        Assert.Equal(["Start", "Middle", "Grand"], french.Page.QuerySelectorAll(".plans h2").Select(name => name.TextContent));
        Assert.Equal(["0,00 CHF", "3,00 CHF", "12,50 CHF"], french.Page.QuerySelectorAll(".price strong").Select(price => price.TextContent.Replace('\u00a0', ' ')));
        Assert.Contains("sans limite", french.Text(".plans li:last-child"), StringComparison.Ordinal);
    }

    /// <summary>The platform tells of itself on its own host alone.</summary>
    [Fact, Trait("Requirement", "11")]
    public async Task On_any_other_host_none_of_these_pages_is_there()
    {
        await using var hosted = await HostedProduct.Start();
        foreach (var host in new[] { HostedProduct.BarberHost, "somebody-elses.example" })
        {
            var stranger = hosted.Visitor(host);
            foreach (var page in new[] { "/resellers", "/affiliates", "/plans", "/terms", "/signup" })
            {
                await stranger.Open(page);
                Assert.Equal((page, HttpStatusCode.NotFound), (page, stranger.Status));
                Assert.DoesNotContain("Slotwright", stranger.Source, StringComparison.OrdinalIgnoreCase);
            }
        }
    }

    /// <summary>Sentences are compared as a reader sees them, whatever the white space between words.</summary>
    private void AssertSays(params string[] sentences)
    {
        var said = string.Join(' ', visitor.Text("main").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.All(sentences, sentence => Assert.Contains(sentence, said, StringComparison.Ordinal));
    }

    private Visitor Visitor(string language) => new(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }, product.Address, language);
}
