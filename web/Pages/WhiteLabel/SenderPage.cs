using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using Slotwright.Localisation;
using Slotwright.Platform;
using Slotwright.Tenancy;
using Slotwright.WhiteLabel;

namespace Slotwright.Pages.WhiteLabel;

/// <summary>A sender: set, looked up, removed. Who may come here is for the page's own place to say.</summary>
public abstract class SenderPage(Grains grains, IOptions<PlatformOptions> platform, IStringLocalizer<WhiteLabelWords> text) : PageModel
{
    public SenderView View { get; private set; } = null!;

    public Told? Told { get; private set; }

    protected abstract WhiteLabelScope Scope { get; }

    protected abstract string Path { get; }

    public async Task<IActionResult> OnGet()
    {
        Told = Told.From(Request.Query["told"], "Saved");
        return await Show(null, null);
    }

    public async Task<IActionResult> OnPost([FromForm] string? address, [FromForm(Name = "do")] string? press)
    {
        var (accountId, resellerId) = (HttpContext.Account().Id, HttpContext.ActingOrNone()?.ResellerId);
        switch (press)
        {
            case "check":
                await grains.WhiteLabel(accountId).CheckSender(Scope);
                return new SeeOther(Path);
            case "remove":
                return await grains.WhiteLabel(accountId).RemoveSender(Scope, resellerId) ? new SeeOther(Path + "?told=Saved") : await Gone();
        }

        var typed = TypedText.Line(address);
        var changed = await grains.WhiteLabel(accountId).ChangeSender(Scope, typed, resellerId);
        return changed.Accepted ? new SeeOther(Path + "?told=Saved")
            : changed.Refusal is WhiteLabelRefusal.RelationChanged or WhiteLabelRefusal.UnknownAccount ? await Gone()
            : await Show(typed, text[$"Refused.{changed.Refusal}"]);
    }

    private Task<IActionResult> Gone()
    {
        Told = new Told("RelationChanged", IsGood: false);
        return Show(null, null);
    }

    private async Task<IActionResult> Show(string? typed, string? error)
    {
        var account = HttpContext.Account();
        View = new SenderView
        {
            Scope = Scope,
            Path = Path,
            Status = await grains.WhiteLabel(account.Id).Sender(Scope),
            Typed = typed,
            Error = error,
            Inherited = await Inherited(account.ResellerId, account.Support?.Name ?? ""),
            NoReply = platform.Value.NoReplyAddress,
            Zone = account.Brand.TimeZone,
        };
        return Page();
    }

    private async Task<(string, string)?> Inherited(int? resellerId, string resellerName) =>
        Scope == WhiteLabelScope.Own && resellerId is { } reseller && await grains.WhiteLabel(reseller).Sender(WhiteLabelScope.Clients) is { } set
            ? (resellerName, set.Address)
            : null;
}
