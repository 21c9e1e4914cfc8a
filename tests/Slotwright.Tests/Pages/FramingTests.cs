using Slotwright.Accounts;

namespace Slotwright.Pages;

/// <summary>Who may show our pages in a frame.</summary>
public sealed class FramingTests
{
    [Fact, Trait("Fault", "43")]
    public async Task An_account_says_which_sites_frame_its_public_pages_and_nobody_frames_the_others()
    {
        await using var product = await Product.Start();
        var account = await product.Account("corner-barber");
        var changed = await account.ChangeBrand(new BrandChange { FramedBy = "https://www.corner-barber.example https://*.salon.example:8443" });
        Assert.True(changed.Accepted);
        product.Clock.Advance(NodaTime.Duration.FromSeconds(5));
        var visitor = new Visitor(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }, product.Address, "en");

        Assert.EndsWith("frame-ancestors 'self' https://www.corner-barber.example https://*.salon.example:8443", await Policy(visitor, "/schedule/corner-barber/Chairs"), StringComparison.Ordinal);
        Assert.EndsWith("frame-ancestors 'self'", await Policy(visitor, "/schedule/harbour-yoga/Private_lessons"), StringComparison.Ordinal);
        Assert.EndsWith("frame-ancestors 'none'", await Policy(visitor, "/signin?return=/a/corner-barber"), StringComparison.Ordinal);
        await visitor.SignIn("corner-barber", "demo-corner-barber");
        foreach (var page in new[] { "/a/corner-barber", "/a/corner-barber/settings", "/a/corner-barber/nothing", "/" })
        {
            Assert.EndsWith("frame-ancestors 'none'", await Policy(visitor, page), StringComparison.Ordinal);
        }
    }

    [Theory, Trait("Fault", "43")]
    [InlineData("https://a.example; script-src *")]
    [InlineData("https://a.example,https://b.example")]
    [InlineData("http://a.example")]
    [InlineData("*")]
    [InlineData("https://*")]
    [InlineData("https://a.example/path")]
    [InlineData("https://a.example\n")]
    [InlineData("'none'")]
    public void What_is_no_plain_origin_is_no_site_that_may(string origins) => Assert.False(BrandRules.IsValid(Brand(origins)));

    [Fact]
    public void Plain_origins_are_sites_that_may() => Assert.True(BrandRules.IsValid(Brand("https://a.example https://www.b-c.example:8443")));

    private static AccountBrand Brand(string framedBy) => new() { DisplayName = "A", Language = "en", TimeZone = "Europe/Paris", FramedBy = framedBy };

    private static async Task<string> Policy(Visitor visitor, string page)
    {
        await visitor.Open(page);
        return Assert.Single(visitor.Answer.Headers.GetValues("Content-Security-Policy"));
    }
}
