using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using NodaTime;
using Slotwright.Localisation;
using Slotwright.Schedules;
using Slotwright.Tenancy;

namespace Slotwright.Pages.BackOffice.Schedules;

/// <summary>How long appointments last, when they begin, and on which conditions customers book.</summary>
public sealed class BookingModel(DefinitionEditing editing, PreviewReader previews, IClock clock, IStringLocalizer<Setup> text) : SectionPage(editing, clock, text)
{
    public ConditionsForm Form { get; private set; } = new();

    public IReadOnlyDictionary<string, string> Errors { get; private set; } = new Dictionary<string, string>();

    public async Task<IActionResult> OnGet(int id)
    {
        if (!await Load(id))
        {
            return NotFound();
        }

        Form = ConditionsForm.Of(Definition);
        Preview = await previews.Of(HttpContext.Account().Id, id, Definition);
        return Page();
    }

    public async Task<IActionResult> OnPost(int id, [FromForm] ConditionsForm form, [FromForm] string? seen, [FromForm(Name = "do")] string? press)
    {
        if (!await Load(id))
        {
            return NotFound();
        }

        (Form, Errors) = (form, form.Errors());
        if (Errors.Count > 0)
        {
            Problem = Words["Section.LookAgain"];
            return Page();
        }

        if (press is "preview")
        {
            Preview = await previews.Of(HttpContext.Account().Id, id, form.Put(Definition));
            return Page();
        }

        return await Store(seen, form.Put) is null ? Saved("booking") : Page();
    }

    protected override object Part(ScheduleDefinition definition) => ConditionsForm.Of(definition);
}
