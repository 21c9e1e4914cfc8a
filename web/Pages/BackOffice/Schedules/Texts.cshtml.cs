using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using NodaTime;
using Slotwright.Localisation;
using Slotwright.Schedules;
using Slotwright.Tenancy;

namespace Slotwright.Pages.BackOffice.Schedules;

/// <summary>What a schedule is called, what customers read above its times, and the zone of its clock.</summary>
public sealed class TextsModel(DefinitionEditing editing, Grains grains, Faces faces, IClock clock, IStringLocalizer<Setup> text) : SectionPage(editing, clock, text)
{
    public const int MostTextCharacters = 200;

    public string Name { get; private set; } = "";

    public string Description { get; private set; } = "";

    public string Location { get; private set; } = "";

    public string Zone { get; private set; } = "";

    public Dictionary<string, string> Errors { get; } = [];

    public async Task<IActionResult> OnGet(int id)
    {
        if (!await Load(id))
        {
            return NotFound();
        }

        (Name, Description, Location, Zone) = (Definition.Name, Definition.Description, Definition.Location, Definition.TimeZone);
        return Page();
    }

    public async Task<IActionResult> OnPost(int id, [FromForm] string? name, [FromForm] string? description, [FromForm] string? location, [FromForm] string? zone, [FromForm] string? seen)
    {
        if (!await Load(id))
        {
            return NotFound();
        }

        (Name, Description, Location, Zone) = (TypedText.Line(name), TypedText.Line(description), TypedText.Line(location), TypedText.Line(zone));
        Check("description", Description.Length > MostTextCharacters ? "Texts.TooLong" : null);
        Check("location", Location.Length > MostTextCharacters ? "Texts.TooLong" : null);
        Check("zone", Zones.Known(Zone) ? null : "Refusal.UnknownTimeZone");
        if (Errors.Count > 0)
        {
            Problem = Words["Section.LookAgain"];
            return Page();
        }

        if (Name != Definition.Name)
        {
            var renamed = await grains.Account(HttpContext.Account().Id).RenameSchedule(id, Name);
            if (!renamed.Accepted)
            {
                Check("name", $"Refusal.{renamed.Refusal}");
                Problem = Words["Section.LookAgain"];
                return Page();
            }

            faces.ForgetSchedule(HttpContext.Account().Id, id);
        }

        var refusal = await Store(seen, definition => definition with { Description = Description, Location = Location, TimeZone = Zone });
        return refusal is null ? Saved("texts") : Page();
    }

    protected override object Part(ScheduleDefinition definition) => new[] { definition.Description, definition.Location, definition.TimeZone };

    private void Check(string field, string? error)
    {
        if (error is not null)
        {
            Errors[field] = error;
        }
    }
}
