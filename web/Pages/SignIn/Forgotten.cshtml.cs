using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Slotwright.Limits;
using Slotwright.Localisation;
using Slotwright.Platform;
using Slotwright.SignIn;
using Slotwright.Tenancy;

namespace Slotwright.Pages.SignIn;

/// <summary>Asks for a link that sets a new password. The answer is the same whoever is asked for, and takes the same work.</summary>
[Limited(LimitClass.SignIn)]
public sealed class ForgottenModel(Logins logins, Grains grains, ReturnPath returns, SignInPace pace, IStringLocalizer<SignInWords> text) : PageModel
{
    public string Login { get; private set; } = "";

    public string ReturnTo { get; private set; } = "";

    public string? Problem { get; private set; }

    /// <summary>Answered: a mail is on its way if there is such a login.</summary>
    public bool IsAsked { get; private set; }

    public async Task OnGet([FromQuery(Name = "return")] string? returnTo, [FromQuery] bool? asked)
    {
        ReturnTo = await returns.Of(HttpContext, returnTo);
        IsAsked = asked == true;
    }

    public async Task<IActionResult> OnPost([FromForm] string? login, [FromForm(Name = "return")] string? returnTo)
    {
        (Login, ReturnTo) = (TypedText.Line(login), await returns.Of(HttpContext, returnTo));
        if (Login.Length is 0 or > 254)
        {
            Problem = text["Forgotten.Missing"];
            return Page();
        }

        if (await pace.Refuses(HttpContext, "forgotten " + Login) is { } wait)
        {
            Problem = text["SignIn.TooManyTries"];
            return this.Slower(wait);
        }

        await grains.Person((await logins.FindOrNobody(Login)).PersonId).AskForReset(HttpContext.Manner());
        var back = Links.ForgottenPassword(ReturnTo is "" ? null : ReturnTo);
        return new SeeOther(back + (back.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "asked=true");
    }
}
