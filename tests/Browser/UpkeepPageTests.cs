namespace Slotwright.Browser;

/// <summary>What a reseller does with its clients as a whole, in a real browser.</summary>
public sealed class UpkeepPageTests(Site site)
{
    public static TheoryData<int, bool> Looks => [.. Look.All.Select(look => (look.Width, look.Dark))];

    [Theory, MemberData(nameof(Looks))]
    public async Task Every_page_of_the_upkeep_is_accessible_fits_its_window_and_raises_no_complaint(int width, bool dark)
    {
        var look = new Look(width, dark);
        var folder = Environment.GetEnvironmentVariable("SLOTWRIGHT_SCREENSHOTS");
        await using var visit = await site.Visit(look, Environment.GetEnvironmentVariable("SLOTWRIGHT_LANGUAGE") ?? "en");
        var faults = new List<string>();

        await foreach (var stop in UpkeepTour.Walk(visit, $"Two chairs {look.Name}"))
        {
            faults.AddRange((await visit.AccessibilityFaults()).Select(fault => $"{stop}: {fault}"));
            if (await visit.SidewaysOverflow() is > 0 and var pixels)
            {
                faults.Add($"{stop}: {pixels} pixels wider than the window");
            }

            if (folder is not null)
            {
                await visit.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{stop}-{look.Name}.png"), FullPage = true });
            }
        }

        faults.AddRange(visit.Complaints);
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }
}
