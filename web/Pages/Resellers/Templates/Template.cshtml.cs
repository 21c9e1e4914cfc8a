using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using NodaTime;
using Slotwright.Localisation;
using Slotwright.Platform;
using Slotwright.Resellers;
using Slotwright.Tenancy;

namespace Slotwright.Pages.Resellers.Templates;

/// <summary>One template: what it holds, its name, its end.</summary>
public sealed class TemplateModel(Grains grains, IClock clock, IStringLocalizer<UpkeepWords> text) : PageModel
{
    public ClientTemplate Template { get; private set; } = null!;

    public DateTimeZone Zone => TimeWords.Zone(HttpContext.Account().Brand.TimeZone);

    public LocalDate Today => clock.GetCurrentInstant().InZone(Zone).Date;

    public string Name { get; private set; } = "";

    public string? Problem { get; private set; }

    public string? Done { get; private set; }

    public async Task<IActionResult> OnGet(int template, [FromQuery] string? done)
    {
        Done = done switch
        {
            "saved" => "Template.Saved",
            "renamed" => "Template.Renamed",
            _ => null,
        };
        return await Show(template, null);
    }

    public async Task<IActionResult> OnPost(int template, [FromForm] string? name)
    {
        var reseller = HttpContext.Account();
        var renamed = await grains.Reseller(reseller.Id).RenameTemplate(template, TypedText.Line(name));
        if (renamed.Accepted)
        {
            return new SeeOther($"{Links.ResellerTemplate(reseller.Name, template)}?done=renamed");
        }

        Problem = text[$"Refusal.{renamed.Refusal}"];
        return await Show(template, TypedText.Line(name));
    }

    public async Task<IActionResult> OnPostDelete(int template, [FromForm] string? sure)
    {
        var reseller = HttpContext.Account();
        if (sure != "yes")
        {
            return new SeeOther(Links.ResellerTemplate(reseller.Name, template));
        }

        await grains.Reseller(reseller.Id).DeleteTemplate(template);
        return new SeeOther($"{Links.Reseller(reseller.Name, "templates")}?done=deleted");
    }

    private async Task<IActionResult> Show(int id, string? typed)
    {
        if (await grains.Reseller(HttpContext.Account().Id).Template(id) is not { } found)
        {
            return NotFound();
        }

        (Template, Name) = (found, typed ?? found.Listing.Name);
        return Page();
    }
}
