using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Slotwright.Platform;
using Slotwright.Resellers;
using Slotwright.Tenancy;

namespace Slotwright.Pages.Resellers.Upkeep;

/// <summary>Pauses one client, or opens it again; says before what that means.</summary>
public sealed class PauseModel(Grains grains, Faces faces) : PageModel
{
    public ClientListing Client { get; private set; } = null!;

    public bool IsPaused => Client.PausedAt is not null;

    /// <summary>What was done a moment ago: <c>paused</c> or <c>open</c>; null: nothing.</summary>
    public string? Done { get; private set; }

    public async Task<IActionResult> OnGet(int client, string? done)
    {
        if (await Find(client) is not { } found)
        {
            return NotFound();
        }

        (Client, Done) = (found, (done, found.PausedAt) is ("paused", not null) or ("open", null) ? done : null);
        return Page();
    }

    public async Task<IActionResult> OnPost(int client, [FromForm(Name = "do")] string? press)
    {
        var reseller = HttpContext.Account();
        var outcome = press == "resume" ? await grains.Reseller(reseller.Id).ResumeClient(client) : await grains.Reseller(reseller.Id).PauseClient(client);
        if (!outcome.Accepted)
        {
            return NotFound();
        }

        faces.Forget(client);
        return new SeeOther($"{Links.Client(reseller.Name, client, "pause")}?done={(outcome.Value.IsPaused ? "paused" : "open")}");
    }

    private async Task<ClientListing?> Find(int client) =>
        (await grains.Reseller(HttpContext.Account().Id).Clients()).FirstOrDefault(listing => listing.AccountId == client);
}
