using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Slotwright.Billing;
using Slotwright.Platform;
using Slotwright.SignIn;
using Slotwright.Tenancy;

namespace Slotwright.Pages.Resellers.Statements;

/// <summary>What a reseller was charged, month by month, and how it pays.</summary>
public sealed class ListModel(Grains grains) : PageModel
{
    public IReadOnlyList<StatementHeading> Months { get; private set; } = [];

    /// <summary>Of the reseller's own account, which says how it pays.</summary>
    public SubscriptionFace? Own { get; private set; }

    /// <summary>The payment provider's page, which a link leads to: a form's answer may not lead to another site.</summary>
    public string? ProviderUrl { get; private set; }

    public bool IsUnavailable { get; private set; }

    private PayerActor Actor => new(HttpContext.SessionOrNone()!.PersonId, null);

    public async Task OnGet()
    {
        var account = HttpContext.Account();
        Months = await grains.Billing(account.Id).Statements();
        Own = await grains.Billing(account.Id).Subscription(Actor);
    }

    public async Task OnPost([FromForm(Name = "do")] string? press)
    {
        var account = HttpContext.Account();
        var visit = new ProviderReturn(Actor, $"{Request.Scheme}://{Request.Host}{Links.Statements(account.Name)}");
        var page = press == "portal" ? await grains.Billing(account.Id).Portal(visit) : await grains.Billing(account.Id).LeaveCard(visit);
        (ProviderUrl, IsUnavailable) = (page.Value?.Url, !page.Accepted);
        await OnGet();
    }
}
