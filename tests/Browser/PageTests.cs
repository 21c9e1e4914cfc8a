namespace Slotwright.Browser;

/// <summary>Every page in a real browser, on a phone and a laptop, light and dark.</summary>
public sealed class PageTests(Site site)
{
    public static TheoryData<int, bool> Looks => [.. Look.All.Select(look => (look.Width, look.Dark))];

    [Theory, MemberData(nameof(Looks))]
    public async Task Every_page_is_accessible_fits_its_window_and_raises_no_complaint(int width, bool dark)
    {
        var look = new Look(width, dark);
        await using var visit = await site.Inspector(look);

        // A page that is not found, or no longer, is meant to be.
        await visit.Inspect(look, Tour.Walk(visit, number: look.Width / 360 + (dark ? 1 : 0)), 404, 410);
    }

    /// <summary>Everything from a free time to its cancellation, in the account's language, with scripts off.</summary>
    [Fact]
    public async Task A_customer_books_moves_and_cancels_without_scripts()
    {
        await using var visit = await site.Visit(Look.Phone, "nl", scripts: false);
        var page = visit.Page;

        await Tour.OpenForm(visit, "/schedule/petite-table/Terrace", number: 5);
        await page.FillAsync("[name=Name]", "Noor de Wit");
        await page.FillAsync("[name=Email]", "noor@dewit.example");
        await Tour.Submit(page, "#booking", "button[form=booking]");
        var manage = new Uri(page.Url).AbsolutePath;
        Assert.Contains("/schedule/petite-table/appointment/", manage, StringComparison.Ordinal);
        Assert.Equal("nl", await page.Locator("html").GetAttributeAsync("lang"));

        await visit.Open(manage + "/move");
        await Tour.Follow(page, page.Locator("a.time").First);
        await Tour.Submit(page, "main form", "main form button[type=submit]");
        Assert.Equal(200, await visit.Open(manage));

        await visit.Open(manage + "/cancel");
        await Tour.Submit(page, "main form", "main form button[type=submit]");
        await visit.Open(manage);
        Assert.Equal(0, await page.Locator("main form").CountAsync());
    }

    /// <summary>The mails of a booking are written, and none of a reseller's client names the platform.</summary>
    [Fact]
    public async Task A_booking_is_mailed_in_the_accounts_name()
    {
        await using var visit = await site.Visit(Look.Laptop, "fr");
        var page = visit.Page;
        await Tour.OpenForm(visit, "/schedule/corner-barber/Chairs", number: 9);
        await page.FillAsync("[name=Name]", "Zoé Martin");
        await page.FillAsync("[name=Email]", "zoe@martin.example");
        await Tour.Submit(page, "#booking", "button[form=booking]");

        var mail = page.Locator("a", new() { HasText = "zoe@martin.example" });
        await visit.Mails.Written("zoe@martin.example");
        await visit.Open("/dev/mail");

        Assert.Contains("Corner Barber", await mail.First.InnerTextAsync(), StringComparison.Ordinal);
        await Tour.Follow(page, mail.First);
        Assert.DoesNotContain("Slotwright", await page.ContentAsync(), StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>
    /// Not a test but a camera: <c>SLOTWRIGHT_SCREENSHOTS=folder dotnet run --project tests/Browser -- -explicit only</c> takes every
    /// page in every language, width and scheme.
    /// </summary>
    [Fact(Explicit = true)]
    public Task Screenshots()
    {
        var number = 0;
        return site.PhotographAll((visit, _) => Tour.Walk(visit, number++));
    }
}
