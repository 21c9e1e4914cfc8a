using System.Net;
using NodaTime;
using Slotwright.Resellers;
using Slotwright.Setup;

namespace Slotwright.WhiteLabel;

/// <summary>What a reseller sets once for all its clients.</summary>
public sealed class ResellerSettingsTests
{
    [Fact, Trait("Requirement", "31"), Trait("Requirement", "32"), Trait("Requirement", "33")]
    public async Task Support_details_are_edited_once_and_shown_in_every_client_at_once_and_without_any_the_resellers_own_name_is()
    {
        await using var product = await Product.Start();
        var reseller = await Owner.Of(product, ActingWorld.Reseller);
        await reseller.Open("/reseller/atelier-web/settings");
        await reseller.Submit("#support", new Dictionary<string, string>
        {
            ["Name"] = "Atelier Hotline",
            ["Email"] = "hotline@atelier.example",
            ["Phone"] = "+33 4 11 22 33 44",
            ["Website"] = "https://aide.atelier.example",
            ["Advert"] = "Made by the Atelier",
        });
        Assert.Contains("Saved", reseller.Text(".notice.good"), StringComparison.Ordinal);

        foreach (var client in new[] { "corner-barber", "petite-table" })
        {
            var owner = await Owner.Of(product, client);
            await owner.Open($"/a/{client}");
            Assert.Contains("Atelier Hotline", owner.Text("footer"), StringComparison.Ordinal);
            Assert.Contains("hotline@atelier.example", owner.Source, StringComparison.Ordinal);
        }

        await reseller.Submit("#support", new Dictionary<string, string> { ["Name"] = "", ["Email"] = "", ["Phone"] = "", ["Website"] = "" });
        var face = await (await product.Account("corner-barber")).Face();
        Assert.Equal(("atelier-web", "owner@atelier-web.example"), (face!.Support!.Name, face.Support.Email));
        Assert.Equal("Made by the Atelier", (await product.Grains.Reseller(face.ResellerId!.Value).Settings())!.AdvertLine);
    }

    [Theory]
    [InlineData("Email", "not an address", "not an e-mail address")]
    [InlineData("Website", "javascript:alert(1)", "not a web address")]
    public async Task What_cannot_be_shown_is_refused_at_its_field(string field, string typed, string sentence)
    {
        await using var product = await Product.Start();
        var reseller = await Owner.Of(product, ActingWorld.Reseller);
        await reseller.Open("/reseller/atelier-web/settings");

        await reseller.Submit("#support", new Dictionary<string, string> { [field] = typed });

        Assert.Contains(sentence, reseller.Text($"#field-{field}-error"), StringComparison.Ordinal);
        Assert.Equal(typed, reseller.Page.QuerySelector($"#field-{field}")!.GetAttribute("value"));
    }

    [Fact, Trait("Requirement", "25"), Trait("Requirement", "26"), Trait("Requirement", "20")]
    public async Task Colours_logo_and_icon_of_a_reseller_serve_each_client_until_it_sets_its_own()
    {
        await using var product = await Product.Start();
        var reseller = await Owner.Of(product, ActingWorld.Reseller);
        await reseller.Open("/reseller/atelier-web/settings/brand");
        await reseller.Submit("#colours", new Dictionary<string, string> { ["has-colour"] = "yes", ["colour"] = "#205080" });
        var id = (await product.Grains.Directory().AccountByName("atelier-web"))!.AccountId;
        var picture = new Accounts.BrandPicture { ContentType = "image/png", Bytes = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3] };
        foreach (var kind in Enum.GetValues<Accounts.BrandPictureKind>())
        {
            Assert.True((await product.Grains.Reseller(id).PutDefaultPicture(kind, picture)).Accepted);
        }

        var plain = await Neutral(product, "petite-table");
        Assert.Equal("#205080", plain.Brand.Colour);
        Assert.True(plain.Inherited is { Colour: true, Logo: true, Icon: true });
        product.Clock.Advance(Duration.FromSeconds(3));
        var visitor = product.NewVisitor();
        var page = await visitor.GetStringAsync("/schedule/petite-table", TestContext.Current.CancellationToken);
        Assert.Contains(plain.Brand.Icon, page, StringComparison.Ordinal);
        using var served = await visitor.GetAsync($"/brand/petite-table/picture/{plain.Brand.Icon}.png", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, served.StatusCode);
        using var elsewhere = await visitor.GetAsync($"/brand/harbour-yoga/picture/{plain.Brand.Icon}.png", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, elsewhere.StatusCode);

        // The page says whose it is, and what a client sets itself is its own.
        var owner = await Owner.Of(product, "petite-table");
        await owner.Open("/a/petite-table/settings/brand");
        Assert.Contains("Inherited from", owner.Text(".inherited"), StringComparison.Ordinal);
        await owner.Submit("#colours", new Dictionary<string, string> { ["colour"] = "#a03c1e" }, "#colours button[value=save]");
        Assert.Equal("#a03c1e", (await (await product.Account("petite-table")).Face())!.Brand.Colour);
    }

    [Fact, Trait("Requirement", "21"), Trait("Requirement", "23")]
    public async Task A_sender_for_all_clients_is_set_on_a_page_that_states_its_limit()
    {
        await using var dns = new DnsSink();
        await using var product = await Product.Start(null, dns.Setting, "--Platform:NoReplyAddress=no-reply@post.example");
        var reseller = await Owner.Of(product, ActingWorld.Reseller);
        await reseller.Open("/reseller/atelier-web/settings/sender");
        Assert.Contains("sent by the servers of the service", reseller.Text("#limit"), StringComparison.Ordinal);

        await reseller.Submit("#change", new Dictionary<string, string> { ["Address"] = "no-reply@post.example" }, "#change button");
        Assert.Contains("belongs to the service", reseller.Text("#field-Address-error"), StringComparison.Ordinal);
        await reseller.Submit("#change", new Dictionary<string, string> { ["Address"] = "termine@atelier.example" }, "#change button");
        Assert.Contains("Not yet", reseller.Text(".standing"), StringComparison.Ordinal);
        dns.Text(reseller.Page.QuerySelector("#dkim-name")!.GetAttribute("value")!, reseller.Page.QuerySelector("#dkim-value")!.GetAttribute("value")!);
        dns.Text("atelier.example", "v=spf1 include:post.example ~all");
        await reseller.Submit("#check", null, "#check button");

        Assert.Contains("Mails come from termine@atelier.example", reseller.Text(".standing"), StringComparison.Ordinal);
        Assert.Equal(("In place", "In place", "Missing"), (reseller.Text("#state-dkim"), reseller.Text("#state-spf"), reseller.Text("#state-dmarc")));
        var acting = await reseller.ActAs(product, "petite-table");
        await acting.Open("/a/petite-table/settings/sender");
        Assert.Contains("termine@atelier.example", acting.Text(".inherited"), StringComparison.Ordinal);
    }

    private static async Task<Accounts.AccountFace> Neutral(Product product, string client)
    {
        var account = await product.Account(client);
        await account.ChangeBrand(new Accounts.BrandChange { Colour = InheritedLooks.NeutralColour, BarColour = "" });
        return (await account.Face())!;
    }
}
