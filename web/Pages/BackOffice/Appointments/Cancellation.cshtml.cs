using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Slotwright.Appointments;
using Slotwright.Localisation;
using Slotwright.Pages.Appointments;
using Slotwright.Pages.Booking;
using Slotwright.Platform;
using Slotwright.Tenancy;

namespace Slotwright.Pages.BackOffice.Appointments;

/// <summary>Asks once more before an appointment is cancelled or a block lifted, and says who will be told.</summary>
public sealed class StaffCancellationModel(Grains grains, DayBook book, IStringLocalizer<Refusals> refusals) : PageModel
{
    public DayEntry Entry { get; private set; } = null!;

    public ManageForm Form { get; private set; } = new();

    public string? Problem { get; private set; }

    public async Task<IActionResult> OnGet(int id)
    {
        if (await Obstacle(id) is { } obstacle)
        {
            return obstacle;
        }

        Form = new ManageForm { Revision = Entry.Appointment.Revision, Key = BookingForm.NewKey() };
        return Page();
    }

    public async Task<IActionResult> OnPost(int id, [FromForm] ManageForm form)
    {
        if (await Obstacle(id) is { } obstacle)
        {
            return obstacle;
        }

        var account = HttpContext.Account();
        var command = new CancelAppointment
        {
            AppointmentId = id,
            Actor = HttpContext.Actor(),
            Key = HttpContext.RepeatKey(form.Key, $"cancel {id}"),
            ExpectedRevision = form.Revision,
        };
        var outcome = await Grains.Again(command.Key, () => grains.Schedule(account.Id, Entry.Appointment.ScheduleId).Cancel(command));
        if (outcome.Accepted || outcome.Refusal == BookingRefusal.AlreadyCancelled)
        {
            return new SeeOther($"{Links.Appointment(account.Name, id)}?done=cancelled");
        }

        Form = form with { Revision = Entry.Appointment.Revision, Key = BookingForm.NewKey() };
        Problem = refusals.For(outcome.Refusal);
        return Page();
    }

    private async Task<IActionResult?> Obstacle(int id)
    {
        var account = HttpContext.Account();
        if (await book.Find(account.Id, id) is not { } entry)
        {
            return NotFound();
        }

        Entry = entry;
        return entry.IsCancelled ? new SeeOther(Links.Appointment(account.Name, id)) : null;
    }
}
