namespace Slotwright.Browser;

/// <summary>A walk past what a reseller sees in a client's account, and the client of it. Ends with everything as it was.</summary>
internal static class ActingTour
{
    public static async IAsyncEnumerable<string> Walk(Visit visit)
    {
        var page = visit.Page;
        await visit.SignIn("owner@atelier-web.example", "demo-atelier-web");
        await visit.Open("/reseller/atelier-web");
        await Tour.Follow(page, page.Locator("tr:has-text('corner-barber') button[name=client]"));
        yield return "acting-today";

        foreach (var (name, path) in ((string, string)[])[("role", "/role"), ("information", "/settings"), ("brand", "/settings/brand"), ("access", "/settings/access")])
        {
            await visit.Open($"/a/corner-barber{path}");
            yield return $"acting-{name}";
        }

        await visit.Open("/a/corner-barber/settings");
        await page.FillAsync("#hand-over [name=email]", "owner@corner-barber.example");
        await Tour.Submit(page, "#hand-over", "#hand-over button");
        yield return "acting-hand-over-refused";

        await visit.Open("/a/corner-barber/role");
        await Tour.Submit(page, "main form[action*=Switch]", "main form[action*=Switch] button");
        yield return "acting-as-administrator";

        await visit.Open("/a/corner-barber/settings/key");
        yield return "acting-forbidden";

        await visit.Open("/a/corner-barber/settings/access");
        yield return "acting-access-with-acts";

        await visit.Open("/a/corner-barber/role");
        await Tour.Submit(page, "main form[action*=Leave]", "main form[action*=Leave] button");
    }
}
