namespace Slotwright.Browser;

/// <summary>What a reseller does with its clients as a whole, in a real browser.</summary>
public sealed class UpkeepPageTests(Site site)
{
    public static TheoryData<int, bool> Looks => [.. Look.All.Select(look => (look.Width, look.Dark))];

    [Theory, MemberData(nameof(Looks))]
    public async Task Every_page_of_the_upkeep_is_accessible_fits_its_window_and_raises_no_complaint(int width, bool dark)
    {
        var look = new Look(width, dark);
        await using var visit = await site.Inspector(look);

        await visit.Inspect(look, UpkeepTour.Walk(visit, $"Two chairs {look.Name}"));
    }
}
