using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Slotwright.Localisation;
using Slotwright.Resellers;
using Slotwright.Tenancy;

namespace Slotwright.Pages.Resellers.Templates;

/// <summary>
/// Gives a client a template's set-up and reports each schedule. Sent again it makes nothing twice, so the report is the answer to the post itself.
/// </summary>
public sealed class ApplyModel(Grains grains, Faces faces, IStringLocalizer<UpkeepWords> text) : PageModel
{
    public ClientTemplate Template { get; private set; } = null!;

    public IReadOnlyList<ClientListing> Clients { get; private set; } = [];

    public int? ClientId { get; private set; }

    public TemplateApplied? Applied { get; private set; }

    public string? Problem { get; private set; }

    public string ClientName => Clients.FirstOrDefault(client => client.AccountId == ClientId)?.Name ?? "";

    public async Task<IActionResult> OnGet(int template, [FromQuery] int? client) => await Show(template, client) ? Page() : NotFound();

    public async Task<IActionResult> OnPost(int template, [FromForm] int client)
    {
        if (!await Show(template, client))
        {
            return NotFound();
        }

        var outcome = await grains.Reseller(HttpContext.Account().Id).ApplyTemplate(template, client);
        faces.Forget(client);
        (Applied, Problem) = (outcome.Value, outcome.Accepted ? null : text[$"Refusal.{outcome.Refusal}"].Value);
        return Page();
    }

    private async Task<bool> Show(int template, int? client)
    {
        var reseller = HttpContext.Account().Id;
        if (await grains.Reseller(reseller).Template(template) is not { } found)
        {
            return false;
        }

        (Template, Clients, ClientId) = (found, await grains.Reseller(reseller).Clients(), client);
        return true;
    }
}
