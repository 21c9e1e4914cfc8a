using Microsoft.Playwright;

using Slotwright.Processes;

namespace Slotwright.Browser;

/// <summary>Sign-in and a person's own login in a real browser.</summary>
// What a login changes about its second step ends its other sessions: not while another test walks with one.
[Collection("Harbour Yoga's owner")]
public sealed class LoginPageTests(Site site)
{
    public static TheoryData<int, bool> Looks => [.. Look.All.Select(look => (look.Width, look.Dark))];

    [Theory, MemberData(nameof(Looks))]
    public async Task Every_page_is_accessible_fits_its_window_and_raises_no_complaint(int width, bool dark)
    {
        var look = new Look(width, dark);
        await using var visit = await site.Inspector(look);

        await visit.Inspect(look, LoginTour.Walk(visit));
    }

    /// <summary>Chromium's virtual authenticator makes a passkey of the login, then signs in with it and nothing else.</summary>
    [Fact]
    public async Task A_passkey_is_added_and_signs_in_without_a_password()
    {
        // Passkeys belong to a host name: the shared product is reached by an address.
        using var folder = new TemporaryFolder();
        await using var product = ProductProcess.StartWeb(new Dictionary<string, string>
        {
            ["Storage__Directory"] = folder.Path,
            ["RateLimits__Enabled"] = "false",
            ["Platform__BaseUrl"] = "http://localhost",
        });
        await product.Ready(TestContext.Current.CancellationToken);
        await using var visit = await site.Visit(Look.Laptop);
        var page = visit.Page;
        var origin = $"http://localhost:{product.Address!.Port}";
        var devices = await page.Context.NewCDPSessionAsync(page);
        await devices.SendAsync("WebAuthn.enable");
        await devices.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2",
                ["transport"] = "internal",
                ["hasResidentKey"] = true,
                ["hasUserVerification"] = true,
                ["isUserVerified"] = true,
                ["automaticPresenceSimulation"] = true,
            },
        });
        await visit.Open(origin + "/signin");
        await page.FillAsync("[name=login]", "owner@petite-table.example");
        await page.FillAsync("[name=password]", "demo-petite-table");
        await Tour.Submit(page, "main form.fields", "main form.fields button[type=submit]");

        await visit.Open(origin + "/me/passkeys");
        await page.FillAsync("[name=name]", "Laptop");
        await Tour.Submit(page, "form.passkey", "form.passkey button[type=submit]");
        Assert.Contains("Laptop", await page.Locator(".entries").InnerTextAsync(), StringComparison.Ordinal);
        await LoginTour.SignOut(page);
        await Tour.Submit(page, "form.passkey", "form.passkey button[type=submit]");

        // The script sends the form some time after the press, so that the press waited for no page.
        await Assertions.Expect(page).ToHaveURLAsync(origin + "/a/petite-table");

        await visit.Open(origin + "/me/passkeys");
        await Tour.Follow(page, page.Locator(".entries button"));
        Assert.Equal(0, await page.Locator(".entries").CountAsync());
        await LoginTour.SignOut(page);
        await Tour.Submit(page, "form.passkey", "form.passkey button[type=submit]");

        Assert.Contains("not known here", await page.Locator("[role=alert]").First.InnerTextAsync(), StringComparison.Ordinal);
        Assert.Empty(visit.Complaints);
    }

    /// <summary>Not a test but a camera, as <see cref="PageTests.Screenshots"/>.</summary>
    [Fact(Explicit = true)]
    public Task Screenshots() => site.PhotographAll((visit, language) => LoginTour.Walk(visit, language == "en" ? "harbour-yoga" : "petite-table"));
}
