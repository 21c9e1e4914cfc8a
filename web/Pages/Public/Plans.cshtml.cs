using Microsoft.AspNetCore.Mvc.RazorPages;
using Slotwright.Accounts;
using Slotwright.Billing;
using Slotwright.Localisation;
using Slotwright.Tenancy;

namespace Slotwright.Pages.Public;

/// <summary>The plans of the configuration at their list prices.</summary>
public sealed class PlansModel(Grains grains) : PageModel
{
    public PlanCatalogue Catalogue { get; private set; } = null!;

    public string Price(PlanListing plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return new Money(plan.MonthlyPrice, Catalogue.Currency).Said();
    }

    public async Task OnGet() => Catalogue = await grains.FrontDoor.Plans();
}
