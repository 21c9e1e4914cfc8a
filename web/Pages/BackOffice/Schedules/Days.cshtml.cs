using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using NodaTime;
using Slotwright.Localisation;
using Slotwright.Schedules;
using Slotwright.Tenancy;

namespace Slotwright.Pages.BackOffice.Schedules;

/// <summary>Days that are closed or have other hours than the normal week.</summary>
public sealed class DaysModel(DefinitionEditing editing, PreviewReader previews, IClock clock, IStringLocalizer<Setup> text) : SectionPage(editing, clock, text)
{
    public DayForm Form { get; private set; } = new();

    public IReadOnlyDictionary<string, string> Errors { get; private set; } = new Dictionary<string, string>();

    /// <summary>Position of the exception that is edited; null: the form adds one.</summary>
    [FromQuery(Name = "edit")]
    public int? Edited { get; set; }

    /// <summary>With their positions, coming ones first by date, then those that are over.</summary>
    public IEnumerable<(int Position, SpecialHours Special)> Listed =>
        Definition.Exceptions.Select((special, position) => (position, special)).OrderBy(entry => entry.special.To < Today).ThenBy(entry => entry.special.From).ThenBy(entry => entry.position);

    public async Task<IActionResult> OnGet(int id)
    {
        if (!await Load(id))
        {
            return NotFound();
        }

        Form = Edited is { } position && position >= 0 && position < Definition.Exceptions.Count ? DayForm.Of(Definition.Exceptions[position]) : new DayForm();
        Preview = await previews.Of(HttpContext.Account().Id, id, Definition);
        return Page();
    }

    public async Task<IActionResult> OnPost(int id, [FromForm] string? seen)
    {
        if (!await Load(id))
        {
            return NotFound();
        }

        Form = DayForm.Read(Request.Form);
        Errors = Form.Errors();
        if (Errors.Count > 0)
        {
            Problem = Words["Section.LookAgain"];
            return Page();
        }

        var refusal = await Store(seen, definition => definition with
        {
            Exceptions = Edited is { } position && position >= 0 && position < definition.Exceptions.Count
                ? [.. definition.Exceptions.Select((special, index) => index == position ? Form.ToSpecial(definition) : special)]
                : [.. definition.Exceptions, Form.ToSpecial(definition)],
        });
        return refusal is null ? await SavedHours("days") : Page();
    }

    public async Task<IActionResult> OnPostRemove(int id, [FromForm] string? seen, [FromForm] int position)
    {
        if (!await Load(id))
        {
            return NotFound();
        }

        var refusal = await Store(seen, definition => definition with { Exceptions = [.. definition.Exceptions.Where((_, index) => index != position)] });
        return refusal is null ? await SavedHours("days") : Page();
    }

    protected override object Part(ScheduleDefinition definition) => definition.Exceptions;
}
