using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Slotwright.Platform;
using Slotwright.Schedules;
using Slotwright.Tenancy;

namespace Slotwright.Pages.Schedules;

/// <summary>What can be booked at an account; leads straight on when there is just one thing.</summary>
public sealed class ScheduleListModel(Faces faces, ClosedNotice notice) : PageModel
{
    public IReadOnlyList<ScheduleFace> Schedules { get; private set; } = [];

    public ClosedView? Closed { get; private set; }

    public async Task<IActionResult> OnGet()
    {
        var account = HttpContext.Account();
        if (!account.IsBookable)
        {
            Closed = await notice.For(HttpContext);
            return Page();
        }

        var listings = await faces.Schedules(account.Id);
        if (listings is [var only])
        {
            return Redirect(Links.Schedule(account.Name, only.Name));
        }

        var shown = new List<ScheduleFace>(listings.Count);
        foreach (var listing in listings)
        {
            if (await faces.Schedule(account.Id, listing.Id) is { } schedule)
            {
                shown.Add(schedule);
            }
        }

        Schedules = shown;
        return Page();
    }
}
