using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Slotwright.SignIn;

namespace Slotwright.Pages.SignIn;

/// <summary>Ends the session; by POST only.</summary>
public sealed class SignOutModel(OpenSessions sessions) : PageModel
{
    public IActionResult OnGet() => NotFound();

    public async Task<IActionResult> OnPost()
    {
        await HttpContext.Leave(sessions);
        return new SeeOther(SignInSetup.Path);
    }
}
