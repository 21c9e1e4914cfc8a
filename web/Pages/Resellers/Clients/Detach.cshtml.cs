using Microsoft.AspNetCore.Mvc;
using Slotwright.Billing;
using Slotwright.Platform;
using Slotwright.SignIn;
using Slotwright.Tenancy;

namespace Slotwright.Pages.Resellers.Clients;

/// <summary>Lets a client go: it becomes a regular account.</summary>
[ConfirmedOnly]
public sealed class DetachModel(Grains grains, Faces faces) : ClientPage(grains)
{
    public bool Asks { get; private set; }

    /// <summary>What goes with the account; null: nothing that is paid.</summary>
    public LeavingPlan? Plan { get; private set; }

    public Task<IActionResult> OnGet(int client) => ShowPlan(client);

    public async Task<IActionResult> OnPost(int client, [FromForm] string? sure)
    {
        if (sure != "yes")
        {
            Asks = true;
            return await ShowPlan(client);
        }

        var detached = await Reseller.Detach(client, HttpContext.SessionOrNone()!.PersonId);
        if (!detached.Accepted)
        {
            return NotFound();
        }

        faces.Forget(client, detached.Value.Name);
        return new SeeOther($"{Links.Reseller(HttpContext.Account().Name)}?done=detached&name={detached.Value.Name}");
    }

    private async Task<IActionResult> ShowPlan(int client)
    {
        if (!await Find(client))
        {
            return NotFound();
        }

        Plan = (await FindSubscription())?.Leaving;
        return Page();
    }
}
