namespace Slotwright.Browser;

/// <summary>A walk past sign-in and a person's own login. Ends with everything as it was.</summary>
internal static class LoginTour
{
    /// <param name="visit">Whose browser.</param>
    /// <param name="account">Whose owner signs in: each walk types one wrong code, and ten of them within a quarter of an hour are too many.</param>
    public static async IAsyncEnumerable<string> Walk(Visit visit, string account = "harbour-yoga")
    {
        var page = visit.Page;
        await visit.Open("/signin/forgotten?return=/a/corner-barber");
        yield return "forgotten";

        await page.FillAsync("[name=login]", $"nobody-{Guid.NewGuid():N}@nowhere.example");
        await Tour.Submit(page, "main form", "main form button[type=submit]");
        yield return "forgotten-asked";

        await visit.SignIn($"owner@{account}.example", $"demo-{account}");
        await visit.Open("/me");
        await page.Locator(".person summary").ClickAsync();
        yield return "person-menu";

        foreach (var (name, path) in ((string, string)[])
            [
                ("own-login", "/me"), ("own-password", "/me/password"), ("own-email", "/me/email"), ("own-two-step", "/me/two-step"),
                ("own-passkeys", "/me/passkeys"), ("own-sessions", "/me/sessions"), ("own-confirmation", "/me/confirm?return=/me/email"),
            ])
        {
            await visit.Open(path);
            yield return name;
        }

        await visit.Open("/me/password");
        await page.FillAsync("[name=present]", "wrong");
        await page.FillAsync("[name=next]", "four unusual words here");
        await Tour.Submit(page, "main form", "main form button[type=submit]");
        yield return "own-password-refused";

        await visit.Open("/me/two-step");
        await Tour.Submit(page, "main form", "main form button[type=submit]");
        yield return "own-two-step-set-up";

        await page.FillAsync("[name=code]", AuthenticatorApp.Code(await page.Locator(".secret").InnerTextAsync()));
        await Tour.Submit(page, "main form", "main form button[type=submit]");
        yield return "own-recovery-codes";

        var code = await page.Locator(".codes code").First.InnerTextAsync();
        await visit.Open("/me/two-step");
        yield return "own-two-step-on";

        await SignOut(page);
        await visit.SignIn($"owner@{account}.example", $"demo-{account}");
        yield return "sign-in-second-step";

        await page.FillAsync("[name=code]", "000000");
        await Tour.Submit(page, "main form", "main form button[type=submit]");
        yield return "sign-in-second-step-refused";

        await page.FillAsync("[name=code]", code);
        await Tour.Submit(page, "main form", "main form button[type=submit]");
        await visit.Open("/me/two-step");
        await Tour.Follow(page, page.Locator("main form[action$='Off'] button"));
        yield return "own-login-with-one-step-again";

        await visit.Open("/signin/forgotten");
        await visit.Open("/set-password/1/0123456789abcdef");
        yield return "set-password-spent";

        await visit.Open("/email-change/1/0123456789abcdef");
        yield return "email-change-spent";
    }

    /// <summary>By the person's menu.</summary>
    public static async Task SignOut(Microsoft.Playwright.IPage page)
    {
        await page.Locator(".person summary").ClickAsync();
        await Tour.Submit(page, "header form[action='/signout']", "header form[action='/signout'] button");
    }
}
