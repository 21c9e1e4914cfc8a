using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Slotwright.Limits;
using Slotwright.Localisation;
using Slotwright.SignIn;
using Slotwright.Team;
using Slotwright.Tenancy;

namespace Slotwright.Pages.Me;

/// <summary>Changes the password of who knows it; every other session ends.</summary>
[Limited(LimitClass.SignIn)]
public sealed class PasswordModel(Grains grains, IStringLocalizer<SignInWords> text) : PageModel
{
    public LoginFace Login { get; private set; } = null!;

    public string? PresentProblem { get; private set; }

    public string? NextProblem { get; private set; }

    public async Task<IActionResult> OnGet() => (Login = (await grains.OwnLogin(HttpContext))!) is null ? new SeeOther("/signin") : Page();

    public async Task<IActionResult> OnPost([FromForm] string? present, [FromForm] string? next)
    {
        var session = HttpContext.SessionOrNone()!;
        var outcome = await grains.Person(session.PersonId).ChangePassword(new PasswordChange(session.Token, present ?? "", next ?? "", HttpContext.Manner()));
        if (outcome.Accepted)
        {
            return new SeeOther("/me?done=password");
        }

        (PresentProblem, NextProblem) = outcome.Refusal switch
        {
            LoginRefusal.PasswordWeak => ((string?)null, (string?)text["SetPassword.Weak"].Value),
            LoginRefusal.TooManyTries => (text["Me.TooManyTries"].Value, null),
            _ => (text["Password.Wrong"].Value, null),
        };
        return await OnGet();
    }
}
