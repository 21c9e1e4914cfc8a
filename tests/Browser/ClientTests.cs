namespace Slotwright.Browser;

/// <summary>The pages about a reseller's clients in a real browser.</summary>
public sealed class ClientTests(Site site)
{
    public static TheoryData<int, bool> Looks => [.. Look.All.Select(look => (look.Width, look.Dark))];

    [Theory, MemberData(nameof(Looks))]
    public async Task Every_page_about_clients_is_accessible_fits_its_window_and_raises_no_complaint(int width, bool dark)
    {
        var look = new Look(width, dark);
        await using var visit = await site.Inspector(look);

        await visit.Inspect(look, ClientTour.Walk(visit, number: look.Width + (dark ? 1 : 0)));
    }
}
