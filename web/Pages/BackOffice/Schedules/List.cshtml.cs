using Microsoft.AspNetCore.Mvc.RazorPages;
using NodaTime;
using Slotwright.Accounts;
using Slotwright.Localisation;
using Slotwright.Schedules;
using Slotwright.Tenancy;

namespace Slotwright.Pages.BackOffice.Schedules;

/// <summary>Every schedule of the account with what it means in a sentence.</summary>
public sealed class ListModel(DefinitionEditing editing, Grains grains, IClock clock) : PageModel
{
    public IReadOnlyList<(ScheduleListing Listing, ScheduleDefinition Definition, LocalDate Today)> Schedules { get; private set; } = [];

    public async Task OnGet()
    {
        var account = HttpContext.Account();
        var all = new List<(ScheduleListing, ScheduleDefinition, LocalDate)>();
        foreach (var listing in await grains.Account(account.Id).Schedules())
        {
            if (await editing.Read(account.Id, listing.Id) is { } definition)
            {
                all.Add((listing, definition, clock.GetCurrentInstant().InZone(TimeWords.Zone(definition.TimeZone)).Date));
            }
        }

        Schedules = all;
    }
}
