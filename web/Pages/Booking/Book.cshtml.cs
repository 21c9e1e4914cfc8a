using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Slotwright.Limits;
using Slotwright.Pages.Schedules;
using Slotwright.Platform;
using Slotwright.SignIn;
using Slotwright.Tenancy;

namespace Slotwright.Pages.Booking;

/// <summary>Who comes: the form for one chosen time, its hold, and the booking itself.</summary>
[Limited(LimitClass.PublicBooking)]
public sealed class BookModel(BookingDesk desk, Faces faces) : PageModel
{
    public BookingView View { get; private set; } = null!;

    public Task<IActionResult> OnGet(string schedule, [FromQuery] BookingForm form) =>
        Open(schedule, form.Fresh(), async view => Shown(await desk.Look(HttpContext, view)));

    /// <summary>How the time stands now, for a page that is being filled in.</summary>
    public Task<IActionResult> OnGetStanding(string schedule, [FromQuery] BookingForm form) =>
        Open(schedule, form, async view => Standing(await desk.Look(HttpContext, view with { IsTyped = true })));

    /// <summary>A time was chosen: it is held, and its form shown.</summary>
    public Task<IActionResult> OnPostHold(string schedule, [FromForm] BookingForm form) =>
        Open(schedule, form, async view =>
        {
            await desk.Hold(HttpContext, view);
            var address = Links.Schedule(HttpContext.Account().Name, view.Schedule.Name);
            return new SeeOther(new WeekLinks(address, address + "/book", view.Choice).Time(view.Offer.Start));
        });

    /// <summary>The page holds its own time, having come to it by a link.</summary>
    public Task<IActionResult> OnPostKeep(string schedule, [FromForm] BookingForm form) =>
        Open(schedule, form, async view => Standing(await desk.Hold(HttpContext, view with { IsTyped = true })));

    /// <summary>The page is left.</summary>
    public Task<IActionResult> OnPostLeave(string schedule, [FromForm] BookingForm form) =>
        Open(schedule, form, async view =>
        {
            await desk.LetGo(HttpContext, view);
            return new NoContentResult();
        });

    /// <summary>Another time for the same form: that one is held, nothing is booked, what was typed stays.</summary>
    public Task<IActionResult> OnPostTime(string schedule, [FromForm] BookingForm form) =>
        Open(schedule, form.Cleaned() with { At = form.Other }, async view => Shown(await desk.Hold(HttpContext, view with { IsTyped = true })));

    public Task<IActionResult> OnPost(string schedule, [FromForm] BookingForm form) =>
        Open(schedule, form.Cleaned(), async view => await desk.Book(HttpContext, view with { IsTyped = true }) is var (booked, shown) && booked is null
            ? Shown(shown)
            : new SeeOther($"{Links.Manage(HttpContext.Account().Name, booked.Appointment.Id, booked.ManageToken)}?done=1"));

    /// <summary>Not found, the week when no time was chosen, or what is to be done with the form.</summary>
    private async Task<IActionResult> Open(string name, BookingForm form, Func<BookingView, Task<IActionResult>> then)
    {
        var account = HttpContext.Account();
        return await faces.ScheduleByName(account.Id, name) is not { } schedule ? NotFound()
            : BookingDesk.Open(schedule, form) is { } view ? await then(view)
            : new SeeOther(Links.Schedule(account.Name, schedule.Name));
    }

    private PageResult Shown(BookingView view)
    {
        View = view;
        return view.Wait is { } wait ? this.Slower(wait) : Page();
    }

    private PartialViewResult Standing(BookingView view) => Partial("_Standing", view);
}
