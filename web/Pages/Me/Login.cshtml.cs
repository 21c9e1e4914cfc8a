using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Slotwright.SignIn;
using Slotwright.Team;
using Slotwright.Tenancy;

namespace Slotwright.Pages.Me;

/// <summary>A signed-in person's own login at a glance.</summary>
public sealed class LoginModel(Grains grains, PasskeyChallenges passkeys) : PageModel
{
    private static readonly string[] Said = ["password", "email", "two-step", "confirmed", "sessions"];

    public LoginFace Login { get; private set; } = null!;

    public bool PasskeysWork => passkeys.WorkOn(HttpContext);

    /// <summary>What has just been done; null: nothing.</summary>
    public string? Done { get; private set; }

    public async Task<IActionResult> OnGet([FromQuery] string? done)
    {
        if (await grains.OwnLogin(HttpContext) is not { } login)
        {
            return new SeeOther("/signin");
        }

        (Login, Done) = (login, Said.Contains(done) ? done : null);
        return Page();
    }
}
