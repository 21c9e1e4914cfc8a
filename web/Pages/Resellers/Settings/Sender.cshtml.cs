using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using Slotwright.Localisation;
using Slotwright.Pages.WhiteLabel;
using Slotwright.Platform;
using Slotwright.SignIn;
using Slotwright.Tenancy;
using Slotwright.WhiteLabel;

namespace Slotwright.Pages.Resellers.Settings;

/// <summary>Where mails of clients come from that have no sender of their own.</summary>
[ConfirmedOnly]
public sealed class SenderModel(Grains grains, IOptions<PlatformOptions> platform, IStringLocalizer<WhiteLabelWords> text) : SenderPage(grains, platform, text)
{
    protected override WhiteLabelScope Scope => WhiteLabelScope.Clients;

    protected override string Path => Links.Reseller(HttpContext.Account().Name, "settings/sender");
}
