using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Slotwright.Accounts;
using Slotwright.Localisation;
using Slotwright.Platform;
using Slotwright.Tenancy;

namespace Slotwright.Pages.BackOffice.Usage;

/// <summary>Everything that is counted, what the plan says of it, and the free trial.</summary>
public sealed class LimitsModel(Grains grains, Faces faces, IStringLocalizer<Setup> text) : PageModel
{
    public AccountCounters Counters { get; private set; } = null!;

    public int Resources { get; private set; }

    public string? Problem { get; private set; }

    /// <summary>In the order shown; without a limit there is no bar.</summary>
    public IReadOnlyList<CounterLine> Lines =>
    [
        new("Upcoming", Counters.Usage.Upcoming, Counters.Usage.Allowed) { IsEnforced = true },
        new("KeptPast", Counters.KeptPast, Counters.KeptPastAllowed),
        new("Customers", Counters.Customers, Counters.CustomersAllowed),
        new("Schedules", Counters.Schedules, null),
        new("Resources", Resources, null),
        .. Counters.Webhooks > 0 ? [new CounterLine("Webhooks", Counters.Webhooks, Counters.WebhooksAllowed)] : Array.Empty<CounterLine>(),
    ];

    public async Task OnGet() => await Show();

    public async Task<IActionResult> OnPost()
    {
        var account = HttpContext.Account();
        var started = await grains.Account(account.Id).StartTrial();
        if (started.Accepted)
        {
            faces.Forget(account.Id);
            return new SeeOther($"{Links.Usage(account.Name)}?started=1");
        }

        await Show();
        Problem = text[$"Trial.{started.Refusal}"] is { ResourceNotFound: false } known ? known.Value : text["Refusal.Other"].Value;
        return Page();
    }

    private async Task Show()
    {
        var account = HttpContext.Account();
        Counters = (await grains.Account(account.Id).Counters())!;
        foreach (var listing in await faces.Schedules(account.Id))
        {
            Resources += (await faces.Schedule(account.Id, listing.Id))?.Resources.Count ?? 0;
        }
    }
}

/// <summary>One counter; null: no limit.</summary>
public sealed record CounterLine(string Name, int Used, int? Allowed)
{
    /// <summary>What lies beyond the limit is refused; others are only shown.</summary>
    public bool IsEnforced { get; init; }

    public bool IsFull => Allowed is { } most && Used >= most;
}
