using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using NodaTime;
using Slotwright.Appointments;
using Slotwright.Pages.Booking;
using Slotwright.Platform;
using Slotwright.Schedules;
using Slotwright.Tenancy;

namespace Slotwright.Pages.Schedules;

/// <summary>The free times of one schedule, a week at a time, and the one that is chosen of them.</summary>
public sealed class WeekModel(Faces faces, WeekReader weeks, Visitors visitors, ClosedNotice notice, IClock clock) : PageModel
{
    public ScheduleFace Schedule { get; private set; } = null!;

    public ClosedView? Closed { get; private set; }

    public WeekView? Week { get; private set; }

    public BookingRefusal? Refusal { get; private set; }

    public async Task<IActionResult> OnGet(string schedule)
    {
        var account = HttpContext.Account();
        if (await faces.ScheduleByName(account.Id, schedule) is not { } face)
        {
            return NotFound();
        }

        Schedule = face;
        if (!account.TakesBookings)
        {
            Closed = await notice.For(HttpContext);
            return Page();
        }

        var path = Links.Schedule(account.Name, face.Name);
        var links = new WeekLinks(path, path, WeekChoice.Read(Request.Query, face));
        if (Request.Query.ContainsKey(WeekChoice.NextKey) && await weeks.NextFree(face, links.Choice, clock.GetCurrentInstant()) is { } next)
        {
            return Redirect(links.Time(next));
        }

        var week = await weeks.Read(face, links, held: await visitors.HeldBy(HttpContext, face));
        (Week, Refusal) = (week.Value, week.Refusal);
        return Page();
    }
}
