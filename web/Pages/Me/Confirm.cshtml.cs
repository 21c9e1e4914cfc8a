using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Slotwright.Limits;
using Slotwright.Localisation;
using Slotwright.SignIn;
using Slotwright.Team;
using Slotwright.Tenancy;

namespace Slotwright.Pages.Me;

/// <summary>Asks the password again before what could lock the owner out; good for 15 minutes.</summary>
[Limited(LimitClass.SignIn)]
public sealed class ConfirmModel(Grains grains, IStringLocalizer<SignInWords> text) : PageModel
{
    private static readonly string[] Askers = ["/me/", "/a/", "/dashboard/", "/reseller/", "/platform/"];

    public LoginFace Login { get; private set; } = null!;

    /// <summary>The page that asked.</summary>
    public string ReturnTo { get; private set; } = "";

    public string? PasswordProblem { get; private set; }

    public string? CodeProblem { get; private set; }

    public async Task<IActionResult> OnGet([FromQuery(Name = "return")] string? returnTo) => await Find(returnTo) ? Page() : new SeeOther("/signin");

    public async Task<IActionResult> OnPost([FromForm] string? password, [FromForm] string? code, [FromForm(Name = "return")] string? returnTo)
    {
        if (!await Find(returnTo))
        {
            return new SeeOther("/signin");
        }

        var session = HttpContext.SessionOrNone()!;
        var outcome = await grains.Person(session.PersonId).Confirm(session.Token, password ?? "", TypedText.Line(code));
        if (outcome.Accepted)
        {
            return new SeeOther(ReturnTo);
        }

        (PasswordProblem, CodeProblem) = outcome.Refusal switch
        {
            LoginRefusal.WrongCode => ((string?)null, (string?)text["Code.Wrong"].Value),
            LoginRefusal.TooManyTries => (text["Me.TooManyTries"].Value, null),
            _ => (text["Password.Wrong"].Value, null),
        };
        return Page();
    }

    private async Task<bool> Find(string? returnTo)
    {
        // A person's own page or one of a back office: nothing else sends anyone here.
        ReturnTo = returnTo is { Length: < 200 } && Askers.Any(asker => returnTo.StartsWith(asker, StringComparison.Ordinal)) && Url.IsLocalUrl(returnTo) ? returnTo : "/me";
        return (Login = (await grains.OwnLogin(HttpContext))!) is not null;
    }
}
