using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Slotwright.Platform;
using Slotwright.SignIn;
using Slotwright.Team;

namespace Slotwright.Pages.SignIn;

/// <summary>Where a signed-in person goes first: to the only account, or to a choice of them.</summary>
[Authorize]
public sealed class DashboardModel : PageModel
{
    public Session Session { get; private set; } = null!;

    public IActionResult OnGet()
    {
        Session = HttpContext.SessionOrNone()!;
        return Session is { IsOperator: false, Memberships: [var only] } ? Redirect(Links.BackOffice(only.AccountName)) : Page();
    }
}
