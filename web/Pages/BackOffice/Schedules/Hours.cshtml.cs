using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using NodaTime;
using Slotwright.Localisation;
using Slotwright.Schedules;
using Slotwright.Tenancy;

namespace Slotwright.Pages.BackOffice.Schedules;

/// <summary>The normal week of a schedule, or of one of its resources.</summary>
public sealed class HoursModel(DefinitionEditing editing, PreviewReader previews, IClock clock, IStringLocalizer<Setup> text) : SectionPage(editing, clock, text)
{
    [FromQuery(Name = "resource")]
    public int? ResourceId { get; set; }

    public Resource? Resource => Definition.Resources.FirstOrDefault(resource => resource.Id == ResourceId);

    public HoursForm Form { get; private set; } = new([]);

    public async Task<IActionResult> OnGet(int id)
    {
        if (!await Load(id) || (ResourceId is not null && Resource is null))
        {
            return NotFound();
        }

        Form = HoursForm.Of(Resource?.OpeningHours ?? Definition.OpeningHours);
        Preview = await previews.Of(HttpContext.Account().Id, id, Definition);
        return Page();
    }

    public async Task<IActionResult> OnPost(int id, [FromForm] string? seen, [FromForm(Name = "do")] string? press)
    {
        if (!await Load(id) || (ResourceId is not null && Resource is null))
        {
            return NotFound();
        }

        Form = HoursForm.Read(Request.Form);
        if (press is not (null or "save" or "preview" or "shared"))
        {
            Form = Form.After(press);
            return Page();
        }

        if (press is not "shared" && !Form.IsRight)
        {
            Problem = Words["Hours.LookAgain"];
            return Page();
        }

        var week = press is "shared" ? null : Form.ToWeek();
        if (press is "preview")
        {
            Preview = await previews.Of(HttpContext.Account().Id, id, With(Definition, week));
            return Page();
        }

        return await Store(seen, definition => With(definition, week)) is null ? await SavedHours("hours", ResourceId is { } resource ? $"&resource={resource}" : "") : Page();
    }

    protected override object Part(ScheduleDefinition definition) =>
        ResourceId is null ? definition.OpeningHours : definition.Resources.FirstOrDefault(resource => resource.Id == ResourceId)?.OpeningHours ?? new WeeklyHours { Spans = [] };

    private ScheduleDefinition With(ScheduleDefinition definition, WeeklyHours? week) => ResourceId is null
        ? definition with { OpeningHours = week ?? definition.OpeningHours }
        : definition with { Resources = [.. definition.Resources.Select(resource => resource.Id == ResourceId ? resource with { OpeningHours = week } : resource)] };
}
