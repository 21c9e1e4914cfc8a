using System.Net;

namespace Slotwright.Pages;

public sealed class WhiteLabelTests
{
    [Fact, Trait("Requirement", "11"), Trait("Requirement", "17"), Trait("Requirement", "20")]
    public async Task Nothing_that_a_resellers_client_or_its_customers_see_names_the_platform()
    {
        await using var host = await PagesHost.Start("Production");
        var (customer, owner) = (host.Visitor("en"), host.Visitor("en"));
        var pages = new List<string> { "/schedule/corner-barber", "/schedule/corner-barber/Chairs/book?at=2026-12-09T14:30%2B01:00", "/schedule/corner-barber/Nothing", "/brand/corner-barber/x.css", "/favicon.svg", "/css/site.css", "/js/forms.js", "/signin?return=/a/corner-barber" };
        customer.Via("https://localhost/");
        owner.Via("https://localhost/");
        await customer.Open(pages[1]);
        await customer.Submit("#booking", new Dictionary<string, string> { ["Name"] = "Ada", ["Email"] = "ada@example.com" });
        var manage = customer.Address.AbsolutePath;
        pages.AddRange([manage, manage + "?done=1", manage + "/move", manage + "/cancel", manage + "/nothing"]);
        await owner.SignIn("corner-barber", "demo-corner-barber");

        foreach (var page in pages)
        {
            await customer.Open(page);
            AssertNeutral(customer);
        }

        foreach (var page in new[] { "/a/corner-barber", "/a/corner-barber?day=2026-12-09", "/dashboard", "/a/nothing", "/set-password/11/x" })
        {
            await owner.Open(page);
            AssertNeutral(owner);
        }
    }

    [Fact, Trait("Requirement", "72")]
    public async Task A_free_regular_account_carries_the_platforms_line_and_a_client_its_resellers()
    {
        await using var host = await PagesHost.Start();
        var visitor = host.Visitor("en");

        await visitor.Open("/schedule/harbour-yoga/Mat");
        Assert.Equal("Online booking by Slotwright", visitor.Text(".advert"));
        host.Barber.Shown = host.Barber.Shown! with { AdvertLine = "Sites by Atelier Web" };
        await visitor.Open("/schedule/corner-barber/Chairs");

        Assert.Equal("Sites by Atelier Web", visitor.Text(".advert"));
    }

    [Fact, Trait("Requirement", "31")]
    public async Task Support_details_of_the_reseller_stand_on_public_pages_and_in_the_back_office()
    {
        await using var host = await PagesHost.Start();
        var visitor = host.Visitor("en");
        await visitor.SignIn("corner-barber", "demo-corner-barber");
        foreach (var page in new[] { "/schedule/corner-barber/Chairs", "/a/corner-barber" })
        {
            await visitor.Open(page);

            Assert.Contains("Atelier Web", visitor.Text("footer"), StringComparison.Ordinal);
            Assert.Contains("help@atelier-web.example", visitor.Text("footer"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_unknown_host_gets_a_page_that_is_not_there_and_names_nobody()
    {
        await using var host = await PagesHost.Start("Production");
        var visitor = host.Visitor("en");

        await visitor.Open("https://somebody-elses.example/");

        Assert.Equal(HttpStatusCode.NotFound, visitor.Status);
        Assert.DoesNotContain(PagesHost.PlatformName, visitor.Source, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Each_account_wears_its_own_colour_from_an_address_that_changes_with_it()
    {
        await using var host = await PagesHost.Start();
        var visitor = host.Visitor("en");
        await visitor.Open("/schedule/corner-barber/Chairs");
        var first = visitor.Page.QuerySelector("link[href^='/brand/']")!.GetAttribute("href")!;

        await visitor.Open(first);
        Assert.Equal(("text/css", true), (visitor.Answer.Content.Headers.ContentType!.MediaType, visitor.Source.Contains("--brand:#0f766e", StringComparison.Ordinal)));
        Assert.Contains("immutable", visitor.Answer.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        host.Barber.Shown = host.Barber.Shown! with { Brand = host.Barber.Shown!.Brand with { Colour = "#8a1c1c" } };
        host.World.Clock.Advance(NodaTime.Duration.FromSeconds(3));
        await visitor.Open("/schedule/corner-barber/Chairs");

        Assert.NotEqual(first, visitor.Page.QuerySelector("link[href^='/brand/']")!.GetAttribute("href"));
    }

    private static void AssertNeutral(Visitor visitor)
    {
        Assert.DoesNotContain(PagesHost.PlatformName, visitor.Source, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(PagesHost.PlatformName, visitor.Answer.Headers + visitor.Answer.Content.Headers.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(PagesHost.PlatformName, string.Join(' ', visitor.SetCookies), StringComparison.OrdinalIgnoreCase);
    }
}
