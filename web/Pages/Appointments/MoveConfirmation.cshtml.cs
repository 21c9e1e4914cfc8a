using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using NodaTime;
using Slotwright.Appointments;
using Slotwright.Limits;
using Slotwright.Localisation;
using Slotwright.Pages.Booking;
using Slotwright.Pages.Schedules;
using Slotwright.Tenancy;

namespace Slotwright.Pages.Appointments;

/// <summary>From this time to that one: said once more, then done.</summary>
[Limited(LimitClass.PublicBooking)]
public sealed class MoveConfirmationModel(
    Grains grains, ManagedReader appointments, OfferReader offers, IClock clock, IStringLocalizer<Text> text, IStringLocalizer<Refusals> refusals) : PageModel
{
    public ManagedView View { get; private set; } = null!;

    public BookingOffer Offer { get; private set; } = null!;

    public ManageForm Form { get; private set; } = new();

    public string? Problem { get; private set; }

    private ChosenTime Chosen { get; set; } = null!;

    private WeekChoice Choice { get; set; } = new();

    /// <summary>Links of alternatives lead to this page again.</summary>
    public WeekLinks Times => View.Times(Choice);

    public async Task<IActionResult> OnGet(int id, string token, string? at, string? resource)
    {
        if (await Obstacle(id, token, at, resource) is { } obstacle)
        {
            return obstacle;
        }

        Form = new ManageForm { At = at, Resource = resource, Revision = View.Appointment.Revision, Key = BookingForm.NewKey() };
        return await offers.IsFree(View.Schedule, Chosen, Choice, id) ? Page() : await Instead(text["Book.NotFree"]);
    }

    public async Task<IActionResult> OnPost(int id, string token, [FromForm] ManageForm form)
    {
        if (await Obstacle(id, token, form.At, form.Resource) is { } obstacle)
        {
            return obstacle;
        }

        Form = form with { Revision = View.Appointment.Revision, Key = BookingForm.NewKey() };
        var command = new RescheduleAppointment
        {
            AppointmentId = id,
            Start = Chosen.Moment,
            ResourceId = Choice.ResourceId,
            Actor = Actor.Customer(View.Appointment.Customer.Email),
            Key = form.RepeatKey($"move {id} {Chosen} {Choice.ResourceId}"),
            ExpectedRevision = form.Revision,
            ManageToken = token,
        };
        var outcome = await Grains.Again(command.Key, () => grains.Schedule(HttpContext.Account().Id, View.Schedule.Id).Reschedule(command));
        if (outcome.Accepted)
        {
            return new SeeOther(View.Address + "?done=moved");
        }

        Problem = refusals.For(outcome.Refusal);
        return outcome.Refusal.GetValueOrDefault().WouldHelp() ? await Instead(Problem) : Page();
    }

    private async Task<IActionResult?> Obstacle(int id, string token, string? at, string? resource)
    {
        var account = HttpContext.Account();
        if (await appointments.Open(account.Id, id, token) is not { } managed)
        {
            return NotFound();
        }

        View = ManagedView.Of(account.Name, managed, token, clock.GetCurrentInstant());
        if (ChosenTime.Read(at) is not { } chosen)
        {
            return new SeeOther(View.Address + "/move");
        }

        Choice = WeekChoice.Of(resource, null, managed.Schedule) with { Length = View.OwnLength };
        (Chosen, Offer) = (chosen, OfferReader.Offer(managed.Schedule, chosen, Choice));
        return null;
    }

    private async Task<IActionResult> Instead(string problem)
    {
        IReadOnlyList<ZonedDateTime> near = await offers.Alternatives(View.Schedule, Chosen, Choice);
        (Problem, Offer) = (problem, Offer with { Alternatives = near });
        return Page();
    }
}
