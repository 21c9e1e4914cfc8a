using Microsoft.AspNetCore.Mvc;
using Slotwright.Platform;
using Slotwright.Resellers;
using Slotwright.SignIn;
using Slotwright.Tenancy;

namespace Slotwright.Pages.Resellers.Clients;

/// <summary>Deletes a client's account for good, once its name was typed; a full export is offered first.</summary>
[ConfirmedOnly]
public sealed class DeleteModel(Grains grains, Faces faces) : ClientPage(grains)
{
    public string Typed { get; private set; } = "";

    /// <summary>Name of the sentence; null: nothing is wrong.</summary>
    public string? Problem { get; private set; }

    public Task<IActionResult> OnGet(int client) => Show(client);

    public async Task<IActionResult> OnPost(int client, [FromForm] string? name)
    {
        Typed = TypedText.Line(name);
        var deleted = await Reseller.Delete(client, Typed, HttpContext.SessionOrNone()!.PersonId);
        if (deleted.Accepted)
        {
            faces.Forget(client, deleted.Value.Name);
            return new SeeOther($"{Links.Reseller(HttpContext.Account().Name)}?done=deleted&name={deleted.Value.Name}");
        }

        Problem = deleted.Refusal == ClientRefusal.Suspended ? "Delete.Suspended" : "Delete.Differs";
        return deleted.Refusal is ClientRefusal.NameDiffers or ClientRefusal.Suspended ? await Show(client) : NotFound();
    }
}
