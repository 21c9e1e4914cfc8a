using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Slotwright.SignIn;
using Slotwright.Team;
using Slotwright.Tenancy;

namespace Slotwright.Pages.Me;

/// <summary>Where a person is signed in, and how they end it elsewhere; felt there within five seconds.</summary>
public sealed class SessionsModel(Grains grains) : PageModel
{
    public IReadOnlyList<SessionListing> Sessions { get; private set; } = [];

    public string Zone => HttpContext.AccountOrNone()?.Brand.TimeZone ?? "Etc/UTC";

    private Session Session => HttpContext.SessionOrNone()!;

    public async Task OnGet() => Sessions = await grains.Person(Session.PersonId).Sessions(Session.Token);

    public async Task<IActionResult> OnPost([FromForm] string? id)
    {
        await grains.Person(Session.PersonId).EndSession(Session.Token, id ?? "");
        return new SeeOther("/me/sessions");
    }

    public async Task<IActionResult> OnPostOthers()
    {
        await grains.Person(Session.PersonId).EndOtherSessions(Session.Token);
        return new SeeOther("/me/sessions");
    }
}
