using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Slotwright.Limits;
using Slotwright.Platform;
using Slotwright.Resellers;
using Slotwright.SignIn;
using Slotwright.Tenancy;

namespace Slotwright.Pages.Resellers.Access;

/// <summary>Logs the reseller in to the back office of one of its clients; by POST only.</summary>
public sealed class ActModel(Grains grains, Faces faces, ActingCookies cookies) : PageModel
{
    public IActionResult OnGet() => NotFound();

    public async Task<IActionResult> OnPost([FromForm] int client)
    {
        var session = HttpContext.SessionOrNone()!;
        var started = await grains.Reseller(HttpContext.Account().Id).ActAs(new ActAsClient
        {
            ClientId = client,
            PersonId = session.PersonId,
            SessionToken = session.Token,
            Address = Addresses.Of(HttpContext),
            Host = HttpContext.Host(),
        });
        if (!started.Accepted)
        {
            return NotFound();
        }

        faces.Forget(client);
        cookies.Write(HttpContext, client, started.Value.Token, started.Value.Session.EndsAt - started.Value.Session.StartedAt);
        return new SeeOther(Links.BackOffice(started.Value.ClientAccount));
    }
}
