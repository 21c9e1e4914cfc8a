using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Slotwright.Platform;
using Slotwright.Tenancy;

namespace Slotwright.Pages.BackOffice;

/// <summary>All that is left of the back office of an account that the operator closed.</summary>
public sealed class SuspendedModel : PageModel
{
    public const string Path = "/BackOffice/Suspended";

    public IActionResult OnGet() => HttpContext.Account().IsSuspended ? Page() : new SeeOther(Links.BackOffice(HttpContext.Account().Name));
}
