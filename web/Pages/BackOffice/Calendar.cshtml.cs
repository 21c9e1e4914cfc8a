using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using NodaTime;
using Slotwright.Appointments;
using Slotwright.Localisation;
using Slotwright.Platform;
using Slotwright.Schedules;
using Slotwright.Tenancy;

namespace Slotwright.Pages.BackOffice;

/// <summary>
/// One schedule's days: a list that works everywhere, and for its script what to draw (<c>…/calendar/sheet</c>) and the moves made by
/// dragging (<c>…/calendar/move</c>).
/// </summary>
public sealed class OfficeCalendarModel(
    Grains grains, DayBook book, MoveQuestions questions, IClock clock, IStringLocalizer<Localisation.BackOffice> text, IStringLocalizer<Refusals> refusals, TimeWords say) : PageModel
{
    private const int MostEntries = 1000;

    public CalendarChoice Choice { get; private set; } = null!;

    public IReadOnlyList<ScheduleFace> Schedules { get; private set; } = [];

    public IReadOnlyList<DayEntry> Entries { get; private set; } = [];

    public LocalDate Today => clock.GetCurrentInstant().InZone(Zone).Date;

    /// <summary>The zone's present offset from UTC, for the line that shows what time it is.</summary>
    public Offset Offset => Zone.GetUtcOffset(clock.GetCurrentInstant());

    private DateTimeZone Zone => TimeWords.Zone(Choice.Schedule.TimeZone);

    private int AccountId => HttpContext.Account().Id;

    public async Task<IActionResult> OnGet()
    {
        if (!await Choose())
        {
            return Page();
        }

        Entries = await Shown();
        return Page();
    }

    public async Task<IActionResult> OnGetSheet()
    {
        if (!await Choose())
        {
            return NotFound();
        }

        var hours = await Grains.Again(() => grains.Schedule(AccountId, Choice.Schedule.Id).OpenHours(Choice.First.PlusDays(-1), Choice.Last));
        var (from, to) = CalendarDrawing.Hours(hours);
        var account = HttpContext.Account().Name;
        return new JsonResult(new CalendarSheet
        {
            Entries = [.. (await Shown()).Select(entry => CalendarDrawing.Entry(entry, text["Appointment.Nameless"], Links.Appointment(account, entry.Appointment.Id)))],
            Closed = CalendarDrawing.Closed(Choice, hours),
            FromHour = from,
            ToHour = to,
        });
    }

    /// <summary>An entry was dragged or stretched, or that is undone. Answers where it is now, or why it could not go there.</summary>
    public async Task<IActionResult> OnPostMove([FromForm] MoveForm move)
    {
        Schedules = await book.Schedules(AccountId);
        if (await book.Find(AccountId, move.Id) is not { } entry || move.ToCommand(HttpContext, entry.Appointment) is not { } command)
        {
            return BadRequest();
        }

        var schedule = Schedules.FirstOrDefault(known => known.Id == entry.Appointment.ScheduleId);
        var wanted = schedule is null ? null : move.ToPlace(schedule);
        if (!move.Anyway && !move.IsUndo && wanted is not null && await questions.Doubt(entry.Appointment, wanted) is { } doubt)
        {
            return new JsonResult(new MoveAnswer(null, AsksOverlap: false, text[$"Calendar.{doubt}"]) { AsksAnyway = true, Question = text[$"Calendar.{doubt}Text"] });
        }

        var outcome = await Grains.Again(command.Key, () => grains.Schedule(AccountId, entry.Appointment.ScheduleId).Reschedule(command));
        if (!outcome.Accepted)
        {
            var isTaken = outcome.Refusal == BookingRefusal.PlaceTaken;
            var inTheWay = isTaken && wanted is not null ? await questions.InTheWay(entry.Appointment, wanted) : [];
            return new JsonResult(new MoveAnswer(null, AsksOverlap: isTaken, outcome.Refusal switch
            {
                BookingRefusal.PlaceTaken => text["Calendar.Taken"].Value,
                BookingRefusal.ChangedMeanwhile => text["Calendar.ChangedMeanwhile"].Value,
                BookingRefusal.AccountFull => text["Form.AccountFull"].Value,
                var refusal => refusals.For(refusal),
            })
            {
                Question = isTaken ? string.Join(' ', inTheWay.Append(text["Calendar.TakenText"])) : "",
            });
        }

        var moved = DayEntry.Of(outcome.Value.Appointment, Schedules);
        return new JsonResult(new MoveAnswer(
            CalendarDrawing.Entry(moved, text["Appointment.Nameless"], Links.Appointment(HttpContext.Account().Name, move.Id)),
            AsksOverlap: false,
            Done(entry, moved, move.IsUndo)));
    }

    private string Done(DayEntry before, DayEntry moved, bool isUndo)
    {
        var (was, present) = (before.Appointment, moved.Appointment);
        if (!isUndo && was.Start == present.Start && was.ResourceId == present.ResourceId && was.End != present.End)
        {
            var end = say.Time(moved.End.TimeOfDay);
            return text[was.End < present.End ? "Calendar.Lengthened" : "Calendar.Shortened", moved.End.Date == moved.Start.Date ? end : $"{say.Day(moved.End.Date)}, {end}"];
        }

        return text[isUndo ? "Calendar.Undone" : "Calendar.Moved", $"{say.Day(moved.Start.Date)}, {say.Span(moved.Start, moved.End)}", moved.ResourceName];
    }

    private async Task<bool> Choose()
    {
        Schedules = await book.Schedules(AccountId);
        if (Schedules.Count == 0)
        {
            return false;
        }

        Choice = CalendarChoice.Read(Request.Query, Schedules, clock.GetCurrentInstant());
        return true;
    }

    private async Task<IReadOnlyList<DayEntry>> Shown()
    {
        var query = new AppointmentsQuery
        {
            From = Zone.AtStartOfDay(Choice.First).ToInstant(),
            To = Zone.AtStartOfDay(Choice.Last.PlusDays(1)).ToInstant(),
            ResourceId = Choice.ResourceId,
            IncludeBlocks = true,
            IncludeCancelled = Choice.ShowsCancelled,
            Limit = MostEntries,
        };
        return DayEntry.Of(await grains.Schedule(AccountId, Choice.Schedule.Id).List(query), Schedules);
    }
}
