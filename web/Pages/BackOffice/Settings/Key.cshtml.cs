using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Slotwright.Platform;
using Slotwright.SignIn;
using Slotwright.Tenancy;

namespace Slotwright.Pages.BackOffice.Settings;

/// <summary>The account's API key, shown on request and renewed on request: lasting access, so the password is asked for again first.</summary>
[Asks(SetupAct.SeeKey), ConfirmedOnly]
public sealed class KeyModel(Grains grains, SetupRights rights) : PageModel
{
    /// <summary>Null: not asked for.</summary>
    public string? Key { get; private set; }

    public bool IsRenewed { get; private set; }

    private bool IsAllowed => rights.MaySeeKey(HttpContext);

    public IActionResult OnGet() => IsAllowed ? Page() : NotFound();

    public async Task<IActionResult> OnPost([FromForm(Name = "do")] string? press, [FromForm] string? sure)
    {
        if (!IsAllowed)
        {
            return NotFound();
        }

        var accountId = HttpContext.Account().Id;
        if (press == "renew" && sure != "yes")
        {
            return new SeeOther($"{Links.Settings(HttpContext.Account().Name, "key")}?ask=1");
        }

        IsRenewed = press == "renew";
        Key = IsRenewed ? await grains.Account(accountId).RenewApiKey() : await grains.Account(accountId).ApiKey();
        return Page();
    }
}
