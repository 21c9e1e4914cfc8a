using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Slotwright.Appointments;
using Slotwright.Platform;
using Slotwright.Schedules;
using Slotwright.Tenancy;

namespace Slotwright.Pages.Schedules;

/// <summary>The free times of one schedule, a week at a time.</summary>
public sealed class WeekModel(Faces faces, WeekReader weeks, ClosedNotice notice) : PageModel
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
        var week = await weeks.Read(face, new WeekLinks(path, path + "/book", WeekChoice.Read(Request.Query, face)));
        (Week, Refusal) = (week.Value, week.Refusal);
        return Page();
    }
}
