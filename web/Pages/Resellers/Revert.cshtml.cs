using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Slotwright.Pages.BackOffice;
using Slotwright.Platform;
using Slotwright.Resellers;
using Slotwright.SignIn;
using Slotwright.Tenancy;

namespace Slotwright.Pages.Resellers;

/// <summary>Gives the reseller dashboard up: at once without clients, else only with each of them detached on a typed confirmation.</summary>
[ConfirmedOnly]
public sealed class RevertModel(Grains grains, Faces faces, OpenSessions sessions) : PageModel
{
    public IReadOnlyList<ClientListing> Clients { get; private set; } = [];

    public string Typed { get; private set; } = "";

    /// <summary>Name of the sentence; null: nothing is wrong.</summary>
    public string? Problem { get; private set; }

    private int PersonId => HttpContext.SessionOrNone()!.PersonId;

    public Task<IActionResult> OnGet() => Show();

    public Task<IActionResult> OnPost() => Revert(new RevertReseller("", DetachesAll: false, PersonId));

    public Task<IActionResult> OnPostAll([FromForm] string? name) => Revert(new RevertReseller(Typed = TypedText.Line(name), DetachesAll: true, PersonId));

    private async Task<IActionResult> Show()
    {
        Clients = await grains.Reseller(HttpContext.Account().Id).Clients();
        return SetupRights.MayResell(HttpContext) ? Page() : NotFound();
    }

    private async Task<IActionResult> Revert(RevertReseller command)
    {
        var (account, session) = (HttpContext.Account(), HttpContext.SessionOrNone()!);
        if (!SetupRights.MayResell(HttpContext))
        {
            return NotFound();
        }

        var leaving = await grains.Reseller(account.Id).Clients();
        var outcome = await grains.Reseller(account.Id).Revert(command);
        if (!outcome.Accepted)
        {
            Problem = outcome.Refusal == RevertRefusal.NameDiffers ? "Delete.Differs" : "Revert.Changed";
            return outcome.Refusal == RevertRefusal.UnknownReseller ? NotFound() : await Show();
        }

        foreach (var id in leaving.Select(client => client.AccountId).Append(account.Id))
        {
            faces.Forget(id);
        }

        sessions.Forget(session.PersonId);
        return new SeeOther($"{Links.Settings(account.Name, "reseller")}?done=reverted");
    }
}
