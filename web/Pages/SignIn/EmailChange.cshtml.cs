using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Slotwright.Limits;
using Slotwright.SignIn;
using Slotwright.Team;
using Slotwright.Tenancy;

namespace Slotwright.Pages.SignIn;

/// <summary>Where a mailed link agrees to a change of e-mail, refuses it or takes it back: by its button, never by being opened.</summary>
[Limited(LimitClass.SignIn)]
public sealed class EmailChangeModel(Grains grains) : PageModel
{
    private const int MostTokenCharacters = 200;

    /// <summary>What the link asks; null: it is no longer good.</summary>
    public EmailChange? Change { get; private set; }

    /// <summary>What came of the answer; null: nothing was answered yet.</summary>
    public EmailChangeAnswer? Came { get; private set; }

    public async Task OnGet(int personId, string token) =>
        Change = token.Length <= MostTokenCharacters ? await grains.Person(personId).EmailChange(token) : null;

    public async Task OnPost(int personId, string token, [FromForm] bool agrees) => Came = token.Length <= MostTokenCharacters
        ? await grains.Person(personId).AnswerEmailChange(new EmailChangeReply(token, agrees, HttpContext.Manner()))
        : null;
}
