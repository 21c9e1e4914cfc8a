using System.Net;
using NodaTime;
using Slotwright.Limits;
using Slotwright.Pages;
using Slotwright.Setup;
using Slotwright.Team;

namespace Slotwright.Resellers;

public sealed class HandOverTests
{
    [Fact, Trait("Requirement", "60"), Trait("Requirement", "61"), Trait("Requirement", "62")]
    public async Task A_new_administrator_is_invited_by_the_reseller_and_the_former_one_is_out()
    {
        await using var product = await Product.Start(null, Mailbox.Paused);
        var former = await Owner.Of(product, ActingWorld.Client);
        var reseller = await product.ActAs();

        await reseller.Open("/a/corner-barber/settings");
        await reseller.Send("#hand-over", ("email", "figaro@seville.example"));

        Assert.Contains("figaro@seville.example", reseller.Text("[aria-labelledby=administrator] .notice"), StringComparison.Ordinal);
        product.Clock.Advance(Duration.FromSeconds(5));
        await former.Open("/a/corner-barber");
        Assert.Equal(HttpStatusCode.NotFound, former.Status);

        var letter = Assert.Single(await product.Letters("figaro@seville.example"));
        Assert.Contains("Atelier Web", letter.Listing.From, StringComparison.Ordinal);
        Assert.DoesNotContain("Slotwright", letter.Raw, StringComparison.OrdinalIgnoreCase);
        var farewell = Assert.Single(await product.Letters("owner@corner-barber.example"));
        Assert.DoesNotContain("figaro", farewell.Raw, StringComparison.Ordinal);

        var next = new Visitor(() => new SocketsHttpHandler { AllowAutoRedirect = false }, product.Address, "en");
        await next.Open(letter.Link("/set-password/"));
        await next.Submit("main form", new Dictionary<string, string> { ["password"] = "four unusual words here" });
        var again = new Visitor(() => new SocketsHttpHandler { AllowAutoRedirect = false }, product.Address, "en");
        await again.SignIn("corner-barber", "four unusual words here");
        Assert.Equal("/a/corner-barber", again.Address.AbsolutePath);

        // The reseller is in as before.
        await reseller.Open("/a/corner-barber");
        Assert.Equal(HttpStatusCode.OK, reseller.Status);
    }

    [Fact, Trait("Requirement", "60")]
    public async Task Whoever_has_a_login_already_is_told_and_keeps_it()
    {
        await using var product = await Product.Start(null, Mailbox.Paused);
        var reseller = await product.ActAs();
        await reseller.Open("/a/corner-barber/settings");

        await reseller.Send("#hand-over", ("email", "owner@petite-table.example"));

        var letter = Assert.Single(await product.Letters("owner@petite-table.example"));
        Assert.DoesNotContain("/set-password/", letter.Text, StringComparison.Ordinal);
        var owner = await Owner.Of(product, "petite-table");
        await owner.Open("/a/corner-barber");
        Assert.Equal(HttpStatusCode.OK, owner.Status);
    }

    [Fact]
    public async Task Nobody_is_mailed_by_handing_over_back_and_forth()
    {
        await using var product = await Product.Start(null, Mailbox.Paused, "--RateLimits:Enabled=true", $"--RateLimits:{nameof(RateLimitOptions.SignUpsPerEmailAndHour)}=1");
        var reseller = await product.ActAs();
        await reseller.Open("/a/corner-barber/settings");
        foreach (var email in new[] { "figaro@seville.example", "bartolo@seville.example", "Figaro@Seville.example" })
        {
            await reseller.Send("#hand-over", ("email", email));
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, reseller.Status);
        Assert.Contains("several mails within the last hour", reseller.Text("#hand-over .error"), StringComparison.Ordinal);
        Assert.Equal("bartolo@seville.example", (await (await product.Account("corner-barber")).Face())!.OwnerEmail);
    }

    [Fact, Trait("Requirement", "60"), Trait("Fault", "32")]
    public async Task Neither_the_client_nor_a_view_as_its_administrator_nor_a_stale_password_hands_over()
    {
        await using var product = await Product.Start();
        var owner = await Owner.Of(product, ActingWorld.Client);
        await owner.Open("/a/corner-barber/settings");
        var mine = KeyValuePair.Create("email", "mine@elsewhere.example");
        await owner.Post("/a/corner-barber/settings?handler=Administrator", [.. owner.Token(), mine]);
        Assert.Equal(HttpStatusCode.NotFound, owner.Status);
        Assert.Equal(1, await product.Count("select count(*) from audit where outcome = 3 and acting_id is null"));

        var reseller = await product.ActAs();
        await reseller.Open("/a/corner-barber/role");
        await reseller.Submit("main form[action*=Switch]");
        await reseller.Open("/a/corner-barber/settings");
        Assert.Null(reseller.Page.QuerySelector("#hand-over"));
        await reseller.Post("/a/corner-barber/settings?handler=Administrator", [.. reseller.Token(), mine]);
        Assert.Equal(HttpStatusCode.Forbidden, reseller.Status);

        await reseller.Open("/a/corner-barber/role");
        await reseller.Submit("main form[action*=Switch]");
        product.Clock.Advance(Duration.FromMinutes(15));
        await reseller.Open("/a/corner-barber/settings");
        Assert.Null(reseller.Page.QuerySelector("#hand-over"));
        await reseller.Post("/a/corner-barber/settings?handler=Administrator", [.. reseller.Token(), mine]);
        Assert.Equal("/me/confirm", reseller.Address.AbsolutePath);
        Assert.Equal("owner@corner-barber.example", (await (await product.Account("corner-barber")).Face())!.OwnerEmail);
    }
}
