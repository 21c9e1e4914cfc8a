using Slotwright.Accounts;
using Slotwright.Pages;

namespace Slotwright.Resellers;

public sealed class SupportTests
{
    [Fact, Trait("Requirement", "31"), Trait("Requirement", "32"), Trait("Requirement", "33")]
    public async Task A_resellers_help_line_shows_at_once_in_its_clients_accounts_and_without_one_its_own_name_and_address()
    {
        await using var product = await Product.Start();
        var reseller = product.Grains.Reseller((await product.Grains.Directory().AccountByName("atelier-web"))!.AccountId);
        var visitor = new Visitor(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }, product.Address, "en");
        await visitor.Open("/schedule/petite-table");
        Assert.Contains("aide@atelier-web.example", visitor.Text("footer"), StringComparison.Ordinal);

        await reseller.ChangeSettings(new ResellerSettings { Support = new SupportDetails { Name = "Night Desk", Phone = "0800 55" } });
        product.Clock.AdvanceSeconds(2);
        foreach (var client in new[] { "petite-table", "corner-barber" })
        {
            await visitor.Open($"/schedule/{client}");
            Assert.Contains("Night Desk", visitor.Text("footer"), StringComparison.Ordinal);
            Assert.DoesNotContain("Atelier", visitor.Text("footer"), StringComparison.Ordinal);
        }

        await reseller.ChangeSettings(new ResellerSettings { Support = new SupportDetails { Name = " " } });
        product.Clock.AdvanceSeconds(2);
        await visitor.Open("/schedule/petite-table");

        Assert.Matches("(?s)atelier-web.*owner@atelier-web.example", visitor.Text("footer"));
        Assert.DoesNotContain("Slotwright", visitor.Source, StringComparison.OrdinalIgnoreCase);
        await visitor.SignIn("petite-table", "demo-petite-table");
        await visitor.Open("/a/petite-table/usage");
        Assert.Contains("atelier-web looks after your plan.", visitor.Text("main"), StringComparison.Ordinal);
    }
}
