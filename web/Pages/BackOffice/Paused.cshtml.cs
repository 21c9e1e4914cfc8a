using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Slotwright.Platform;
using Slotwright.Tenancy;

namespace Slotwright.Pages.BackOffice;

/// <summary>All that the people of a paused account see of its back office: that it is paused, and whom to ask.</summary>
public sealed class PausedModel : PageModel
{
    public IActionResult OnGet() =>
        HttpContext.Account() is var account && account.IsPaused ? Page() : new SeeOther(Links.BackOffice(account.Name));
}
