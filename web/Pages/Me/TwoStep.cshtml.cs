using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Slotwright.Limits;
using Slotwright.Localisation;
using Slotwright.SignIn;
using Slotwright.Team;
using Slotwright.Tenancy;

namespace Slotwright.Pages.Me;

/// <summary>The second step of sign-in: set up with an authenticator app, recovery codes, switched off.</summary>
[Limited(LimitClass.SignIn), ConfirmedOnly]
public sealed class TwoStepModel(Grains grains, IStringLocalizer<SignInWords> text) : PageModel
{
    public LoginFace Login { get; private set; } = null!;

    /// <summary>What the app is to be told; null: nothing waits.</summary>
    public AuthenticatorSetUp? SetUp { get; private set; }

    /// <summary>Shown once; empty: none were made just now.</summary>
    public IReadOnlyList<string> Codes { get; private set; } = [];

    public string? Problem { get; private set; }

    private Session Session => HttpContext.SessionOrNone()!;

    private IPersonGrain Person => grains.Person(Session.PersonId);

    public async Task<IActionResult> OnGet([FromQuery] bool app)
    {
        SetUp = app ? await Person.TwoStepSetUp(Session.Token) : null;
        return await Show();
    }

    public async Task<IActionResult> OnPostStart()
    {
        await Person.StartTwoStep(Session.Token);
        return new SeeOther("/me/two-step?app=true");
    }

    public async Task<IActionResult> OnPostOn([FromForm] string? code)
    {
        var outcome = await Person.ConfirmTwoStep(new TwoStepCommand(Session.Token, TypedText.Line(code), HttpContext.Manner()));
        if (outcome.Refusal == LoginRefusal.WrongCode)
        {
            (SetUp, Problem) = (await Person.TwoStepSetUp(Session.Token), text["Code.Wrong"]);
        }

        Codes = outcome.Value?.Codes ?? [];
        return await Show();
    }

    public async Task<IActionResult> OnPostCodes()
    {
        Codes = (await Person.NewRecoveryCodes(Session.Token)).Value?.Codes ?? [];
        return await Show();
    }

    public async Task<IActionResult> OnPostOff()
    {
        var outcome = await Person.EndTwoStep(new TwoStepCommand(Session.Token, "", HttpContext.Manner()));
        return new SeeOther(outcome.Accepted ? "/me?done=two-step" : "/me/two-step");
    }

    private async Task<IActionResult> Show() => (Login = (await grains.OwnLogin(HttpContext))!) is null ? new SeeOther("/signin") : Page();
}
