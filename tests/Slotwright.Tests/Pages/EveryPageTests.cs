using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Slotwright.Billing;
using Slotwright.Customers;
using Slotwright.Platform;
using Slotwright.Resellers;
using Slotwright.Storage;

namespace Slotwright.Pages;

/// <summary>What holds of every page, found by following links; a page that nobody leads to is a fault of its own.</summary>
public sealed partial class EveryPageTests
{
    /// <summary>
    /// Pages that no link leads to: an answer to a press, a link that only a mail has, or where the people of a closed account are sent. Each is tested
    /// where it belongs.
    /// </summary>
    private static readonly string[] NotByLink =
        ["/SignIn/SignOut", "/SignIn/SetPassword", "/Resellers/Access/Act", "/BackOffice/Paused", "/BackOffice/Suspended"];

    [Fact]
    public async Task Every_page_is_reached_by_links_and_is_valid_and_free_of_inline_code_and_third_parties()
    {
        var visited = new Visited();
        await using var product = await Product.Start(builder => builder.Services.Configure<MvcOptions>(options => options.Filters.Add(visited)));
        var faults = new List<string>();
        foreach (var crawl in await Roles(product, "en"))
        {
            await foreach (var visitor in crawl.Walk())
            {
                faults.AddRange(Faults(visitor));
            }
        }

        var all = product.Services.GetRequiredService<IActionDescriptorCollectionProvider>().ActionDescriptors.Items.OfType<PageActionDescriptor>().Select(page => page.ViewEnginePath);
        faults.AddRange(all.Except(visited.Pages).Except(NotByLink).Order().Select(page => $"{page}: no link leads here"));
        Assert.True(faults.Count == 0, string.Join('\n', faults.Distinct()));
    }

