using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using NodaTime;
using Slotwright.Localisation;
using Slotwright.Platform;
using Slotwright.Schedules;
using Slotwright.Tenancy;

namespace Slotwright.Pages.BackOffice.Schedules;

/// <summary>What every page about a part of one schedule's definition does: read, show, store, say why not.</summary>
[RequestFormLimits(ValueCountLimit = 2_048)]
public abstract class SectionPage(DefinitionEditing editing, IClock clock, IStringLocalizer<Setup> text) : PageModel
{
    public int ScheduleId { get; private set; }

    /// <summary>As it is stored now.</summary>
    public ScheduleDefinition Definition { get; private set; } = null!;

    public Instant Now { get; } = clock.GetCurrentInstant();

    public LocalDate Today { get; private set; }

    /// <summary>
    /// Goes with the form: what its part was when the form was first shown, or when its user was last told what is stored. A form
    /// that comes back for another reason carries what it came with.
    /// </summary>
    public string Seen => !ChangedMeanwhile && Request.HasFormContentType && Request.Form["seen"] is [{ Length: > 0 } before, ..] ? before : DefinitionEditing.SeenOf(Part(Definition));

    /// <summary>Somebody else stored another version of this part: what was typed stands in the form, what is stored is said beside it.</summary>
    public bool ChangedMeanwhile { get; private set; }

    public string? Problem { get; protected set; }

    public bool IsSaved => Request.Query.ContainsKey("saved");

    /// <summary>Appointments that the hours just saved no longer hold; null: none, or no hours were saved.</summary>
    public LeftOutside? LeftOutside => IsSaved ? LeftOutside.Read(Request.Query) : null;

    public WeekPreview? Preview { get; protected set; }

    protected IStringLocalizer<Setup> Words => text;

    /// <summary>What this page changes.</summary>
    protected abstract object Part(ScheduleDefinition definition);

    /// <summary>False: there is no such schedule.</summary>
    protected async Task<bool> Load(int id)
    {
        ScheduleId = id;
        if (await editing.Read(HttpContext.Account().Id, id) is not { } definition)
        {
            return false;
        }

        Definition = definition;
        Today = Now.InZone(TimeWords.Zone(definition.TimeZone)).Date;
        return true;
    }

    /// <summary>Null: stored. Else the page says why not.</summary>
    protected async Task<ScheduleRefusal?> Store(string? seen, Func<ScheduleDefinition, ScheduleDefinition> change)
    {
        var outcome = await editing.Change(HttpContext.Account().Id, ScheduleId, seen ?? "", Part, change);
        if (outcome.Accepted)
        {
            return null;
        }

        ChangedMeanwhile = outcome.Refusal == ScheduleRefusal.ChangedMeanwhile;
        Problem = text[$"Refusal.{outcome.Refusal}"] is { ResourceNotFound: false } known ? known.Value : text["Refusal.Other"].Value;
        await Load(ScheduleId);
        return outcome.Refusal;
    }

    /// <summary>As <see cref="Saved"/>, for hours: says too which appointments they leave outside.</summary>
    protected async Task<IActionResult> SavedHours(string page, string more = "") =>
        Saved(page, more + (await editing.LeftOutside(HttpContext.Account().Id, ScheduleId, Definition))?.Query);

    protected IActionResult Saved(string page, string more = "") =>
        new SeeOther($"{Links.ScheduleSettings(HttpContext.Account().Name, ScheduleId, page)}?saved=1{more}");
}
