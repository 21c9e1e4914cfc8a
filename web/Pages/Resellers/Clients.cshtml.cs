using Microsoft.AspNetCore.Mvc.RazorPages;
using Slotwright.Resellers;
using Slotwright.Tenancy;

namespace Slotwright.Pages.Resellers;

/// <summary>The reseller dashboard: its client accounts.</summary>
public sealed class ClientsModel(Grains grains) : PageModel
{
    public IReadOnlyList<ClientListing> Clients { get; private set; } = [];

    public async Task OnGet() => Clients = await grains.Reseller(HttpContext.Account().Id).Clients();
}
