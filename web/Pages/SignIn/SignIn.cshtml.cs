using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Slotwright.Limits;
using Slotwright.Localisation;
using Slotwright.SignIn;
using Slotwright.Team;

namespace Slotwright.Pages.SignIn;

/// <summary>E-mail or account name, and a password. Says nothing about which of them was wrong, by words or by time.</summary>
[Limited(LimitClass.SignIn)]
public sealed class SignInModel(Logins logins, ReturnPath returns, PasskeyChallenges passkeys, SignInPace pace, IStringLocalizer<SignInWords> text) : PageModel
{
    public string Login { get; private set; } = "";

    /// <summary>A path of this site; empty: the dashboard.</summary>
    public string ReturnTo { get; private set; } = "";

    public string? Problem { get; private set; }

    public bool PasskeysWork => passkeys.WorkOn(HttpContext);

    public async Task<IActionResult> OnGet([FromQuery(Name = "return")] string? returnTo, [FromQuery] string? problem)
    {
        ReturnTo = await returns.Of(HttpContext, returnTo);
        Problem = problem switch
        {
            "late" => text["Code.TooLate"].Value,
            "passkey" => text["Passkey.NotRecognised"].Value,
            _ => null,
        };
        return HttpContext.SessionOrNone() is null ? Page() : LocalRedirect(ReturnTo is "" ? "/dashboard" : ReturnTo);
    }

    public async Task<IActionResult> OnPost([FromForm] string? login, [FromForm] string? password, [FromForm(Name = "return")] string? returnTo)
    {
        (Login, ReturnTo) = (TypedText.Line(login), await returns.Of(HttpContext, returnTo));
        if (await pace.Refuses(HttpContext, Login) is { } wait)
        {
            Problem = text["SignIn.TooManyTries"];
            return this.Slower(wait);
        }

        var person = await logins.FindOrNobody(Login);
        var outcome = await logins.SignIn(person, password);
        if (outcome.Accepted)
        {
            pace.Succeeded(Login);
            return await HttpContext.Enter(person.PersonId, outcome.Value, ReturnTo);
        }

        if (outcome.Refusal == SignInRefusal.TooBusy)
        {
            Problem = text["SignIn.TooBusy"];
            return this.Slower(TimeSpan.FromSeconds(5), StatusCodes.Status503ServiceUnavailable);
        }

        pace.Failed(Login);
        Problem = text["SignIn.NotRecognised"];
        return Page();
    }
}
