using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Slotwright.Limits;
using Slotwright.Platform;
using Slotwright.Resellers;
using Slotwright.SignIn;
using Slotwright.Tenancy;

namespace Slotwright.Pages.Resellers.Clients;

/// <summary>Attaches an account that exists. Its password is asked as at sign-in, and as slowly of who tries often.</summary>
[Limited(LimitClass.SignIn)]
public sealed class AddClientModel(Grains grains, Faces faces, SignInPace pace) : PageModel
{
    public string Name { get; private set; } = "";

    /// <summary>Name of the sentence; null: nothing is wrong.</summary>
    public string? Problem { get; private set; }

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPost([FromForm] string? name, [FromForm] string? password, [FromForm] string? code)
    {
        var account = HttpContext.Account();
        Name = TypedText.Line(name);
        if (await pace.Refuses(HttpContext, Name) is { } wait)
        {
            Problem = "Add.TooManyTries";
            return this.Slower(wait);
        }

        // What could not be a password is judged all the same, as a wrong one.
        var secret = password is { Length: > 0 and <= 256 } ? password : "-";
        var command = new ConnectClient(Name, secret, TypedText.Line(code), HttpContext.SessionOrNone()!.PersonId);
        var connected = await grains.Reseller(account.Id).ConnectClient(command);
        if (connected.Accepted)
        {
            pace.Succeeded(Name);
            faces.Forget(connected.Value.AccountId, connected.Value.Name);
            return new SeeOther($"{Links.Client(account.Name, connected.Value.AccountId)}?done=attached");
        }

        Problem = $"Add.{connected.Refusal}";
        if (connected.Refusal == ConnectRefusal.TooBusy)
        {
            return this.Slower(TimeSpan.FromSeconds(5), StatusCodes.Status503ServiceUnavailable);
        }

        if (connected.Refusal == ConnectRefusal.NotRecognised)
        {
            pace.Failed(Name);
        }

        return Page();
    }
}
