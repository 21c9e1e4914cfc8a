using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Slotwright.Resellers;
using Slotwright.Tenancy;

namespace Slotwright.Pages.BackOffice.Settings;

/// <summary>Who had access to the account without being of it, and what they did. Read only: nobody ends the relation here.</summary>
public sealed class AccessModel(Grains grains) : PageModel
{
    public AccessLog Log { get; private set; } = null!;

    public async Task OnGet([FromQuery] int? before) =>
        Log = await grains.Account(HttpContext.Account().Id).AccessLog(before is > 0 ? before.Value : int.MaxValue);
}
