using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Slotwright.Limits;
using Slotwright.Pages.Booking;
using Slotwright.Tenancy;

namespace Slotwright.Pages.Appointments;

/// <summary>From this time to that one: said once more, then done.</summary>
[Limited(LimitClass.PublicBooking)]
public sealed class MoveConfirmationModel(MoveDesk desk, ManagedReader appointments) : PageModel
{
    public MoveView View { get; private set; } = null!;

    public Task<IActionResult> OnGet(int id, string token, string? at, string? resource) =>
        Open(id, token, managed => new ManageForm { At = at, Resource = resource, Revision = managed.Appointment.Revision, Key = BookingForm.NewKey() }, async view =>
            view.MayMove ? Shown(await desk.Look(view)) : Redirect(view.Managed.Address));

    public Task<IActionResult> OnPost(int id, string token, [FromForm] ManageForm form) =>
        Open(id, token, _ => form, async view =>
            await desk.Move(HttpContext.Account().Name, view, token) is { } refused ? Shown(refused) : new SeeOther(view.Managed.Address + "?done=moved"));

    /// <summary>Not found, the weeks when no time was chosen, or what is to be done with the form.</summary>
    private async Task<IActionResult> Open(int id, string token, Func<ManagedView, ManageForm> form, Func<MoveView, Task<IActionResult>> then)
    {
        var account = HttpContext.Account();
        return await appointments.View(account.Name, account.Id, id, token) is not { } managed ? NotFound()
            : MoveDesk.Open(managed, form(managed)) is { } view ? await then(view)
            : new SeeOther(managed.Address + "/move");
    }

    private PageResult Shown(MoveView view)
    {
        View = view;
        return Page();
    }
}
