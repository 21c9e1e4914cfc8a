using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Slotwright.Processes;

namespace Slotwright.Browser;

/// <summary>The operator's pages in a real browser.</summary>
public sealed partial class OperatorPageTests(Site site)
{
    /// <summary>In a product of its own: the shared one shows its pages as they are before anybody operates.</summary>
    [Fact]
    public async Task Every_page_of_the_operator_is_accessible_fits_its_window_and_raises_no_complaint()
    {
        var cancel = TestContext.Current.CancellationToken;
        using var folder = new TemporaryFolder();
        await using var product = Start(folder);
        await product.Ready(cancel);
        await product.Says("/set-password/", cancel);
        await SomebodyActs(product);
        await using var visit = await site.Inspector(Look.Laptop);
        var origin = product.Address!.AbsoluteUri.TrimEnd('/');
        visit.Base = origin;
        await OperatorTour.BecomeOperator(visit, Invitation().Match(product.Output).Value);

        foreach (var look in Look.All)
        {
            await visit.Page.SetViewportSizeAsync(look.Width, look.Width < 600 ? 740 : 900);
            await visit.Page.EmulateMediaAsync(new() { ColorScheme = look.Dark ? ColorScheme.Dark : ColorScheme.Light });
            await visit.Inspect(look, OperatorTour.Walk(visit));
        }
    }

    private static ProductProcess Start(TemporaryFolder folder) => ProductProcess.StartWeb(new Dictionary<string, string>
    {
        ["Storage__Directory"] = folder.Path,
        ["RateLimits__Enabled"] = "false",
        ["Demo__Enabled"] = "true",
    });

    /// <summary>So that there is an access to show.</summary>
    private async Task SomebodyActs(ProductProcess world)
    {
        await using var visit = await site.Visit(Look.Laptop);
        visit.Base = world.Address!.AbsoluteUri.TrimEnd('/');
        await visit.SignIn("owner@atelier-web.example", "demo-atelier-web");
        await visit.Open("/reseller/atelier-web");
        await Tour.Follow(visit.Page, visit.Page.Locator("tr:has-text('corner-barber') button[name=client]"));
    }

    [GeneratedRegex("/set-password/[0-9]+/[A-Za-z0-9_-]+")]
    private static partial Regex Invitation();
}