    [Fact]
    public async Task No_page_says_a_word_that_is_not_in_the_resources()
    {
        await using var product = await Product.Start(builder => builder.Services.AddSingleton<IStringLocalizerFactory>(provider =>
            new PseudoLanguage(ActivatorUtilities.CreateInstance<ResourceManagerStringLocalizerFactory>(provider))));
        var known = KnownWords();
        var faults = new List<string>();
        foreach (var crawl in await Roles(product, "en"))
        {
            await foreach (var visitor in crawl.Walk())
            {
                if (Crawl.IsPage(visitor) && !visitor.Address.AbsolutePath.StartsWith("/dev/", StringComparison.Ordinal))
                {
                    faults.AddRange(Said(visitor.Page)
                        .SelectMany(text => Word().Matches(Addresses().Replace(text, " ")).Select(match => (text, word: match.Value)))
                        .Where(one => !known.Contains(one.word.ToUpperInvariant()))
                        .Select(one => $"{visitor.Address.PathAndQuery}: '{one.word}' in '{one.text}'"));
                }
            }
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults.DistinctBy(fault => fault[fault.IndexOf(": ", StringComparison.Ordinal)..])));
    }

    /// <summary>A customer with an appointment, and an owner; each has been everywhere that a form leads.</summary>
    internal static async Task<IReadOnlyList<Crawl>> Roles(Product product, string language)
    {
        Visitor New() => new(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }, product.Address, language);
        var (customer, owner) = (New(), New());
        await customer.Open("/schedule/corner-barber/Chairs/book?at=2027-01-12T14:30%2B01:00");
        await customer.Submit("#booking", new Dictionary<string, string> { ["Name"] = "Ada", ["Email"] = "ada@example.com" });
        Assert.Equal(HttpStatusCode.OK, customer.Status);
        var manage = customer.Address.PathAndQuery;
        var own = await OwnAppointments(product, "ada@example.com");
        await owner.SignIn("corner-barber", "demo-corner-barber");
        Assert.Equal(HttpStatusCode.OK, owner.Status);
        var (regular, reseller) = (New(), New());
        await regular.SignIn("harbour-yoga", "demo-harbour-yoga");
        await reseller.SignIn("atelier-web", "demo-atelier-web");
        await Subscribe(product);
        await Keep(product);
        var acting = await product.ActAs("petite-table", language);
        var desk = await OperatorTests.AtTheDesk(product, language);
        return
        [
            new Crawl(customer, "/", "/schedule/corner-barber", "/schedule/petite-table", "/schedule/harbour-yoga", manage, own, "/schedule/corner-barber/my-appointments/spent", "/nothing", "/schedule/corner-barber/Nothing", "/signin/code", "/signin/passkey"),
            new Crawl(regular, "/a/harbour-yoga/subscription"),
            new Crawl(reseller, "/reseller", "/reseller/atelier-web", "/reseller/atelier-web/statements"),
            new Crawl(acting, "/a/petite-table/role"),
            new Crawl(desk, "/platform"),
            new Crawl(owner, "/dashboard", "/a/corner-barber", "/a/corner-barber/guide", "/a/nobody", "/set-password/1/spent", "/email-change/1/spent", "/me", "/me/confirm", "/me/passkeys", "/signin/code", "/signin/passkey"),
        ];
    }

    /// <summary>Something to show to those who pay.</summary>
    private static async Task Subscribe(Product product)
    {
        async Task<int> Id(string name) => (await product.Grains.Directory().AccountByName(name))!.AccountId;
        var (client, reseller, regular) = (await Id("corner-barber"), await Id("atelier-web"), await Id("harbour-yoga"));
        Assert.True((await product.Grains.Billing(client).Choose(new ChoosePlan(new PayerActor(1, reseller), "l", null))).Accepted);
        Assert.True((await product.Grains.Billing(regular).Choose(new ChoosePlan(new PayerActor(1, null), "m", null))).Accepted);
    }

    /// <summary>A template, so that there is one to look at.</summary>
    private static async Task Keep(Product product)
    {
        var (client, _) = await product.Find("corner-barber", "Chairs");
        var reseller = (await product.Grains.Directory().AccountByName("atelier-web"))!.AccountId;
        Assert.True((await product.Grains.Reseller(reseller).SaveTemplate(client, "Chairs")).Accepted);
    }

    // As the mail has it.
    private static async Task<string> OwnAppointments(Product product, string email)
    {
        var (account, _) = await product.Find("corner-barber", "Chairs");
        await product.Grains.Customers(account).SendLink(email, "en");
        var id = await product.Services.GetRequiredService<IDatabase>().Read(connection => connection.Scalar("select id from customer_links where email = @email", ("email", email)));
        return Links.OwnAppointments("corner-barber", CustomerLink.Token(product.Services.GetRequiredService<ISecrets>(), (string)id!));
    }

    private static IEnumerable<string> Faults(Visitor visitor)
    {
        var where = visitor.Address.PathAndQuery;
        if ((int)visitor.Status >= 500)
        {
            yield return $"{where}: {visitor.Status}";
        }

        if (!Crawl.IsPage(visitor))
        {
            yield break;
        }

        var policy = string.Join(' ', visitor.Answer.Headers.TryGetValues("Content-Security-Policy", out var values) ? values : []);
        if (!where.StartsWith("/dev/", StringComparison.Ordinal) && (policy.Length == 0 || policy.Contains("unsafe", StringComparison.Ordinal) || policy.Contains("http", StringComparison.Ordinal)))
        {
            yield return $"{where}: content policy '{policy}'";
        }

        foreach (var element in visitor.Page.QuerySelectorAll("link[href], script[src], img[src], source[src], iframe[src], form[action], object, embed"))
        {
            var address = element.GetAttribute("href") ?? element.GetAttribute("src") ?? element.GetAttribute("action") ?? "";
            if (!address.StartsWith("data:image/", StringComparison.Ordinal) && new Uri(visitor.Address, address).Host != visitor.Address.Host)
            {
                yield return $"{where}: a third party in {element.OuterHtml}";
            }
        }

        var check = where.StartsWith("/dev/mail/", StringComparison.Ordinal) ? null : Record.Exception(() => PageQualityTests.Check(visitor));
        if (check is not null)
        {
            yield return $"{where}: {check.Message}";
        }

        foreach (var fault in Nesting(visitor.Page))
        {
            yield return $"{where}: {fault}";
        }
    }

    // What the parser lets pass and the standard does not.
    private static IEnumerable<string> Nesting(IDocument page) =>
        page.QuerySelectorAll("a a, a button, button a, button button, form form, p > div, p > ul, label label, ul > :not(li):not(script):not(template), ol > :not(li):not(script):not(template), dl > :not(div):not(dt):not(dd), h1 h2, span > div, span > p, button > div")
            .Select(element => $"{element.ParentElement?.LocalName} holds {element.OuterHtml}")
            .Concat(page.QuerySelectorAll("img:not([alt])").Select(element => $"no alternative text in {element.OuterHtml}"))
            .Concat(page.QuerySelectorAll("label[for]").Where(label => page.GetElementById(label.GetAttribute("for")!) is null).Select(label => $"nothing is labelled by {label.OuterHtml}"))
            .Concat(page.QuerySelectorAll("[form]").Where(field => page.GetElementById(field.GetAttribute("form")!) is null).Select(field => $"no form for {field.OuterHtml}"));

    /// <summary>Everything that is read or read out.</summary>
    private static IEnumerable<string> Said(IDocument page)
    {
        foreach (var text in page.Descendants<IText>())
        {
            if (text.ParentElement is { } parent && parent.LocalName is not ("script" or "style" or "pre" or "code") && parent.Closest("[lang]:not(html), [translate=no], svg") is null && !string.IsNullOrWhiteSpace(text.Data))
            {
                yield return text.Data.Trim();
            }
        }

        foreach (var element in page.All)
        {
            foreach (var name in new[] { "aria-label", "aria-description", "title", "alt", "placeholder", "aria-valuetext", "aria-roledescription" })
            {
                if (element.GetAttribute(name) is { Length: > 0 } value && element.LocalName != "svg")
                {
                    yield return value;
                }
            }

            if (element.LocalName == "meta" && element.GetAttribute("name") == "description" && element.GetAttribute("content") is { } description)
            {
                yield return description;
            }

            foreach (var attribute in element.Attributes.Where(attribute => attribute.Name.StartsWith("data-say", StringComparison.Ordinal) || attribute.Name.StartsWith("data-word", StringComparison.Ordinal) || attribute.Name.StartsWith("data-text", StringComparison.Ordinal)))
            {
                yield return attribute.Value;
            }
        }
    }

    /// <summary>Words of the demo world's data, of the calendar, of what this test typed, and names that are the same in every language.</summary>
    private static HashSet<string> KnownWords()
    {
        var demo = string.Join(' ', Directory.GetFiles(Path.Combine(PagesHost.WebFolder(), "..", "silo", "Demo"), "*.cs").Select(File.ReadAllText));
        var data = string.Join(' ', Quoted().Matches(demo).Select(match => match.Value));
        var calendar = CultureInfo.GetCultureInfo("en").DateTimeFormat;
        string[] names =
        [
            data, "Ada ada example com", string.Join(' ', calendar.DayNames), string.Join(' ', calendar.AbbreviatedDayNames), string.Join(' ', calendar.MonthNames),
            string.Join(' ', calendar.AbbreviatedMonthNames), "th st nd rd EN FR NL English Slotwright Google Calendar Outlook API PNG SVG ICS PDF CSV QR UTC GMT CB PT HY AW min EUR Free XL",
            string.Join(' ', NodaTime.DateTimeZoneProviders.Tzdb.Ids),
        ];
        return Word().Matches(string.Join(' ', names)).Select(match => match.Value.ToUpperInvariant()).ToHashSet();
    }

    [GeneratedRegex("[A-Za-z]{2,}")]
    private static partial Regex Word();

    [GeneratedRegex("\"[^\"]*\"")]
    private static partial Regex Quoted();

    // Addresses and tokens are no words.
    [GeneratedRegex(@"\S*[@/]\S*|\S*#\S*|\b\S*\d\S*\b|\S+\.example\b|\b[a-z]+-[a-z-]+\b")]
    private static partial Regex Addresses();

    /// <summary>Notes which pages were shown.</summary>
    private sealed class Visited : IAsyncPageFilter
    {
        public HashSet<string> Pages { get; } = [];

        public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

        public Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
        {
            lock (Pages)
            {
                Pages.Add(context.ActionDescriptor.ViewEnginePath);
            }

            return next();
        }
    }
}
