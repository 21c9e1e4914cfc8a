using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Slotwright.Appointments;
using Slotwright.Localisation;
using Slotwright.Pages.Booking;
using Slotwright.Platform;
using Slotwright.Tenancy;

namespace Slotwright.Pages.BackOffice.Appointments;

/// <summary>Who comes, or why a time is kept free; not the time.</summary>
public sealed class DetailsModel(Grains grains, DayBook book, IStringLocalizer<Refusals> refusals) : PageModel
{
    private readonly Dictionary<string, string> errors = [];

    public DayEntry Entry { get; private set; } = null!;

    public GuestForm Form { get; private set; } = new();

    public string? Problem { get; private set; }

    public GuestView View => new(Form, errors, Entry.IsBlock);

    public async Task<IActionResult> OnGet(int id)
    {
        if (await Obstacle(id) is { } obstacle)
        {
            return obstacle;
        }

        Form = GuestForm.Of(Entry.Appointment) with { Key = BookingForm.NewKey() };
        return Page();
    }

    public async Task<IActionResult> OnPost(int id, [FromForm] GuestForm form)
    {
        if (await Obstacle(id) is { } obstacle)
        {
            return obstacle;
        }

        Form = form.Cleaned();
        Form.Check(errors, Entry.IsBlock);
        if (errors.Count > 0)
        {
            return Page();
        }

        var account = HttpContext.Account();
        var command = new AmendAppointment
        {
            AppointmentId = id,
            Customer = Entry.IsBlock ? Entry.Appointment.Customer : Form.Customer(Entry.Appointment.Customer),
            Note = Form.Note!,
            Actor = HttpContext.Actor(),
            Key = HttpContext.RepeatKey(Form.Key, $"amend {id} {Form}"),
            ExpectedRevision = Form.Revision,
        };
        var outcome = await Grains.Again(command.Key, () => grains.Schedule(account.Id, Entry.Appointment.ScheduleId).Amend(command));
        if (outcome.Accepted)
        {
            return new SeeOther($"{Links.Appointment(account.Name, id)}?done=amended");
        }

        (Form, Problem) = (Form with { Revision = Entry.Appointment.Revision, Key = BookingForm.NewKey() }, refusals.For(outcome.Refusal));
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
