using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using Slotwright.Appointments;
using Slotwright.Localisation;
using Slotwright.Platform;
using Slotwright.Schedules;
using Slotwright.Tenancy;

namespace Slotwright.Pages.BackOffice.Appointments;

/// <summary>Moves an appointment or block, lengthens or shortens it: what the calendar does by dragging.</summary>
public sealed class TimeModel(Grains grains, DayBook book, MoveQuestions questions, IStringLocalizer<Refusals> refusals, IStringLocalizer<Localisation.BackOffice> text)
    : PlacePage(refusals, text)
{
    public DayEntry Entry { get; private set; } = null!;

    private IReadOnlyList<ScheduleFace> Schedules { get; set; } = [];

    public async Task<IActionResult> OnGet(int id)
    {
        if (await Obstacle(id) is { } obstacle)
        {
            return obstacle;
        }

        var form = PlaceForm.Of(Entry.Start, Entry.End, Entry.Appointment.ScheduleId, Entry.Appointment.ResourceId);
        Show(form with { Revision = Entry.Appointment.Revision }, Schedules, Entry.IsBlock, offersAnyone: false);
        return Page();
    }

    public async Task<IActionResult> OnPost(int id, [FromForm] PlaceForm form)
    {
        if (await Obstacle(id) is { } obstacle)
        {
            return obstacle;
        }

        var account = HttpContext.Account();
        var wanted = form.Read(Schedules, Entry.IsBlock, Errors);
        Show(form, Schedules, Entry.IsBlock, offersAnyone: false);
        if (wanted is null)
        {
            return Page();
        }

        if (!form.Anyway && await questions.Doubt(Entry.Appointment, wanted) is { } doubt)
        {
            return Asked(doubt);
        }

        var command = new RescheduleAppointment
        {
            AppointmentId = id,
            Start = wanted.StartMoment,
            End = wanted.EndMoment,
            ResourceId = wanted.ResourceId,
            Actor = HttpContext.Actor(),
            Key = HttpContext.RepeatKey(form.Key, $"move {id} {wanted}"),
            AllowOverlap = form.Overlap,
            ExpectedRevision = form.Revision,
        };
        var outcome = await Grains.Again(command.Key, () => grains.Schedule(account.Id, wanted.Schedule.Id).Reschedule(command));
        if (outcome.Accepted)
        {
            return new SeeOther($"{Links.Appointment(account.Name, id)}?done=moved");
        }

        // Whoever saw the sentence has seen the new state, too: the next press is meant.
        Place = Place with { Form = Place.Form with { Revision = Entry.Appointment.Revision } };
        InTheWay = outcome.Refusal == BookingRefusal.PlaceTaken ? await questions.InTheWay(Entry.Appointment, wanted) : [];
        return Refused(outcome.Refusal, wanted);
    }

    private async Task<IActionResult?> Obstacle(int id)
    {
        var account = HttpContext.Account();
        if (await book.Find(account.Id, id) is not { } entry)
        {
            return NotFound();
        }

        Entry = entry;
        Schedules = [.. (await book.Schedules(account.Id)).Where(schedule => schedule.Id == entry.Appointment.ScheduleId)];
        return entry.IsCancelled ? new SeeOther(Links.Appointment(account.Name, id)) : null;
    }
}
