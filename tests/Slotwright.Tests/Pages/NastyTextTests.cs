using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Slotwright.Accounts;
using Slotwright.Mail;
using Slotwright.Processes;

namespace Slotwright.Pages;

/// <summary>What people type to break things, in every field there is, and then every page, mail and calendar file that shows it.</summary>
public sealed class NastyTextTests
{
    private const string Long = "LoooongLoooongLoooongLoooongLoooong";

    private static readonly string[] Nasty =
    [
        "<script>alert(1)</script><b id=nasty>", "\"><img src=x onerror=alert(1) id=nasty>", "{{ 7*7 }}${7*7}<%= 7*7 %>", "Ada\u202Eecalevol\u2066", "x\u0001y\uD800z",
        "'; drop table appointments; --", "a\r\nBcc: victim@example.com\r\n\r\nb", "BEGIN:VEVENT\r\nSUMMARY:evil", "&lt;i&gt;&amp;", "👩‍👩‍👧 علی محمد", "=HYPERLINK(\"http://evil.example\")",
        "javascript:alert(1)", "]]><!--<svg/onload=alert(1)>",
    ];

    [Fact, Trait("Fault", "37")]
    public async Task Nasty_text_in_every_field_is_text_on_every_page_and_in_every_mail_and_file()
    {
        await using var product = await Product.Start();
        Visitor New() => new(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }, product.Address, "en");
        var (customer, owner) = (New(), New());
        await Spoil(product);
        var manages = new List<string>();
        foreach (var (index, nasty) in Nasty.Index())
        {
            manages.Add(await Book(customer, nasty, 9 + (index / 2), index % 2 * 30));
        }

        await owner.SignIn("corner-barber", "demo-corner-barber");
        var faults = new List<string>();
        foreach (var crawl in new[] { new Crawl(customer, ["/schedule/corner-barber", .. manages]), new Crawl(owner, "/a/corner-barber", "/a/corner-barber?day=2027-01-13", "/a/corner-barber/find?q=%3Cscript%3E", "/dashboard") })
        {
            await foreach (var visitor in crawl.Walk())
            {
                faults.AddRange(Faults(visitor));
            }
        }

        var written = product.Services.GetRequiredService<IWrittenMails>();
        await Eventually.Holds(async () => (await written.List(1000)).Count >= 2 * Nasty.Length, TimeSpan.FromSeconds(30), "all bookings were mailed");
        foreach (var listing in await written.List(1000))
        {
            faults.AddRange(Faults((await written.Read(listing.Id))!));
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults.Distinct()));
    }

    [Fact, Trait("Fault", "37")]
    public async Task Ten_thousand_characters_in_a_field_are_too_many_and_nothing_is_lost()
    {
        await using var product = await Product.Start();
        var visitor = new Visitor(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }, product.Address, "en");
        await visitor.Open("/schedule/corner-barber/Chairs/book?at=2027-01-13T09:00%2B01:00");

        await visitor.Submit("#booking", new Dictionary<string, string> { ["Name"] = new string('x', 10_000), ["Email"] = "ada@example.com" });

        Assert.Equal("/schedule/corner-barber/Chairs/book", visitor.Address.AbsolutePath);
        Assert.NotNull(visitor.Page.QuerySelector(".error"));
        Assert.Equal("ada@example.com", visitor.Page.QuerySelector("[name=Email]")!.GetAttribute("value"));
    }

    // The owner's own texts, as far as the rules let them through.
    private static async Task Spoil(Product product)
    {
        var account = await product.Account("corner-barber");
        var schedule = await product.Schedule("corner-barber", "Chairs");
        var changed = await account.ChangeBrand(new BrandChange { DisplayName = Nasty[0], Tagline = Nasty[1] + Long, Contact = Nasty[2] });
        Assert.True(changed.Accepted, changed.Refusal.ToString());
        var definition = (await schedule.Definition())!;
        var defined = await schedule.Define(definition with
        {
            Description = Nasty[1],
            Location = Nasty[^1],
            Resources = [.. definition.Resources.Select((resource, index) => resource with { Name = Nasty[index] })],
        });
        Assert.True(defined.Accepted, defined.Refusal.ToString());
        product.Clock.Advance(NodaTime.Duration.FromSeconds(5));
    }

    private static async Task<string> Book(Visitor visitor, string nasty, int hour, int minute)
    {
        await visitor.Open($"/schedule/corner-barber/Chairs/book?at=2027-01-13T{hour:00}:{minute:00}%2B01:00");
        var typed = visitor.Page.QuerySelectorAll("#booking input[name], #booking textarea[name]").Select(field => field.GetAttribute("name")!)
            .Where(name => name is "Name" or "Phone" or "Mobile" or "Address" or "Note").ToDictionary(name => name, name => name == "Phone" && nasty.Length > 40 ? nasty[..40] : nasty);
        typed["Email"] = "ada@example.com";
        await visitor.Submit("#booking", typed);
        Assert.True(visitor.Status == HttpStatusCode.OK && visitor.Address.AbsolutePath.Contains("/appointment/", StringComparison.Ordinal), $"{nasty}: {visitor.Status} {visitor.Page.QuerySelector("main")?.TextContent}");
        return visitor.Address.AbsolutePath;
    }

    private static IEnumerable<string> Faults(Visitor visitor)
    {
        var where = visitor.Address.PathAndQuery;
        if ((int)visitor.Status >= 500)
        {
            yield return $"{where}: {visitor.Status}";
        }

        if (Crawl.IsPage(visitor))
        {
            foreach (var fault in Injected(visitor.Page))
            {
                yield return $"{where}: {fault}";
            }

            if (Record.Exception(() => PageQualityTests.Check(visitor)) is { } broken)
            {
                yield return $"{where}: {broken.Message}";
            }
        }
        else if (visitor.Answer.Content.Headers.ContentType?.MediaType == "text/calendar")
        {
            foreach (var fault in Faults(visitor.Source))
            {
                yield return $"{where}: {fault}";
            }
        }
    }

    private static IEnumerable<string> Faults(WrittenMail mail)
    {
        var page = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(mail.Html);
        foreach (var fault in Injected(page).Concat(mail.Calendar is null ? [] : Faults(mail.Calendar)))
        {
            yield return $"mail '{mail.Listing.Subject}': {fault}";
        }

        if (mail.Raw.Split("\n\n")[0].Split("\r\n\r\n")[0].Contains("\nBcc:", StringComparison.OrdinalIgnoreCase))
        {
            yield return $"mail '{mail.Listing.Subject}': a second recipient";
        }
    }

    private static IEnumerable<string> Injected(AngleSharp.Dom.IDocument page) =>
        page.QuerySelectorAll("#nasty, script:not([src]), [onerror], [onload], a[href^='javascript:' i], [src='x'], svg[onload]").Select(element => $"injected {element.OuterHtml}")
            .Concat(page.DocumentElement.TextContent.Contains("49", StringComparison.Ordinal) && page.DocumentElement.TextContent.Contains("${49}", StringComparison.Ordinal) ? ["a template was worked out"] : []);

    private static IEnumerable<string> Faults(string calendar)
    {
        var lines = calendar.ReplaceLineEndings("\n").Split('\n');
        if (lines.Count(line => line == "BEGIN:VEVENT") != 1 || lines.Count(line => line.StartsWith("SUMMARY", StringComparison.Ordinal)) != 1)
        {
            yield return "a calendar file with more than its own event";
        }

        if (lines.Any(line => line.Any(character => char.IsControl(character) && character != '\t')))
        {
            yield return "a control character in a calendar file";
        }
    }
}
