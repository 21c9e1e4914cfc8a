using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Slotwright.Limits;
using Slotwright.Localisation;
using Slotwright.SignIn;
using Slotwright.Team;
using Slotwright.Tenancy;

namespace Slotwright.Pages.Me;

/// <summary>Asks for another e-mail address; both addresses then have to agree by mail.</summary>
[Limited(LimitClass.SignIn), ConfirmedOnly]
public sealed class EmailModel(Grains grains, IStringLocalizer<SignInWords> text) : PageModel
{
    public LoginFace Login { get; private set; } = null!;

    public string? Typed { get; private set; }

    public string? Problem { get; private set; }

    public async Task<IActionResult> OnGet() => (Login = (await grains.OwnLogin(HttpContext))!) is null ? new SeeOther("/signin") : Page();

    public async Task<IActionResult> OnPost([FromForm] string? email)
    {
        Typed = TypedText.Line(email);
        var session = HttpContext.SessionOrNone()!;
        var outcome = await grains.Person(session.PersonId).AskEmailChange(new EmailChangeRequest(session.Token, Typed, HttpContext.Manner()));
        if (outcome.Accepted)
        {
            return new SeeOther("/me/email");
        }

        Problem = text[outcome.Refusal == LoginRefusal.TooManyTries ? "Me.TooManyTries" : "Email.Invalid"];
        return await OnGet();
    }
}
