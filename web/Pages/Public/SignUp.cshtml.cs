using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Slotwright.Limits;
using Slotwright.Localisation;
using Slotwright.Platform;
using Slotwright.SignIn;
using Slotwright.Tenancy;

namespace Slotwright.Pages.Public;

/// <summary>Opens a regular, free account. Nothing in the answer tells whether the e-mail is known.</summary>
[Limited(LimitClass.SignIn)]
public sealed class SignUpModel(Grains grains, SignUpPace pace) : PageModel
{
    public SignUpForm Form { get; private set; } = SignUpForm.Empty(Languages.Current);

    /// <summary>By field, the names of sentences.</summary>
    public IReadOnlyDictionary<string, string> Errors { get; private set; } = new Dictionary<string, string>();

    /// <summary>Name of the sentence about the whole form; null: nothing is wrong with it.</summary>
    public string? Problem { get; private set; }

    public bool IsDone { get; private set; }

    public void OnGet([FromQuery] bool? done) => IsDone = done == true;

    public async Task<IActionResult> OnPost([FromForm] SignUpForm form)
    {
        ArgumentNullException.ThrowIfNull(form);
        Form = form.Cleaned(Languages.Current);
        Errors = Form.Errors();
        if (Errors.Count > 0)
        {
            return Page();
        }

        // What only a machine fills in is thanked and forgotten.
        if (Form.Subject.Length > 0)
        {
            return Done();
        }

        // A name that cannot be had costs whoever looks for another one nothing of what may be sent to their address.
        if ((pace.Refuses(HttpContext) ?? (await grains.FrontDoor.IsFree(Form.Name) ? pace.Refuses(Form.Email) : null)) is { } wait)
        {
            Problem = "SignUp.TooMany";
            return this.Slower(wait);
        }

        var outcome = await grains.FrontDoor.SignUp(Form.ToCommand(Languages.Current));
        if (outcome.Accepted)
        {
            return Done();
        }

        (Errors, Problem) = SignUpForm.Refused(outcome.Refusal.Value);
        return Page();
    }

    private static SeeOther Done() => new(Links.Platform("signup") + "?done=true");
}
