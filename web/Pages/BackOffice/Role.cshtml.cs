using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Slotwright.Platform;
using Slotwright.Resellers;
using Slotwright.Tenancy;

namespace Slotwright.Pages.BackOffice;

/// <summary>In which role a reseller is logged in to a client account: shown, changed and left here. Not there for the account's own people.</summary>
public sealed class RoleModel(Grains grains, SetupRights rights, ActingSessions sessions, ActingCookies cookies) : PageModel
{
    public IActionResult OnGet() => HttpContext.ActingOrNone() is null ? NotFound() : Page();

    public async Task<IActionResult> OnPostSwitch([FromForm] string? mode)
    {
        if (HttpContext.ActingOrNone() is not { } acting)
        {
            return NotFound();
        }

        if (mode == "administrator" && !rights.IsConfirmed(HttpContext))
        {
            return new SeeOther("/me/confirm?return=" + Uri.EscapeDataString(HttpContext.Request.Path));
        }

        var next = mode == "administrator" ? ActingMode.AsAdministrator : ActingMode.AsReseller;
        await grains.Reseller(acting.ResellerId).SwitchActing(acting.Ticket, next);
        sessions.Forget(acting.Ticket);
        return new SeeOther(Links.Role(HttpContext.Account().Name));
    }

    public async Task<IActionResult> OnPostLeave()
    {
        if (HttpContext.ActingOrNone() is not { } acting)
        {
            return NotFound();
        }

        await grains.Reseller(acting.ResellerId).EndActing(acting.Ticket);
        sessions.Forget(acting.Ticket);
        cookies.Delete(HttpContext, acting.Ticket.ClientId);
        return new SeeOther(Links.Reseller(acting.ResellerAccount));
    }
}
