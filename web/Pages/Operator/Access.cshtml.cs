using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Slotwright.Resellers;
using Slotwright.Tenancy;

namespace Slotwright.Pages.Operator;

/// <summary>Who acted as whose client, over all accounts.</summary>
public sealed class AccessModel(Grains grains) : PageModel
{
    public IReadOnlyList<ActingListing> Sessions { get; private set; } = [];

    public async Task<IActionResult> OnGet([FromQuery] int? before)
    {
        if (await grains.Platform.ActingSessions(HttpContext.OperatorPass(), before is > 0 ? before.Value : int.MaxValue) is not { } sessions)
        {
            return NotFound();
        }

        Sessions = sessions;
        return Page();
    }
}
