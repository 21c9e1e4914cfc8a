namespace Slotwright.Browser;

/// <summary>A walk past every page on which an owner sets an account up. Each stop has a name in kebab case.</summary>
internal static class SetupTour
{
    public static async IAsyncEnumerable<string> Walk(Visit visit)
    {
        var page = visit.Page;
        await visit.SignIn("owner@harbour-yoga.example", "demo-harbour-yoga");
        await visit.Open("/a/harbour-yoga/schedules");
        yield return "setup-schedules";

        await Tour.Follow(page, page.Locator("a.card.row").First);
        var schedule = new Uri(page.Url).AbsolutePath;
        yield return "setup-overview";

        foreach (var tab in (string[])["hours", "days", "resources", "booking", "texts", "calendars"])
        {
            await visit.Open($"{schedule}/{tab}");
            yield return $"setup-{tab}";
        }

        await page.FillAsync("[name=label]", "Anna's phone");
        await Tour.Submit(page, "form.inline", "form.inline button");
        yield return "setup-calendar-made";

        await visit.Open($"{schedule}/booking");
        await page.FillAsync("[name=Step]", "3");
        await page.FillAsync("[name=Horizon]", "9999");
        await Tour.Submit(page, "form.sections", "form.sections button[value=save]");
        yield return "setup-booking-with-errors";

        await visit.Open($"{schedule}/days");
        await page.FillAsync("[name=from]", "2030-12-27");
        await page.FillAsync("[name=to]", "2030-12-24");
        await Tour.Submit(page, "#day", "#day button[type=submit]");
        yield return "setup-days-with-errors";

        await visit.Open("/a/harbour-yoga/schedules/new");
        yield return "setup-new-schedule";

        foreach (var (name, path) in ((string, string)[])[("information", ""), ("brand", "/brand"), ("key", "/key")])
        {
            await visit.Open($"/a/harbour-yoga/settings{path}");
            yield return $"setup-{name}";
        }

        await visit.Open("/a/harbour-yoga/usage");
        yield return "setup-usage";

        await visit.Open("/a/harbour-yoga/guide");
        yield return "setup-guide";

        await page.FillAsync("[name=Name]", "Breathing");
        await Tour.Submit(page, "#guide", "#guide .actions button[value=next]");
        yield return "setup-guide-when";

        await Tour.Submit(page, "#guide", "#guide .actions button[value=next]");
        yield return "setup-guide-who";
    }
}
