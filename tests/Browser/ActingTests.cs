namespace Slotwright.Browser;

/// <summary>What a reseller sees in a client's account, in a real browser.</summary>
[Collection("The Corner Barber's reseller")]
public sealed class ActingTests(Site site)
{
    public static TheoryData<int, bool> Looks => [.. Look.All.Select(look => (look.Width, look.Dark))];

    [Theory, MemberData(nameof(Looks)), Trait("Requirement", "55")]
    public async Task Every_page_while_acting_is_accessible_fits_its_window_and_raises_no_complaint(int width, bool dark)
    {
        var look = new Look(width, dark);
        await using var visit = await site.Inspector(look);

        // The forbidden page answers 403.
        await visit.Inspect(look, ActingTour.Walk(visit), 403);
    }

    /// <summary>The banner stands at the top right, and its button leads back.</summary>
    [Fact, Trait("Requirement", "55"), Trait("Requirement", "56")]
    public async Task The_banner_stands_at_the_top_right_of_a_laptop_and_leads_back_without_scripts()
    {
        await using var visit = await site.Visit(Look.Laptop, "fr", scripts: false);
        var page = visit.Page;
        await visit.SignIn("owner@atelier-web.example", "demo-atelier-web");
        await visit.Open("/reseller/atelier-web");
        await Tour.Follow(page, page.Locator("tr:has-text('corner-barber') button[name=client]"));

        var box = (await page.Locator("header .acting").BoundingBoxAsync())!;
        Assert.True(box.X > 400 && box.X + box.Width > 1100 && box.Y + box.Height < 110, $"{box.X} {box.Y} {box.Width} {box.Height}");
        Assert.Contains("Connecté en tant que revendeur Atelier Web", await page.Locator("header .acting").InnerTextAsync(), StringComparison.Ordinal);
        await Tour.Follow(page, page.Locator("header .acting button"));
        Assert.EndsWith("/reseller/atelier-web", new Uri(page.Url).AbsolutePath, StringComparison.Ordinal);
    }
}
