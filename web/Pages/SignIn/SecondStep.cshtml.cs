using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Slotwright.Limits;
using Slotwright.Localisation;
using Slotwright.Platform;
using Slotwright.SignIn;
using Slotwright.Team;
using Slotwright.Tenancy;

namespace Slotwright.Pages.SignIn;

/// <summary>The second step of a sign-in: a code of the authenticator app, or a recovery code.</summary>
[Limited(LimitClass.SignIn)]
public sealed class SecondStepModel(Grains grains, ReturnPath returns, SignInPace pace, IStringLocalizer<SignInWords> text) : PageModel
{
    private const string Late = "/signin?problem=late";

    public string? Problem { get; private set; }

    public async Task<IActionResult> OnGet()
    {
        if (await BetweenSteps.Of(HttpContext) is not { } between)
        {
            return new SeeOther(Links.SignIn());
        }

        await returns.Of(HttpContext, between.ReturnTo);
        return Page();
    }

    public async Task<IActionResult> OnPost([FromForm] string? code)
    {
        if (await BetweenSteps.Of(HttpContext) is not { } between)
        {
            return new SeeOther(Late);
        }

        await returns.Of(HttpContext, between.ReturnTo);
        if (await pace.Refuses(HttpContext, string.Create(CultureInfo.InvariantCulture, $"code {between.PersonId}")) is { } wait)
        {
            Problem = text["SignIn.TooManyTries"];
            return this.Slower(wait);
        }

        var outcome = await grains.Person(between.PersonId).FinishSignIn(new Team.SecondStep(between.Ticket, TypedText.Line(code), HttpContext.Origin()));
        if (outcome.Accepted)
        {
            return await HttpContext.Enter(outcome.Value, between.ReturnTo);
        }

        Problem = outcome.Refusal == SignInRefusal.TooManyCodes ? text["Code.TooMany"] : text["Code.Wrong"];
        return outcome.Refusal == SignInRefusal.TooLate ? new SeeOther(Late) : Page();
    }
}
