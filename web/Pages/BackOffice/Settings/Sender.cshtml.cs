using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using Slotwright.Localisation;
using Slotwright.Pages.WhiteLabel;
using Slotwright.Platform;
using Slotwright.SignIn;
using Slotwright.Tenancy;
using Slotwright.WhiteLabel;

namespace Slotwright.Pages.BackOffice.Settings;

/// <summary>Where the account's mails come from.</summary>
[Asks(SetupAct.WhiteLabel), ConfirmedOnly]
public sealed class SenderModel(Grains grains, IOptions<PlatformOptions> platform, IStringLocalizer<WhiteLabelWords> text) : SenderPage(grains, platform, text)
{
    protected override WhiteLabelScope Scope => WhiteLabelScope.Own;

    protected override string Path => Links.Settings(HttpContext.Account().Name, "sender");
}
