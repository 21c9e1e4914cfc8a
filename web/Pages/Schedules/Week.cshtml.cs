using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using NodaTime;
using Slotwright.Appointments;
using Slotwright.Limits;
using Slotwright.Live;
using Slotwright.Pages.Booking;
using Slotwright.Platform;
using Slotwright.Schedules;
using Slotwright.Tenancy;

namespace Slotwright.Pages.Schedules;

/// <summary>The free times of one schedule, a week at a time, and the one that is chosen of them.</summary>
[SeenPage, Limited(LimitClass.PublicRead)]
public sealed class WeekModel(Faces faces, WeekReader weeks, Visitors visitors, ClosedNotice notice, IClock clock) : PageModel
{
    public ScheduleFace Schedule { get; private set; } = null!;

    public ClosedView? Closed { get; private set; }

    public WeekView? Week { get; private set; }

    public BookingRefusal? Refusal { get; private set; }

    /// <summary>For what the page may be shown again; null: for this once.</summary>
    internal (FreeTimesEntry Entry, SeenPages.Key Key)? Seen { get; private set; }

    public Task<IActionResult> OnGet(string schedule) => Open(schedule, Page);

    /// <summary>The chosen time alone, for a page that shows the rest already.</summary>
    public Task<IActionResult> OnGetChosen(string schedule) => Open(schedule, () => Week is null ? NotFound() : Partial("_Chosen", Week));

    private async Task<IActionResult> Open(string name, Func<IActionResult> shown)
    {
        var account = HttpContext.Account();
        if (await faces.ScheduleByName(account.Id, name) is not { } schedule)
        {
            return NotFound();
        }

        Schedule = schedule;
        if (!account.IsBookable)
        {
            Closed = await notice.For(HttpContext);
            return Page();
        }

        var path = Links.Schedule(account.Name, schedule.Name);
        var links = new WeekLinks(path, path, WeekChoice.Read(Request.Query, schedule));
        if (Request.Query.ContainsKey(WeekChoice.NextKey) && await weeks.NextFree(schedule, links.Choice, clock.GetCurrentInstant()) is { } next)
        {
            return Redirect(links.Time(next));
        }

        var plan = weeks.Plan(schedule, links.Choice);
        var found = await weeks.Find(schedule, links.Choice, plan);
        if (found.Entry is not { } entry)
        {
            Refusal = found.Refusal;
            return Page();
        }

        var held = await visitors.HeldBy(HttpContext, schedule);
        if (held is null && SeenPages.KeyOf(HttpContext, schedule, plan) is { } key)
        {
            if (SeenPages.Find(entry, key) is { } page)
            {
                return File(page, "text/html; charset=utf-8");
            }

            Seen = (entry, key);
        }

        Week = await weeks.View(schedule, links, plan, entry.Value, held);
        return shown();
    }
}
