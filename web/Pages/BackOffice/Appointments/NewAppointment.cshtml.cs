using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using NodaTime;
using Slotwright.Appointments;
using Slotwright.Localisation;
using Slotwright.Platform;
using Slotwright.Schedules;
using Slotwright.Tenancy;
using Slotwright.Time;

namespace Slotwright.Pages.BackOffice.Appointments;

/// <summary>Staff book for a customer, at any time.</summary>
public sealed class NewAppointmentModel(
    Grains grains, DayBook book, IClock clock, IStringLocalizer<Refusals> refusals, IStringLocalizer<Localisation.BackOffice> text) : PlacePage(refusals, text)
{
    public GuestForm Guest { get; private set; } = new();

    public GuestView GuestView => new(Guest, Errors);

    /// <summary>Asked at a chosen time, or for the next free one of a day.</summary>
    public async Task<IActionResult> OnGet(string? at, string? until, string? day, string? place)
    {
        var schedules = await book.Schedules(HttpContext.Account().Id);
        if (schedules.Count == 0)
        {
            return NotFound();
        }

        var asked = new PlaceForm { Place = place };
        var schedule = schedules.FirstOrDefault(known => asked.Place?.StartsWith($"{known.Id}/", StringComparison.Ordinal) == true) ?? schedules[0];
        var resource = schedule.Resources.FirstOrDefault(known => asked.Place == PlaceForm.PlaceOf(schedule.Id, known.Id))?.Id;
        var zone = TimeWords.Zone(schedule.TimeZone);
        var chosen = OfficeTime.Read(at, zone);
        var start = chosen ?? await NextFree(schedule, resource, OfficeDay.Read(day), zone);
        var end = chosen is not null && OfficeTime.Read(until, zone) is { } last && last.ToInstant() > start.ToInstant() ? last : (ZonedDateTime?)null;
        Guest = new GuestForm { Language = HttpContext.Account().Brand.Language };
        Show(PlaceForm.Of(start, end, schedule.Id, resource ?? (schedule.Resources.Count == 1 ? schedule.Resources[0].Id : null)), schedules);
        return Page();
    }

    public async Task<IActionResult> OnPost([FromForm] PlaceForm form, [FromForm] GuestForm guest)
    {
        var account = HttpContext.Account();
        var schedules = await book.Schedules(account.Id);
        Guest = guest.Cleaned();
        Guest.Check(Errors);
        var wanted = form.Read(schedules, byEnd: false, Errors);
        Show(form, schedules);
        if (wanted is null || Errors.Count > 0)
        {
            return Page();
        }

        var command = new BookAppointment
        {
            Start = wanted.StartMoment,
            End = wanted.EndMoment,
            ResourceId = wanted.ResourceId,
            Customer = Guest.Customer(CustomerDetails.None),
            Note = Guest.Note!,
            Language = Guest.Language ?? account.Brand.Language,
            Actor = HttpContext.Actor(),
            Key = HttpContext.RepeatKey(form.Key, $"book {wanted} {Guest}"),
            AllowOverlap = form.Overlap && wanted.ResourceId is not null,
        };
        var outcome = await Grains.Again(command.Key, () => grains.Schedule(account.Id, wanted.Schedule.Id).Book(command));
        return outcome.Accepted
            ? new SeeOther($"{Links.Appointment(account.Name, outcome.Value.Appointment.Id)}?done=booked")
            : Refused(outcome.Refusal, wanted);
    }

    private async Task<ZonedDateTime> NextFree(ScheduleFace schedule, int? resource, LocalDate? day, DateTimeZone zone)
    {
        var now = clock.GetCurrentInstant();
        var from = day is { } asked ? Instant.Max(now, zone.AtStartOfDay(asked).ToInstant()) : now;
        var near = await Grains.Again(() => grains.Schedule(schedule.AccountId, schedule.Id).NearestFree(
            new NearestFreeQuery { Around = Moment.At(from), ResourceId = resource, Actor = ActorKind.Staff, Count = 1, Earlier = false }));
        var free = near.Value?.Times.Select(time => (ZonedDateTime?)time.Start.InZone(zone)).FirstOrDefault();
        return free is { } next && (day is null || next.Date == day)
            ? next
            : zone.AtLeniently((day ?? now.InZone(zone).Date).At(new LocalTime(9, 0)));
    }
}
