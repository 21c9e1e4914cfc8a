using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using Slotwright.Localisation;
using Slotwright.Pages.WhiteLabel;
using Slotwright.Platform;
using Slotwright.SignIn;
using Slotwright.Tenancy;
using Slotwright.WhiteLabel;

namespace Slotwright.Pages.BackOffice.Settings;

/// <summary>The mail server that the account's mails leave by.</summary>
[Asks(SetupAct.WhiteLabel), ConfirmedOnly]
public sealed class MailServerModel(Grains grains, IOptions<PlatformOptions> platform, IStringLocalizer<WhiteLabelWords> text) : MailServerPage(grains, platform, text)
{
    protected override WhiteLabelScope Scope => WhiteLabelScope.Own;

    protected override string Path => Links.Settings(HttpContext.Account().Name, "mail-server");
}
