using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Slotwright.Accounts;
using Slotwright.Resellers;
using Slotwright.Tenancy;

namespace Slotwright.Pages.Resellers.Access;

/// <summary>What the reseller's people did in one of its clients.</summary>
public sealed class AccessModel(Grains grains, Faces faces) : PageModel
{
    public AccountReference Client { get; private set; } = null!;

    public AccessLog Log { get; private set; } = null!;

    public async Task<IActionResult> OnGet(int client, [FromQuery] int? before)
    {
        if (await grains.Reseller(HttpContext.Account().Id).AccessLog(client, before is > 0 ? before.Value : int.MaxValue) is not { } log
            || await faces.Account(client) is not { } face)
        {
            return NotFound();
        }

        (Client, Log) = (new AccountReference(face.Id, face.Name), log);
        return Page();
    }
}
