namespace Slotwright.Browser;

/// <summary>A walk past every page about a reseller's clients. Each stop has a name in kebab case.</summary>
internal static class ClientTour
{
    public static async IAsyncEnumerable<string> Walk(Visit visit, int number)
    {
        var page = visit.Page;
        await visit.SignIn("owner@atelier-web.example", "demo-atelier-web");
        await visit.Open("/reseller/atelier-web/clients/new");
        yield return "client-new";

        await page.FillAsync("[name=DisplayName]", "Fleur & Fils");
        await page.FillAsync("[name=Name]", "dashboard");
        await page.FillAsync("[name=Email]", $"fleur{number}@fleur.example");
        await Tour.Submit(page, "#client", "#client button[type=submit]");
        yield return "client-new-with-errors";

        await page.FillAsync("[name=Name]", $"fleur-{number}");
        await Tour.Submit(page, "#client", "#client button[type=submit]");
        yield return "client-opened";

        var client = new Uri(page.Url).AbsolutePath;
        await page.FillAsync("[name=amount]", "49.95");
        await page.FillAsync("[name=note]", "Website, booking and two changes a month.");
        await Tour.Submit(page, "#price", "#price button[type=submit]");
        yield return "client";

        await visit.Open($"{client}/detach");
        await Tour.Submit(page, "#detach", "#detach button[type=submit]");
        yield return "client-detach";

        await visit.Open($"{client}/delete");
        await page.FillAsync("#delete [name=name]", "fleur");
        await Tour.Submit(page, "#delete", "#delete button[type=submit]");
        yield return "client-delete-with-errors";

        await page.FillAsync("#delete [name=name]", $"fleur-{number}");
        await Tour.Submit(page, "#delete", "#delete button[type=submit]");
        yield return "client-deleted";

        await visit.Open("/reseller/atelier-web/clients/add");
        await page.FillAsync("[name=name]", "harbour-yoga");
        await page.FillAsync("[name=password]", "wrong");
        await Tour.Submit(page, "#client", "#client button[type=submit]");
        yield return "client-add-with-errors";

        await visit.Open("/reseller/atelier-web/revert");
        yield return "reseller-revert";

        await visit.Open("/a/atelier-web/settings/reseller");
        yield return "setup-is-reseller";
    }
}
