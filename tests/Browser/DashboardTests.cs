using System.Globalization;

namespace Slotwright.Browser;

/// <summary>The reseller's dashboard in a browser: numbers that move while it is open, and the page without scripts.</summary>
public sealed class DashboardTests(Site site)
{
    [Fact, Trait("Requirement", "45")]
    public async Task A_booking_moves_the_numbers_of_an_open_dashboard_and_they_are_those_of_the_rows()
    {
        await using var reseller = await site.Visit(Look.Laptop);
        await SignIn(reseller);
        var board = reseller.Page.Locator("#board[data-listening]");
        await board.WaitForAsync();
        var row = reseller.Page.Locator("tr[data-client]", new() { HasText = "petite-table" });
        var before = int.Parse(await row.GetAttributeAsync("data-version") ?? "", CultureInfo.InvariantCulture);

        await using var customer = await site.Visit(Look.Phone);
        await Tour.ChooseTime(customer, "/schedule/petite-table/Terrace", 3);
        await Tour.Submit(customer.Page, "#chosen", "#chosen button");
        await customer.Page.FillAsync("[name=Name]", "Noor Visser");
        await customer.Page.FillAsync("[name=Email]", "noor@visser.example");
        await Tour.Submit(customer.Page, "#booking", "button[form=booking]");

        await reseller.Page.WaitForFunctionAsync($"() => Number([...document.querySelectorAll('tr[data-client]')].find(row => row.textContent.includes('petite-table')).dataset.version) > {before}");
        await reseller.Page.Locator("#happens li").First.Locator("b", new() { HasText = "petite-table" }).WaitForAsync();
        Assert.DoesNotContain("Visser", await reseller.Page.ContentAsync(), StringComparison.OrdinalIgnoreCase);

        // Once it is quiet, the page has held what it shows against the server's own picture.
        await reseller.Page.Locator("#board[data-compared=equal]").WaitForAsync();
    }

    [Fact]
    public async Task The_dashboard_and_its_activity_are_sound_at_every_width_and_scheme()
    {
        var faults = new List<string>();
        foreach (var look in Look.All)
        {
            await using var reseller = await site.Visit(look);
            await SignIn(reseller);
            foreach (var path in (string[])["/reseller/atelier-web", "/reseller/atelier-web/activity", "/reseller/atelier-web?q=nobody"])
            {
                await reseller.Open(path);
                await reseller.Page.Locator("#board[data-listening]").WaitForAsync();
                faults.AddRange((await reseller.AccessibilityFaults()).Select(fault => $"{look} {path}: {fault}"));
                faults.AddRange(await reseller.SidewaysOverflow() is > 0 and var pixels ? [$"{look} {path}: {pixels} pixels too wide"] : []);
            }

            faults.AddRange(reseller.Complaints.Select(complaint => $"{look}: {complaint}"));
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Fact]
    public async Task The_dashboard_works_without_scripts_on_a_phone()
    {
        await using var reseller = await site.Visit(Look.Phone, scripts: false);
        await SignIn(reseller);
        await Tour.Follow(reseller.Page, reseller.Page.Locator("a.chip").Nth(1));
        // Others may have made free clients meanwhile; the barber has a plan.
        Assert.Equal(1, await reseller.Page.Locator("tr[data-client]:has-text('petite-table')").CountAsync());
        Assert.Equal(0, await reseller.Page.Locator("tr[data-client]:has-text('corner-barber')").CountAsync());
        await Tour.Submit(reseller.Page, "#seen", "#seen button");
        await Tour.Follow(reseller.Page, reseller.Page.Locator("aside a"));
        Assert.Equal(1, await reseller.Page.Locator("#happens").CountAsync());
    }

    private static async Task SignIn(Visit visit)
    {
        await visit.SignIn("owner@atelier-web.example", "demo-atelier-web");
        await visit.Open("/reseller/atelier-web");
    }
}
