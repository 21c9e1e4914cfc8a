using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Slotwright.Limits;
using Slotwright.Localisation;
using Slotwright.Platform;
using Slotwright.Resellers;
using Slotwright.SignIn;
using Slotwright.Tenancy;

namespace Slotwright.Pages.Resellers.Upkeep;

/// <summary>
/// Takes another reseller's clients over: proof, preview, typed confirmation. The proof lives in the form as a sealed ticket. Guesses are slowed
/// as those of signing in are.
/// </summary>
[ConfirmedOnly, Limited(LimitClass.SignIn)]
public sealed class MergeModel(Grains grains, Faces faces, OpenSessions sessions, SignInPace pace, IStringLocalizer<UpkeepWords> text) : PageModel
{
    /// <summary>Lines of the preview; the rest is counted.</summary>
    public const int MostShown = 200;

    public MergePlan? Plan { get; private set; }

    /// <summary>It was merged a moment ago.</summary>
    public bool IsDone { get; private set; }

    public string Name { get; private set; } = "";

    public string Typed { get; private set; } = "";

    public string? Problem { get; private set; }

    public string? TypedProblem { get; private set; }

    private int PersonId => HttpContext.SessionOrNone()!.PersonId;

    public void OnGet([FromQuery] string? done) => IsDone = done == "1";

    public async Task<IActionResult> OnPost([FromForm] string? name, [FromForm] string? password, [FromForm] string? code)
    {
        Name = TypedText.Line(name);
        if (await pace.Refuses(HttpContext, Name) is { } wait)
        {
            Problem = text["Merge.TooManyTries"];
            return this.Slower(wait);
        }

        var proof = new MergeProof { AccountName = Name, Password = password is { Length: > 0 and <= 256 } ? password : "-", Code = TypedText.Line(code), PersonId = PersonId };
        var planned = await grains.Reseller(HttpContext.Account().Id).PlanMerge(proof);
        Plan = planned.Value;
        if (!planned.Accepted)
        {
            Problem = text[$"Merge.{planned.Refusal}"];
            Count(planned.Refusal.Value);
        }

        return Page();
    }

    public async Task<IActionResult> OnPostSure([FromForm] string? ticket, [FromForm] string? typed)
    {
        var account = HttpContext.Account();
        Typed = TypedText.Line(typed);
        var merged = await grains.Reseller(account.Id).Merge(ticket ?? "", Typed, PersonId);
        if (merged.Accepted)
        {
            sessions.Forget(PersonId);
            faces.ForgetAll();
            return new SeeOther(Links.Reseller(account.Name, "merge") + "?done=1");
        }

        if (merged.Refusal == MergeRefusal.NameMistyped)
        {
            Plan = (await grains.Reseller(account.Id).PlanAgain(ticket!, PersonId)).Value;
            TypedProblem = text["Merge.NameMistyped"];
        }
        else
        {
            Problem = text[$"Merge.{merged.Refusal}"];
        }

        return Page();
    }

    private void Count(MergeRefusal refusal)
    {
        if (refusal == MergeRefusal.NotProven)
        {
            pace.Failed(Name);
        }
    }
}
