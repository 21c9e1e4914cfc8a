using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using NodaTime;
using Slotwright.Limits;
using Slotwright.Pages.BackOffice;
using Slotwright.Platform;
using Slotwright.Tenancy;

namespace Slotwright.Pages.Operator;

/// <summary>Every account, and the switch that closes one.</summary>
public sealed class AccountsModel(Grains grains, Faces faces, SetupRights rights, IClock clock) : PageModel
{
    private const int PerPage = 50;

    public string Asked { get; private set; } = "";

    public AccountsAmong Among { get; private set; }

    /// <summary>From 1.</summary>
    public int Number { get; private set; }

    public FoundAccounts Found { get; private set; } = null!;

    public int Pages => Math.Max(1, (Found.Total + PerPage - 1) / PerPage);

    public Instant Now => clock.GetCurrentInstant();

    public async Task<IActionResult> OnGet([FromQuery] string? q, [FromQuery] string? among, [FromQuery] int p = 1)
    {
        Asked = TypedText.Line(q) is { Length: <= 200 } asked ? asked : "";
        Among = Enum.TryParse<AccountsAmong>(among, ignoreCase: true, out var known) && Enum.IsDefined(known) ? known : AccountsAmong.All;
        Number = Math.Clamp(p, 1, 10_000);
        var query = new AccountsQuery { Text = Asked, Among = Among, Offset = (Number - 1) * PerPage, Limit = PerPage };
        if (await grains.Platform.Accounts(HttpContext.OperatorPass(), query) is not { } found)
        {
            return NotFound();
        }

        Found = found;
        return Page();
    }

    public async Task<IActionResult> OnPost([FromForm] int account, [FromForm] string? state)
    {
        if (!rights.IsConfirmed(HttpContext))
        {
            return new SeeOther("/me/confirm?return=" + Uri.EscapeDataString(HttpContext.Request.Path));
        }

        await grains.Platform.Suspend(HttpContext.OperatorPass(), new SuspendAccount(account, state == "suspended", Addresses.Of(HttpContext)));
        faces.Forget(account);
        return new SeeOther(HttpContext.Request.Path + HttpContext.Request.QueryString);
    }
}
