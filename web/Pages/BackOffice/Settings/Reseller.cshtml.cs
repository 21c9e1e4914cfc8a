using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Slotwright.Localisation;
using Slotwright.Platform;
using Slotwright.Resellers;
using Slotwright.SignIn;
using Slotwright.Tenancy;

namespace Slotwright.Pages.BackOffice.Settings;

/// <summary>The button that gives an account a reseller dashboard; on the platform's host only, where that dashboard is.</summary>
public sealed class ResellerModel(Grains grains, Faces faces, OpenSessions sessions) : PageModel
{
    /// <summary>Name of the sentence; null: nothing is wrong.</summary>
    public string? Problem { get; private set; }

    /// <summary>What resellers save, percent.</summary>
    public string Saved { get; private set; } = "";

    private bool IsAllowed => HttpContext.Site().Kind == SiteKind.Platform && SetupRights.MayResell(HttpContext);

    public Task<IActionResult> OnGet() => IsAllowed ? Shown() : Task.FromResult<IActionResult>(NotFound());

    public async Task<IActionResult> OnPost()
    {
        if (!IsAllowed)
        {
            return NotFound();
        }

        var (account, person) = (HttpContext.Account(), HttpContext.SessionOrNone()!.PersonId);
        var outcome = await grains.Account(account.Id).BecomeReseller(person);
        faces.Forget(account.Id);
        sessions.Forget(person);
        if (outcome.Accepted)
        {
            return new SeeOther(Links.Reseller(outcome.Value.Name));
        }

        Problem = "Become.Refused";
        return outcome.Refusal == BecomeRefusal.IsClient ? await Shown() : NotFound();
    }

    private async Task<IActionResult> Shown()
    {
        Saved = (await grains.FrontDoor.Plans()).ResellerDiscountPercent.Figure();
        return Page();
    }
}
