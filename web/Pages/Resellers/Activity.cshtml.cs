using System.Globalization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Slotwright.Resellers;
using Slotwright.Tenancy;

namespace Slotwright.Pages.Resellers;

/// <summary>What happens at the reseller's clients, or at one of them.</summary>
public sealed class ActivityModel(Grains grains) : PageModel
{
    public const int MostEvents = 100;

    /// <summary>Null: all.</summary>
    public int? Client { get; private set; }

    public IReadOnlyList<ClientListing> Clients { get; private set; } = [];

    public ActivityView View { get; private set; } = null!;

    public async Task OnGet(string? client)
    {
        Client = int.TryParse(client, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
        var reseller = HttpContext.Account().Id;
        Clients = await grains.Reseller(reseller).Clients();
        View = await grains.Dashboard(reseller).Activity(new ActivityQuery { AccountId = Client, Limit = MostEvents });
    }
}
