using Microsoft.AspNetCore.Mvc;
using Slotwright.Pages.Resellers.Clients;
using Slotwright.Platform;
using Slotwright.Tenancy;

namespace Slotwright.Pages.Resellers.Upkeep;

/// <summary>Pauses one client, or opens it again; says before what that means.</summary>
public sealed class PauseModel(Grains grains, Faces faces) : ClientPage(grains)
{
    public bool IsPaused => Client.PausedAt is not null;

    /// <summary>What was done a moment ago: <c>paused</c> or <c>open</c>; null: nothing.</summary>
    public string? Done { get; private set; }

    public async Task<IActionResult> OnGet(int client, string? done)
    {
        if (!await Find(client))
        {
            return NotFound();
        }

        Done = (done, IsPaused) is ("paused", true) or ("open", false) ? done : null;
        return Page();
    }

    public async Task<IActionResult> OnPost(int client, [FromForm(Name = "do")] string? press)
    {
        var reseller = HttpContext.Account();
        var outcome = press == "resume" ? await Reseller.ResumeClient(client) : await Reseller.PauseClient(client);
        if (!outcome.Accepted)
        {
            return NotFound();
        }

        faces.Forget(client);
        return new SeeOther($"{Links.Client(reseller.Name, client, "pause")}?done={(outcome.Value.IsPaused ? "paused" : "open")}");
    }
}
