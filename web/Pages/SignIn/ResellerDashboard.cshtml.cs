using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Slotwright.Platform;
using Slotwright.SignIn;
using Slotwright.Team;
using Slotwright.Tenancy;

namespace Slotwright.Pages.SignIn;

/// <summary>Leads to the dashboard of the only reseller account that the person administers, or to a choice of them; not there for anybody else.</summary>
[Authorize]
public sealed class ResellerDashboardModel : PageModel
{
    public IReadOnlyList<Membership> Resellers { get; private set; } = [];

    public IActionResult OnGet()
    {
        Resellers = [.. HttpContext.SessionOrNone()!.Memberships.Where(membership => membership.IsReseller)];
        return HttpContext.Site().Kind != SiteKind.Platform || Resellers.Count == 0 ? NotFound()
            : Resellers is [var only] ? Redirect(Links.Reseller(only.AccountName))
            : Page();
    }
}
