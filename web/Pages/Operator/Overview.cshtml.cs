using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Slotwright.Platform;
using Slotwright.Tenancy;

namespace Slotwright.Pages.Operator;

/// <summary>The platform in numbers.</summary>
public sealed class OverviewModel(Grains grains) : PageModel
{
    public PlatformOverview Seen { get; private set; } = null!;

    public async Task<IActionResult> OnGet()
    {
        if (await grains.Platform.Overview(HttpContext.OperatorPass()) is not { } seen)
        {
            return NotFound();
        }

        Seen = seen;
        return Page();
    }
}
