using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using NodaTime;
using Slotwright.Appointments;
using Slotwright.Localisation;
using Slotwright.Platform;
using Slotwright.Tenancy;

namespace Slotwright.Pages.BackOffice.Appointments;

/// <summary>Staff keep a stretch of somebody's time free of customers.</summary>
public sealed class NewBlockModel(
    Grains grains, DayBook book, IClock clock, IStringLocalizer<Refusals> refusals, IStringLocalizer<Localisation.BackOffice> text) : PlacePage(refusals, text)
{
    private static readonly LocalTime Noon = new(12, 0);

    public GuestForm Reason { get; private set; } = new();

    public GuestView ReasonView => new(Reason, Errors, IsBlock: true);

    public async Task<IActionResult> OnGet(string? at, string? until, string? day, string? place)
    {
        var schedules = await book.Schedules(HttpContext.Account().Id);
        if (schedules.Count == 0)
        {
            return NotFound();
        }

        var schedule = schedules.FirstOrDefault(known => place?.StartsWith($"{known.Id}/", StringComparison.Ordinal) == true) ?? schedules[0];
        var resource = schedule.Resources.FirstOrDefault(known => place == PlaceForm.PlaceOf(schedule.Id, known.Id)) ?? schedule.Resources[0];
        var zone = TimeWords.Zone(schedule.TimeZone);
        var start = OfficeTime.Read(at, zone)
            ?? zone.AtLeniently(Proposed(OfficeDay.Read(day), clock.GetCurrentInstant().InZone(zone).LocalDateTime));
        var end = OfficeTime.Read(until, zone) is { } last && last.ToInstant() > start.ToInstant() ? last : start.PlusHours(1);
        Show(PlaceForm.Of(start, end, schedule.Id, resource.Id), schedules, byEnd: true, offersAnyone: false);
        return Page();
    }

    public async Task<IActionResult> OnPost([FromForm] PlaceForm form, [FromForm] GuestForm guest)
    {
        var account = HttpContext.Account();
        var schedules = await book.Schedules(account.Id);
        Reason = guest.Cleaned();
        Reason.Check(Errors, isBlock: true);
        var wanted = form.Read(schedules, byEnd: true, Errors);
        if (wanted is { ResourceId: null })
        {
            Errors[nameof(PlaceForm.Place)] = "Form.PlaceMissing";
        }

        Show(form, schedules, byEnd: true, offersAnyone: false);
        if (wanted?.ResourceId is not { } resource || Errors.Count > 0)
        {
            return Page();
        }

        var command = new BlockTime
        {
            Start = wanted.StartMoment,
            End = wanted.EndMoment!.Value,
            ResourceId = resource,
            Note = Reason.Note!,
            Actor = HttpContext.Actor(),
            Key = HttpContext.RepeatKey(form.Key, $"block {wanted} {Reason.Note}"),
            AllowOverlap = form.Overlap,
        };
        var outcome = await Grains.Again(command.Key, () => grains.Schedule(account.Id, wanted.Schedule.Id).Block(command));
        return outcome.Accepted
            ? new SeeOther($"{Links.Appointment(account.Name, outcome.Value.Appointment.Id)}?done=blocked")
            : Refused(outcome.Refusal, wanted);
    }

    // Noon; today's once that is over the next full hour.
    private static LocalDateTime Proposed(LocalDate? day, LocalDateTime now)
    {
        var noon = (day ?? now.Date).At(Noon);
        return noon.Date == now.Date && noon <= now ? now.Date.At(new LocalTime(now.Hour, 0)).PlusHours(1) : noon;
    }
}
