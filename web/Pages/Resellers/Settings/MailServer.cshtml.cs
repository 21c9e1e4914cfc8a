using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using Slotwright.Localisation;
using Slotwright.Pages.WhiteLabel;
using Slotwright.Platform;
using Slotwright.SignIn;
using Slotwright.Tenancy;
using Slotwright.WhiteLabel;

namespace Slotwright.Pages.Resellers.Settings;

/// <summary>The mail server for mails of clients that have none of their own.</summary>
[ConfirmedOnly]
public sealed class MailServerModel(Grains grains, IOptions<PlatformOptions> platform, IStringLocalizer<WhiteLabelWords> text) : MailServerPage(grains, platform, text)
{
    protected override WhiteLabelScope Scope => WhiteLabelScope.Clients;

    protected override string Path => Links.Reseller(HttpContext.Account().Name, "settings/mail-server");
}
