namespace Slotwright.Browser;

/// <summary>A walk past the operator's pages, by an operator who is past the second step.</summary>
internal static class OperatorTour
{
    public static async IAsyncEnumerable<string> Walk(Visit visit)
    {
        var page = visit.Page;
        await visit.Open("/platform");
        yield return "operator-overview";

        await visit.Open("/platform/accounts");
        yield return "operator-accounts";

        await page.FillAsync("[name=q]", "nobody-is-called-so");
        await Tour.Submit(page, "main form.search", "main form.search button");
        yield return "operator-accounts-none";

        await visit.Open("/platform/accounts?q=corner-barber");
        await page.Locator("tbody summary").ClickAsync();
        yield return "operator-account-to-suspend";

        await Tour.Follow(page, page.Locator("tbody form button"));
        yield return "operator-account-suspended";

        await Tour.Follow(page, page.Locator("tbody form button"));
        await visit.Open("/platform/mail");
        yield return "operator-mail";

        await visit.Open("/platform/access");
        yield return "operator-access";
    }

    /// <summary>From the link of the first start to a second step.</summary>
    public static async Task BecomeOperator(Visit visit, string link)
    {
        var page = visit.Page;
        await visit.Open(link);
        await page.FillAsync("[name=password]", "four unusual words here");
        await Tour.Submit(page, "main form", "main form button[type=submit]");

        // Without a second step every operator's page leads here.
        await visit.Open("/platform");
        Assert.Equal("/me/two-step", new Uri(page.Url).AbsolutePath);
        await Tour.Submit(page, "main form", "main form button[type=submit]");
        await page.FillAsync("[name=code]", AuthenticatorApp.Code(await page.Locator(".secret").InnerTextAsync()));
        await Tour.Submit(page, "main form", "main form button[type=submit]");
    }
}
