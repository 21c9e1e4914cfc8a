using System.Net.Mime;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Slotwright.Limits;
using Slotwright.Platform;
using Slotwright.SignIn;
using Slotwright.Team;
using Slotwright.Tenancy;

namespace Slotwright.Pages.SignIn;

/// <summary>Signs in by a passkey; by POST only, from the sign-in page's script.</summary>
[Limited(LimitClass.SignIn)]
public sealed class PasskeyModel(PasskeyChallenges passkeys, ReturnPath returns, Grains grains) : PageModel
{
    private const int LongestAnswer = 8_000;

    public IActionResult OnGet() => new SeeOther(Links.SignIn());

    public async Task<IActionResult> OnPostOptions() =>
        passkeys.WorkOn(HttpContext) ? Content(await passkeys.ForSignIn(HttpContext), MediaTypeNames.Application.Json) : NotFound();

    public async Task<IActionResult> OnPost([FromForm] string? credential, [FromForm(Name = "return")] string? returnTo)
    {
        var path = await returns.Of(HttpContext, returnTo);
        if (credential is { Length: > 0 and <= LongestAnswer } && await passkeys.SignedIn(HttpContext, credential) is { } signed)
        {
            var outcome = await grains.Person(signed.Login.PersonId).SignInByPasskey(new PasskeyUse(PersonLogins.Of(signed.Passkey), HttpContext.Origin()));
            if (outcome.Accepted)
            {
                return await HttpContext.Enter(outcome.Value, path);
            }
        }

        return new SeeOther("/signin?problem=passkey" + (path is "" ? "" : "&return=" + Uri.EscapeDataString(path)));
    }
}
