using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using NodaTime;
using Slotwright.Appointments;
using Slotwright.Limits;
using Slotwright.Localisation;
using Slotwright.Pages.Booking;
using Slotwright.Tenancy;

namespace Slotwright.Pages.Appointments;

/// <summary>Asks once more before an appointment is cancelled, then cancels it.</summary>
[Limited(LimitClass.PublicBooking)]
public sealed class CancellationModel(Grains grains, ManagedReader appointments, IClock clock, IStringLocalizer<Refusals> refusals) : PageModel
{
    public ManagedView View { get; private set; } = null!;

    public ManageForm Form { get; private set; } = new();

    public string? Problem { get; private set; }

    public async Task<IActionResult> OnGet(int id, string token)
    {
        if (!await Open(id, token))
        {
            return NotFound();
        }

        Form = new ManageForm { Revision = View.Appointment.Revision, Key = BookingForm.NewKey() };
        return View.Managed.MayCancel ? Page() : Redirect(View.Address);
    }

    public async Task<IActionResult> OnPost(int id, string token, [FromForm] ManageForm form)
    {
        if (!await Open(id, token))
        {
            return NotFound();
        }

        var command = new CancelAppointment
        {
            AppointmentId = id,
            Actor = Actor.Customer(View.Appointment.Customer.Email),
            Key = form.RepeatKey($"cancel {id}"),
            ExpectedRevision = form.Revision,
            ManageToken = token,
        };
        var outcome = await Grains.Again(command.Key, () => grains.Schedule(HttpContext.Account().Id, View.Schedule.Id).Cancel(command));
        if (outcome.Accepted || outcome.Refusal == BookingRefusal.AlreadyCancelled)
        {
            return new SeeOther(View.Address);
        }

        Form = form with { Revision = View.Appointment.Revision, Key = BookingForm.NewKey() };
        Problem = refusals.For(outcome.Refusal);
        return Page();
    }

    private async Task<bool> Open(int id, string token)
    {
        var account = HttpContext.Account();
        if (await appointments.Open(account.Id, id, token) is not { } managed)
        {
            return false;
        }

        View = ManagedView.Of(account.Name, managed, token, clock.GetCurrentInstant());
        return true;
    }
}
