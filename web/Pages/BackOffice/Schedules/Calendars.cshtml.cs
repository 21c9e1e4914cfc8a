using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using NodaTime;
using Slotwright.Localisation;
using Slotwright.Platform;
using Slotwright.Schedules;
using Slotwright.Tenancy;

namespace Slotwright.Pages.BackOffice.Schedules;

/// <summary>Private addresses by which calendar programs follow a schedule. A new address is shown once.</summary>
public sealed class CalendarsModel(DefinitionEditing editing, Grains grains, Faces faces, IClock clock, IStringLocalizer<Setup> text) : SectionPage(editing, clock, text)
{
    public IReadOnlyList<CalendarFeed> Feeds { get; private set; } = [];

    public string Label { get; private set; } = "";

    public string? LabelError { get; private set; }

    /// <summary>The address of the feed that was just made.</summary>
    public string? Address { get; private set; }

    public async Task<IActionResult> OnGet(int id) => await Show(id) ? Page() : NotFound();

    public async Task<IActionResult> OnPost(int id, [FromForm] string? label)
    {
        if (!await Load(id))
        {
            return NotFound();
        }

        Label = TypedText.Line(label);
        var made = await grains.Schedule(HttpContext.Account().Id, id).MakeFeed(Label);
        if (made.Accepted)
        {
            (Address, Label) = (HttpContext.Absolute(Links.CalendarFeed(made.Value.Token)), "");
        }
        else
        {
            LabelError = Words[$"Feed.{made.Refusal}"];
        }

        await Show(id);
        return Page();
    }

    public async Task<IActionResult> OnPostRevoke(int id, [FromForm] string? handle)
    {
        if (!await Load(id))
        {
            return NotFound();
        }

        await grains.Schedule(HttpContext.Account().Id, id).RevokeFeed(handle ?? "");
        faces.ForgetFeeds(id);
        return Saved("calendars");
    }

    protected override object Part(ScheduleDefinition definition) => "";

    private async Task<bool> Show(int id)
    {
        if (!await Load(id))
        {
            return false;
        }

        Feeds = await grains.Schedule(HttpContext.Account().Id, id).Feeds();
        return true;
    }
}
