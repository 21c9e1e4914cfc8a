using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using NodaTime;
using Slotwright.Appointments;
using Slotwright.Localisation;
using Slotwright.Platform;
using Slotwright.Tenancy;

namespace Slotwright.Pages.BackOffice.Appointments;

/// <summary>One appointment or block with everything staff may do with it, and who changed what and when.</summary>
public sealed class AppointmentModel(Grains grains, DayBook book, History history, IClock clock, IStringLocalizer<Refusals> refusals) : PageModel
{
    private const int MostChanges = 100;

    public DayEntry Entry { get; private set; } = null!;

    /// <summary>Newest first; the latest hundred.</summary>
    public IReadOnlyList<HistoryLine> History { get; private set; } = [];

    public string? Problem { get; private set; }

    /// <summary>What was just done, as the name of the sentence that says so; null: nothing.</summary>
    public string? Done { get; private set; }

    /// <summary>Where it was before the move that has just been made, for a form that takes it back; null: nothing was moved.</summary>
    public PlaceForm? Former { get; private set; }

    public bool IsOver => Entry.Appointment.End <= clock.GetCurrentInstant();

    public async Task<IActionResult> OnGet(int id, string? done)
    {
        Done = done is "booked" or "blocked" or "moved" or "amended" or "cancelled" ? $"Appointment.Done.{done}" : null;
        return await Read(id, isMoved: done == "moved") ? Page() : NotFound();
    }

    /// <summary>Arrived, no-show, or neither again; comes back to the day of Today's page that it was pressed on.</summary>
    public async Task<IActionResult> OnPostAttendance(int id, [FromForm] string? attendance, [FromForm] string? day)
    {
        if (!Enum.TryParse<Attendance>(attendance, out var noted) || !await Read(id))
        {
            return NotFound();
        }

        var account = HttpContext.Account();
        var command = new MarkAttendance { AppointmentId = id, Attendance = noted, Actor = HttpContext.Actor() };
        var outcome = await grains.Schedule(account.Id, Entry.Appointment.ScheduleId).Mark(command);
        if (!outcome.Accepted)
        {
            Problem = refusals.For(outcome.Refusal);
            return Page();
        }

        return new SeeOther(OfficeDay.Read(day) is { } shown
            ? $"{Links.BackOffice(account.Name)}?day={OfficeDay.Write(shown)}#visit-{id}"
            : Links.Appointment(account.Name, id));
    }

    private async Task<bool> Read(int id, bool isMoved = false)
    {
        var account = HttpContext.Account();
        if (await book.Find(account.Id, id) is not { } entry)
        {
            return false;
        }

        Entry = entry;
        var changes = await grains.Schedule(account.Id, entry.Appointment.ScheduleId).Changes(new ChangesQuery { AppointmentId = id, Limit = MostChanges });
        var schedules = await book.Schedules(account.Id);
        History = history.Of(changes, schedules);
        Former = isMoved && !entry.IsCancelled && changes is [{ Kind: ChangeKind.Moved }, var before, ..] ? PlaceOf(DayEntry.Of(before.Appointment, schedules)) : null;
        return true;
    }

    // Back where it was is not asked again.
    private PlaceForm PlaceOf(DayEntry former) =>
        PlaceForm.Of(former.Start, former.End, former.Appointment.ScheduleId, former.Appointment.ResourceId) with { Revision = Entry.Appointment.Revision, Anyway = true };
}
