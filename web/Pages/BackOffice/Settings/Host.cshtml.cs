using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using Slotwright.Localisation;
using Slotwright.Pages.WhiteLabel;
using Slotwright.Platform;
using Slotwright.SignIn;
using Slotwright.Tenancy;
using Slotwright.WhiteLabel;

namespace Slotwright.Pages.BackOffice.Settings;

/// <summary>The account's own host name: asked for, proven by the DNS, given up.</summary>
[Asks(SetupAct.WhiteLabel), ConfirmedOnly]
public sealed class HostModel(Grains grains, Faces faces, SetupRights rights, IOptions<PlatformOptions> platform, IStringLocalizer<WhiteLabelWords> text) : PageModel
{
    /// <summary>Null: none.</summary>
    public HostStatus? Status { get; private set; }

    public string Typed { get; private set; } = "";

    public string? Error { get; private set; }

    public Told? Told { get; private set; }

    public string PlatformAddress => platform.Value.BaseUrl.TrimEnd('/') + HostPaths.Public(HttpContext.Account().Name);

    private int? ResellerId => HttpContext.ActingOrNone()?.ResellerId;

    public async Task<IActionResult> OnGet()
    {
        Told = Told.From(Request.Query["told"], "Host.Asked", "Host.Removed", "AskSure");
        return await Show();
    }

    public async Task<IActionResult> OnPost([FromForm] string? host, [FromForm(Name = "do")] string? press, [FromForm] string? sure)
    {
        if (!rights.MayWhiteLabel(HttpContext))
        {
            return NotFound();
        }

        var account = HttpContext.Account();
        var grain = grains.WhiteLabel(account.Id);
        switch (press)
        {
            case "check":
                var checkedStatus = await grain.CheckHost();
                faces.ForgetHost(checkedStatus?.Host ?? "");
                return Back("");
            case "remove" when sure != "yes":
                return Back("AskSure");
            case "remove":
                var given = await grain.Host();
                var done = await grains.WhiteLabel(account.Id).ReleaseHost(ResellerId);
                faces.ForgetHost(given?.Host ?? "");
                return done ? Back("Host.Removed") : await Refuse("RelationChanged");
        }

        Typed = TypedText.Line(host);
        var asked = await grain.AskForHost(Typed, ResellerId);
        if (asked.Accepted)
        {
            return Back("Host.Asked");
        }

        if (asked.Refusal is HostRefusal.RelationChanged or HostRefusal.UnknownAccount)
        {
            return await Refuse("RelationChanged");
        }

        Error = text[$"Host.Refused.{asked.Refusal}"];
        return await Show();
    }

    private async Task<IActionResult> Refuse(string key)
    {
        Told = new Told(key, IsGood: false);
        return await Show();
    }

    private async Task<IActionResult> Show()
    {
        if (!rights.MayWhiteLabel(HttpContext))
        {
            return NotFound();
        }

        Status = await grains.WhiteLabel(HttpContext.Account().Id).Host();
        return Page();
    }

    private SeeOther Back(string told) => new(Links.Settings(HttpContext.Account().Name, "host") + (told.Length > 0 ? "?told=" + told : ""));
}
