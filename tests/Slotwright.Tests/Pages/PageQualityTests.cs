using System.Net;
using AngleSharp.Html.Parser;

namespace Slotwright.Pages;

public sealed class PageQualityTests
{
    [Theory]
    [InlineData("en")]
    [InlineData("fr")]
    [InlineData("nl")]
    public async Task Every_page_is_well_formed_labelled_and_free_of_inline_code(string language)
    {
        await using var host = await PagesHost.Start();
        var (customer, owner) = (host.Visitor(language), host.Visitor(language));
        await customer.Open("/schedule/corner-barber/Chairs/book?at=2026-12-09T14:30%2B01:00");
        await customer.Submit("#booking", new Dictionary<string, string> { ["Name"] = "Ada", ["Email"] = "ada@example.com", ["Note"] = "<b>&amp;" });
        var manage = customer.Address.PathAndQuery;
        Check(customer);
        await owner.SignIn("both@team.example", "demo-both");
        Check(owner);

        foreach (var page in new[]
        {
            "/", "/signin", "/schedule/corner-barber/Chairs", "/schedule/harbour-yoga/Mat?length=90", "/schedule/corner-barber/Chairs/book?at=2026-12-10T14:30%2B01:00",
            "/schedule/corner-barber/Chairs/book?at=2026-12-10T03:30%2B01:00", manage, manage.Replace("?done=1", "/move", StringComparison.Ordinal),
            manage.Replace("?done=1", "/move/confirm?at=2026-12-10T14:30%2B01:00", StringComparison.Ordinal), manage.Replace("?done=1", "/cancel", StringComparison.Ordinal),
            "/schedule/nobody", "/set-password/11/spent",
        })
        {
            await customer.Open(page);
            Check(customer);
        }

        await customer.Open("/schedule/corner-barber/Chairs/book?at=2026-12-10T14:30%2B01:00");
        await customer.Submit("#booking");
        Check(customer);
        foreach (var page in new[] { "/a/corner-barber", "/a/corner-barber?day=2026-12-09" })
        {
            await owner.Open(page);
            Check(owner);
        }
    }

    [Fact]
    public async Task Pages_say_what_browsers_may_do_with_them()
    {
        await using var host = await PagesHost.Start();
        var visitor = host.Visitor("en");

        await visitor.Open("/schedule/corner-barber/Chairs");
        Assert.Equal(("no-store", "nosniff"), (visitor.Answer.Headers.CacheControl!.ToString(), Header(visitor, "X-Content-Type-Options")));
        Assert.Contains("script-src 'self'; style-src 'self'", Header(visitor, "Content-Security-Policy"), StringComparison.Ordinal);
        Assert.EndsWith("frame-ancestors 'self'", Header(visitor, "Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Equal("strict-origin-when-cross-origin", Header(visitor, "Referrer-Policy"));
        await visitor.SignIn("corner-barber", "demo-corner-barber");
        Assert.EndsWith("frame-ancestors 'none'", Header(visitor, "Content-Security-Policy"), StringComparison.Ordinal);
        await visitor.Open("/schedule/corner-barber/appointment/1/aa");

        Assert.Equal((HttpStatusCode.NotFound, "no-referrer"), (visitor.Status, Header(visitor, "Referrer-Policy")));
    }

    [Fact]
    public void The_stylesheet_and_the_script_are_small()
    {
        var root = Path.Combine(PagesHost.WebFolder(), "wwwroot");

        Assert.True(new FileInfo(Path.Combine(root, "css", "site.css")).Length < 15_000);
        Assert.True(new FileInfo(Path.Combine(root, "js", "forms.js")).Length < 2_000);
    }

    private static string Header(Visitor visitor, string name) => visitor.Answer.Headers.GetValues(name).Single();

    internal static void Check(Visitor visitor)
    {
        new HtmlParser(new HtmlParserOptions { IsStrictMode = true }).ParseDocument(visitor.Source);
        var page = visitor.Page;
        var where = visitor.Address.PathAndQuery;
        Assert.Single(page.QuerySelectorAll("h1"));
        Assert.False(string.IsNullOrWhiteSpace(page.Title), where);
        Assert.Equal(page.DocumentElement.GetAttribute("lang"), visitor.Answer.Content.Headers.ContentLanguage.Single());
        Assert.Empty(page.QuerySelectorAll("[style], style, script:not([src]), [onclick], [onsubmit], [onload]"));
        Assert.All(page.QuerySelectorAll("[id]").GroupBy(element => element.Id), group => Assert.True(group.Count() == 1, $"{where}: #{group.Key} twice"));
        Assert.All(
            page.QuerySelectorAll("input:not([type=hidden]):not([aria-hidden=true]), textarea, select"),
            field => Assert.True(page.QuerySelector($"label[for='{field.Id}']") is not null || field.Closest("label") is not null, $"{where}: {field.OuterHtml}"));
        Assert.All(
            page.QuerySelectorAll("[aria-describedby], [aria-labelledby]").SelectMany(element => $"{element.GetAttribute("aria-describedby")} {element.GetAttribute("aria-labelledby")}".Split(' ', StringSplitOptions.RemoveEmptyEntries)),
            id => Assert.NotNull(page.GetElementById(id)));
        Assert.All(page.QuerySelectorAll("a"), link => Assert.False(string.IsNullOrWhiteSpace(link.TextContent), $"{where}: {link.OuterHtml}"));

        // A sentence that is missing shows its name.
        Assert.DoesNotMatch(@"\b(Week|Book|Fact|Manage|Layout|Error|Today|Move|Cancel|SignIn)\.[A-Z0-9]", page.Body!.TextContent);
    }
}
