using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Slotwright.Localisation;
using Slotwright.Platform;
using Slotwright.Tenancy;

namespace Slotwright.Pages.BackOffice.Schedules;

/// <summary>Another schedule, from the few things that have no good default.</summary>
[RequestFormLimits(ValueCountLimit = 128)]
public sealed class NewModel(Grains grains, Faces faces, IStringLocalizer<Setup> text) : PageModel
{
    public StartForm Form { get; private set; } = new();

    public IReadOnlyDictionary<string, string> Errors { get; private set; } = new Dictionary<string, string>();

    public async Task<IActionResult> OnPost()
    {
        Form = StartForm.Read(Request.Form);
        Errors = Form.Errors();
        if (Errors.Count > 0)
        {
            return Page();
        }

        var account = HttpContext.Account();
        var added = await grains.Account(account.Id).AddSchedule(Form.ToDefinition(account.Brand.TimeZone, text["Start.Nobody"]));
        if (!added.Accepted)
        {
            Errors = new Dictionary<string, string> { ["Name"] = $"Refusal.{added.Refusal}" };
            return Page();
        }

        faces.Forget(account.Id);
        return new SeeOther($"{Links.ScheduleSettings(account.Name, added.Value.Id)}?made=1");
    }
}
