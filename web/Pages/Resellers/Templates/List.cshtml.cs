using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using NodaTime;
using Slotwright.Localisation;
using Slotwright.Platform;
using Slotwright.Resellers;
using Slotwright.Tenancy;

namespace Slotwright.Pages.Resellers.Templates;

/// <summary>The reseller's templates, and the form that keeps a client's set-up as another one.</summary>
public sealed class ListModel(Grains grains, IStringLocalizer<UpkeepWords> text) : PageModel
{
    public IReadOnlyList<TemplateListing> Templates { get; private set; } = [];

    public IReadOnlyList<ClientListing> Clients { get; private set; } = [];

    public DateTimeZone Zone => TimeWords.Zone(HttpContext.Account().Brand.TimeZone);

    public int? ClientId { get; private set; }

    public string Name { get; private set; } = "";

    public string? Problem { get; private set; }

    /// <summary>Name of the sentence that says what was done a moment ago; null: nothing.</summary>
    public string? Done { get; private set; }

    public async Task OnGet([FromQuery] int? client, [FromQuery] string? done)
    {
        (ClientId, Done) = (client, done == "deleted" ? "Template.Deleted" : null);
        await Fill();
    }

    public async Task<IActionResult> OnPost([FromForm] int client, [FromForm] string? name)
    {
        var reseller = HttpContext.Account();
        (ClientId, Name) = (client, TypedText.Line(name));
        var saved = await grains.Reseller(reseller.Id).SaveTemplate(client, Name);
        if (saved.Accepted)
        {
            return new SeeOther($"{Links.ResellerTemplate(reseller.Name, saved.Value.Id)}?done=saved");
        }

        Problem = text[$"Refusal.{saved.Refusal}"];
        await Fill();
        return Page();
    }

    private async Task Fill()
    {
        var reseller = HttpContext.Account().Id;
        (Templates, Clients) = (await grains.Reseller(reseller).Templates(), await grains.Reseller(reseller).Clients());
    }
}
