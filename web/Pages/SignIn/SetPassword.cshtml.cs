using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Slotwright.Limits;
using Slotwright.Localisation;
using Slotwright.SignIn;
using Slotwright.Team;
using Slotwright.Tenancy;

namespace Slotwright.Pages.SignIn;

/// <summary>Sets a password by a one-time link. Opening the link spends nothing: mail scanners do that too.</summary>
[Limited(LimitClass.SignIn)]
public sealed class SetPasswordModel(Grains grains, IStringLocalizer<SignInWords> text) : PageModel
{
    public const int FewestCharacters = 8;
    public const int MostCharacters = 128;

    private const int MostTokenCharacters = 200;

    /// <summary>The link would still set the password.</summary>
    public bool IsGood { get; private set; }

    public string? Problem { get; private set; }

    public async Task OnGet(int personId, string token) => IsGood = await TokenIsGood(personId, token);

    public async Task<IActionResult> OnPost(int personId, string token, [FromForm] string? password)
    {
        if (password is null or { Length: < FewestCharacters or > MostCharacters })
        {
            (IsGood, Problem) = (await TokenIsGood(personId, token), text["SetPassword.Weak"]);
            return Page();
        }

        var outcome = token.Length <= MostTokenCharacters
            ? await grains.Person(personId).SetPassword(new PasswordByLink(token, password, HttpContext.Origin(), HttpContext.Manner()))
            : SignInRefusal.TokenSpent;
        if (outcome.Accepted)
        {
            return await HttpContext.Enter(personId, outcome.Value, "");
        }

        IsGood = outcome.Refusal != SignInRefusal.TokenSpent;
        Problem = text[outcome.Refusal == SignInRefusal.TooBusy ? "SignIn.TooBusy" : "SetPassword.Weak"];
        return Page();
    }

    private async Task<bool> TokenIsGood(int personId, string token) =>
        token.Length <= MostTokenCharacters && await grains.Person(personId).TokenIsGood(token);
}
