using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using NodaTime;
using Slotwright.Appointments;
using Slotwright.Localisation;
using Slotwright.Schedules;
using Slotwright.Tenancy;

namespace Slotwright.Pages.BackOffice.Schedules;

/// <summary>Who or what can be booked: added, renamed, put in order, removed when nothing is booked on it any more.</summary>
public sealed class ResourcesModel(DefinitionEditing editing, Grains grains, IClock clock, IStringLocalizer<Setup> text) : SectionPage(editing, clock, text)
{
    public const int MostNameCharacters = 60;

    public IReadOnlyList<ResourceRow> Rows { get; private set; } = [];

    public async Task<IActionResult> OnGet(int id)
    {
        if (!await Load(id))
        {
            return NotFound();
        }

        Rows = [.. Definition.Resources.Select(resource => new ResourceRow(resource.Id, resource.Name))];
        return Page();
    }

    public async Task<IActionResult> OnPost(int id, [FromForm] string? seen, [FromForm(Name = "do")] string? press)
    {
        if (!await Load(id))
        {
            return NotFound();
        }

        Rows = ResourceRow.After(ResourceRow.Read(Request.Form), press);
        if (press is not (null or "save"))
        {
            return Page();
        }

        Rows = [.. Rows.Where(row => row.Id != 0 || row.Name.Length > 0)];
        if (Rows.Count == 0 || Rows.Any(row => row.Error is not null))
        {
            Problem = Rows.Count == 0 ? Words["Resources.NoneLeft"] : Words["Section.LookAgain"];
            return Page();
        }

        var before = Definition;
        var refusal = await Store(seen, definition => ResourceRow.Put(definition, Rows));
        if (refusal == ScheduleRefusal.ResourceInUse)
        {
            Problem = await WhyInUse(before);
        }

        return refusal is null ? Saved("resources") : Page();
    }

    protected override object Part(ScheduleDefinition definition) => definition.Resources.Select(resource => new ResourceRow(resource.Id, resource.Name)).ToList();

    private async Task<string> WhyInUse(ScheduleDefinition before)
    {
        foreach (var gone in before.Resources.Where(resource => Rows.All(row => row.Id != resource.Id)))
        {
            var query = new AppointmentsQuery { From = Now, ResourceId = gone.Id, IncludeBlocks = true, Limit = 1000 };
            if (await grains.Schedule(HttpContext.Account().Id, ScheduleId).List(query) is { Count: > 0 } upcoming)
            {
                // It stands where it stood, so that nothing has to be typed again.
                Rows = [.. Rows, new ResourceRow(gone.Id, gone.Name)];
                var last = upcoming[^1];
                return Words.Count("Resources.InUse", upcoming.Count, gone.Name, DayOf(last));
            }
        }

        return Words["Refusal.ResourceInUse"];
    }

    private static string DayOf(Appointment last) => last.Start.InZone(TimeWords.Zone(last.Zone)).Date.ToString("d MMMM", System.Globalization.CultureInfo.CurrentCulture);
}

/// <summary>One resource as typed; 0: a new one.</summary>
public sealed record ResourceRow(int Id, string Name)
{
    private const int MostRows = 201;

    public string? Error => Name.Length == 0 ? "Resources.NameMissing" : Name.Length > ResourcesModel.MostNameCharacters ? "Resources.NameTooLong" : null;

    public static IReadOnlyList<ResourceRow> Read(IFormCollection form)
    {
        var (ids, names) = (form["resource-id"], form["resource-name"]);
        return [.. Enumerable.Range(0, Math.Min(Math.Min(ids.Count, names.Count), MostRows)).Select(row => new ResourceRow(TypedTime.Number(ids[row]) ?? 0, TypedText.Line(names[row])))];
    }

    /// <summary>After "up-2", "down-2" or "remove-2" (by position, from 0), or "add".</summary>
    public static IReadOnlyList<ResourceRow> After(IReadOnlyList<ResourceRow> rows, string? press)
    {
        var next = rows.ToList();
        if (press == "add" && next.Count < MostRows)
        {
            next.Add(new ResourceRow(0, ""));
            return next;
        }

        if (press?.Split('-') is not [var what, var where] || TypedTime.Number(where) is not { } at || at >= next.Count)
        {
            return rows;
        }

        var row = next[at];
        next.RemoveAt(at);
        if (what is "up" or "down")
        {
            next.Insert(Math.Clamp(what == "up" ? at - 1 : at + 1, 0, next.Count), row);
        }

        return next;
    }

    /// <summary>Names and order as in the rows; hours of their own stay, exceptions of what is gone go with it.</summary>
    public static ScheduleDefinition Put(ScheduleDefinition definition, IReadOnlyList<ResourceRow> rows)
    {
        var known = definition.Resources.ToDictionary(resource => resource.Id);
        return definition with
        {
            Resources = [.. rows.Select(row => known.TryGetValue(row.Id, out var resource) ? resource with { Name = row.Name } : new Resource { Id = 0, Name = row.Name })],
            Exceptions = [.. definition.Exceptions.Where(special => special.ResourceId is not { } whose || rows.Any(row => row.Id == whose))],
        };
    }
}
