using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Slotwright.Billing;
using Slotwright.Localisation;
using Slotwright.Platform;
using Slotwright.Tenancy;

namespace Slotwright.Pages.BackOffice.Subscriptions;

/// <summary>"Subscription status": for whoever pays, and for nobody else there.</summary>
[Asks(SetupAct.Subscribe)]
public sealed class StatusModel(Grains grains, Faces faces, IStringLocalizer<BillingWords> text) : PageModel
{
    public SubscriptionFace Face { get; private set; } = null!;

    /// <summary>Of the plan that was pressed; null: none was.</summary>
    public PlanPreview? Preview { get; private set; }

    /// <summary>It is asked whether the subscription is to end.</summary>
    public bool AsksToCancel { get; private set; }

    public string? Problem { get; private set; }

    /// <summary>The payment provider's page, which a link leads to: a form's answer may not lead to another site.</summary>
    public string? ProviderUrl { get; private set; }

    /// <summary>Months of a regular account; a reseller's are on its dashboard.</summary>
    public IReadOnlyList<StatementHeading> Statements { get; private set; } = [];

    private int Id => HttpContext.Account().Id;

    public Task<IActionResult> OnGet(string? plan, string? cancel) => Show(plan, cancel is not null);

    public async Task<IActionResult> OnPost([FromForm(Name = "do")] string? press, [FromForm] string? plan, [FromForm] string? seen)
    {
        if (HttpContext.PayerOrNone() is not { } payer)
        {
            return NotFound();
        }

        var path = Links.Subscription(HttpContext.Account().Name);
        if (press is "card" or "portal")
        {
            return await Provider(press, new ProviderReturn(payer, $"{Request.Scheme}://{Request.Host}{path}"));
        }

        var done = press == "cancel" ? await grains.Billing(Id).Cancel(payer) : await grains.Billing(Id).Choose(new ChoosePlan(payer, plan ?? "", seen));
        if (done.Accepted)
        {
            faces.Forget(Id);
            return new SeeOther($"{path}?done={(press == "cancel" ? "cancelled" : "changed")}");
        }

        Problem = Sentence(done.Refusal.Value);
        return await Show(done.Refusal == SubscriptionRefusal.Changed ? plan : null, asksToCancel: false);
    }

    private async Task<IActionResult> Provider(string press, ProviderReturn visit)
    {
        var page = press == "card" ? await grains.Billing(Id).LeaveCard(visit) : await grains.Billing(Id).Portal(visit);
        (ProviderUrl, Problem) = (page.Value?.Url, page.Accepted ? null : Sentence(page.Refusal.Value));
        return await Show(null, asksToCancel: false);
    }

    private async Task<IActionResult> Show(string? plan, bool asksToCancel)
    {
        if (HttpContext.PayerOrNone() is not { } payer || await grains.Billing(Id).Subscription(payer) is not { } face)
        {
            return NotFound();
        }

        (Face, AsksToCancel) = (face, asksToCancel && face is { PeriodTo: not null, IsCancelled: false });
        if (plan is { Length: > 0 })
        {
            var preview = await grains.Billing(Id).Preview(new ChoosePlan(payer, plan, null));
            (Preview, Problem) = (preview.Value, Problem ?? (preview.Accepted ? null : Sentence(preview.Refusal.Value)));
        }

        Statements = face.ResellerId is null && !HttpContext.Account().IsReseller ? await grains.Billing(Id).Statements() : [];
        return Page();
    }

    private string Sentence(SubscriptionRefusal refusal) => text[$"Refusal.{refusal}"].Value;
}
