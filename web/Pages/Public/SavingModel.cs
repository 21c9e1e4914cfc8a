using System.Globalization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Slotwright.Accounts;
using Slotwright.Billing;
using Slotwright.Localisation;
using Slotwright.Tenancy;

namespace Slotwright.Pages.Public;

/// <summary>A page of sentences that may say what resellers save, as the configuration has it.</summary>
public sealed class SavingModel(Grains grains) : PageModel
{
    private PlanCatalogue catalogue = null!;

    /// <summary>Percent.</summary>
    public string Saved => catalogue.ResellerDiscountPercent.Figure();

    /// <summary>What a list price of ten is charged as.</summary>
    public string OfTen => Money.Rounded((100 - catalogue.ResellerDiscountPercent) / 10, catalogue.Currency).Amount.ToString("0.00", CultureInfo.CurrentCulture);

    public async Task OnGet() => catalogue = await grains.FrontDoor.Plans();
}
