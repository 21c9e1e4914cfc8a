using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using Slotwright.Localisation;
using Slotwright.Platform;
using Slotwright.SignIn;
using Slotwright.Tenancy;
using Slotwright.WhiteLabel;

namespace Slotwright.Pages.WhiteLabel;

/// <summary>A mail server: set, tried, removed. Who may come here is for the page's own place to say.</summary>
public abstract class MailServerPage(Grains grains, IOptions<PlatformOptions> platform, IStringLocalizer<WhiteLabelWords> text) : PageModel
{
    public MailServerView View { get; private set; } = null!;

    public Told? Told { get; private set; }

    protected abstract WhiteLabelScope Scope { get; }

    protected abstract string Path { get; }

    public async Task<IActionResult> OnGet()
    {
        Told = Told.From(Request.Query["told"], "Saved");
        return await Show();
    }

    public async Task<IActionResult> OnPost([FromForm] MailServerForm form, [FromForm(Name = "do")] string? press)
    {
        var (accountId, resellerId) = (HttpContext.Account().Id, HttpContext.ActingOrNone()?.ResellerId);
        switch (press)
        {
            case "try":
                return await Show(tried: await grains.WhiteLabel(accountId).TryMailServer(Scope, HttpContext.SessionOrNone()!.Email, Languages.Current));
            case "remove":
                return await grains.WhiteLabel(accountId).RemoveMailServer(Scope, resellerId) ? new SeeOther(Path + "?told=Saved") : await Gone();
        }

        var changed = await grains.WhiteLabel(accountId).ChangeMailServer(Scope, form.ToChange(), resellerId);
        return changed.Accepted ? new SeeOther(Path + "?told=Saved")
            : changed.Refusal is WhiteLabelRefusal.RelationChanged or WhiteLabelRefusal.UnknownAccount ? await Gone()
            : await Show(form, (MailServerForm.FieldOf(changed.Refusal.Value), text[$"Refused.{changed.Refusal}"]));
    }

    private Task<IActionResult> Gone()
    {
        Told = new Told("RelationChanged", IsGood: false);
        return Show();
    }

    private async Task<IActionResult> Show(MailServerForm? typed = null, (string, string)? error = null, MailTry? tried = null)
    {
        var account = HttpContext.Account();
        View = new MailServerView
        {
            Scope = Scope,
            Path = Path,
            Status = await grains.WhiteLabel(account.Id).MailServer(Scope),
            Typed = typed,
            Error = error,
            InheritedFrom = Scope == WhiteLabelScope.Own && account.ResellerId is { } reseller && await grains.WhiteLabel(reseller).MailServer(WhiteLabelScope.Clients) is not null
                ? account.Support?.Name
                : null,
            NoReply = platform.Value.NoReplyAddress,
            Reader = HttpContext.SessionOrNone()!.Email,
            Tried = tried,
            Zone = account.Brand.TimeZone,
        };
        return Page();
    }
}
