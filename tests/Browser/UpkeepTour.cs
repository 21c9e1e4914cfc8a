namespace Slotwright.Browser;

/// <summary>A walk past the pages on which a reseller keeps templates, pauses a client and merges. It pauses and merges nobody: others look at the same world.</summary>
internal static class UpkeepTour
{
    public static async IAsyncEnumerable<string> Walk(Visit visit, string name)
    {
        var page = visit.Page;
        await visit.SignIn("owner@atelier-web.example", "demo-atelier-web");
        await visit.Open("/reseller/atelier-web/templates");
        yield return "reseller-templates";

        // The same name twice: whoever walks first makes it, and each walk finds it taken at the latest the second time.
        await page.FillAsync("#save [name=name]", "Taken");
        await Tour.Submit(page, "#save", "#save button");
        await visit.Open("/reseller/atelier-web/templates");
        await page.FillAsync("#save [name=name]", "Taken");
        await Tour.Submit(page, "#save", "#save button");
        yield return "reseller-templates-with-errors";

        await page.FillAsync("#save [name=name]", name);
        await Tour.Submit(page, "#save", "#save button");
        yield return "reseller-template";

        await Tour.Follow(page, page.Locator("section .actions a.btn").First);
        yield return "reseller-template-apply";

        await Tour.Submit(page, "main form", "main form button");
        yield return "reseller-template-applied";

        await visit.Open("/reseller/atelier-web/merge");
        yield return "reseller-merge";

        await page.FillAsync("#proof [name=name]", "harbour-yoga");
        await page.FillAsync("#proof [name=password]", "not this one");
        await Tour.Submit(page, "#proof", "#proof button");
        yield return "reseller-merge-refused";

        await visit.Open("/reseller/atelier-web/clients/2/pause");
        yield return "reseller-client-pause";
    }
}
