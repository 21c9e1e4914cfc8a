using System.Net.Mime;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Slotwright.Limits;
using Slotwright.Localisation;
using Slotwright.SignIn;
using Slotwright.Team;
using Slotwright.Tenancy;

namespace Slotwright.Pages.Me;

/// <summary>A person's passkeys: listed, added from this device, removed.</summary>
[Limited(LimitClass.SignIn), ConfirmedOnly]
public sealed class PasskeysModel(Grains grains, Logins logins, PasskeyChallenges challenges, IStringLocalizer<SignInWords> text) : PageModel
{
    private const int LongestAnswer = 8_000;

    public IReadOnlyList<Passkey> Passkeys { get; private set; } = [];

    public string? Problem { get; private set; }

    public bool PasskeysWork => challenges.WorkOn(HttpContext);

    public string SuggestedName => HttpContext.Origin().Device;

    public string Zone => HttpContext.AccountOrNone()?.Brand.TimeZone ?? "Etc/UTC";

    private Login Own => new(HttpContext.SessionOrNone()!.PersonId, HttpContext.SessionOrNone()!.Email);

    public async Task OnGet() => Passkeys = await grains.Person(Own.PersonId).Passkeys();

    public async Task<IActionResult> OnPostOptions() =>
        PasskeysWork ? Content(await challenges.ForAdding(HttpContext, Own), MediaTypeNames.Application.Json) : NotFound();

    public async Task<IActionResult> OnPost([FromForm] string? credential, [FromForm] string? name)
    {
        if (credential is { Length: > 0 and <= LongestAnswer } && await challenges.Added(HttpContext, Own, credential) is { } passkey)
        {
            passkey.Name = TypedText.Line(name) is { Length: > 0 and <= 60 } typed ? typed : text["Passkeys.Unnamed"];
            try
            {
                await logins.AddOrUpdatePasskeyAsync(Own, passkey);
                return new SeeOther("/me/passkeys");
            }
            catch (PasskeyNotKeptException)
            {
                // Known already, or one too many: the sentence below says so.
            }
        }

        Problem = text["Passkeys.NotAdded"];
        await OnGet();
        return Page();
    }

    public async Task<IActionResult> OnPostRemove([FromForm] string? credential)
    {
        var session = HttpContext.SessionOrNone()!;
        await grains.Person(session.PersonId).RemovePasskey(session.Token, credential ?? "");
        return new SeeOther("/me/passkeys");
    }
}
