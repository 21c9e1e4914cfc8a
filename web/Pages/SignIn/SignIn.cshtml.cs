using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Slotwright.Limits;
using Slotwright.Localisation;
using Slotwright.SignIn;
using Slotwright.Tenancy;

namespace Slotwright.Pages.SignIn;

/// <summary>E-mail or account name, and a password. Says nothing about which of them was wrong, by words or by time.</summary>
[Limited(LimitClass.SignIn)]
public sealed class SignInModel(Grains grains, Faces faces, SignInPace pace, IStringLocalizer<Text> text) : PageModel
{
    /// <summary>Never given to a person: its grain hashes what it is asked and recognises nothing, so strangers take as long as others.</summary>
    private const int Nobody = int.MaxValue;

    private const int MostLoginCharacters = 254;
    private const int MostPasswordCharacters = 256;

    public string Login { get; private set; } = "";

    /// <summary>A path of this site; empty: the dashboard.</summary>
    public string ReturnTo { get; private set; } = "";

    public string? Problem { get; private set; }

    public async Task<IActionResult> OnGet([FromQuery(Name = "return")] string? returnTo)
    {
        ReturnTo = Local(returnTo);
        await Wear();
        return HttpContext.SessionOrNone() is null ? Page() : LocalRedirect(ReturnTo is "" ? "/dashboard" : ReturnTo);
    }

    public async Task<IActionResult> OnPost([FromForm] string? login, [FromForm] string? password, [FromForm(Name = "return")] string? returnTo)
    {
        (Login, ReturnTo) = (TypedText.Line(login), Local(returnTo));
        await Wear();
        if (!pace.Allows(HttpContext, Login, out var wait))
        {
            return Slower(wait);
        }

        var possible = Login.Length is > 0 and <= MostLoginCharacters && password is { Length: > 0 and <= MostPasswordCharacters };
        var person = possible ? await grains.Directory.PersonByLogin(Login) : null;
        var outcome = await grains.Person(person ?? Nobody).SignIn(possible ? password! : "-");
        if (outcome.Accepted && person is not null)
        {
            await HttpContext.Start(outcome.Value);
            return new SeeOther(ReturnTo is "" ? "/dashboard" : ReturnTo);
        }

        Problem = text["SignIn.NotRecognised"];
        return Page();
    }

    private PageResult Slower(TimeSpan wait)
    {
        Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString("0", CultureInfo.InvariantCulture);
        Response.StatusCode = StatusCodes.Status429TooManyRequests;
        Problem = text["SignIn.TooManyTries"];
        return Page();
    }

    // Who came from an account's page signs in under that account's name and colour.
    private async Task Wear()
    {
        if (HttpContext.Site().Account is null
            && ReturnTo.Split('/', '?') is ["", "a", var name, ..]
            && await faces.AccountByName(Uri.UnescapeDataString(name)) is { } reference
            && await faces.Account(reference.AccountId) is { } account)
        {
            HttpContext.Features.Set(new AccountVisit(account));
        }
    }

    private string Local(string? path) => Url.IsLocalUrl(path) && path.Length <= 500 ? path : "";
}
