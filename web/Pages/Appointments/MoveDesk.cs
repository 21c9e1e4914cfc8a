using Microsoft.Extensions.Localization;
using NodaTime;
using Slotwright.Appointments;
using Slotwright.Live;
using Slotwright.Localisation;
using Slotwright.Pages.Booking;
using Slotwright.Pages.Schedules;
using Slotwright.Tenancy;

namespace Slotwright.Pages.Appointments;

/// <summary>One appointment and the time it is to be moved to, as the page shows them.</summary>
public sealed record MoveView
{
    public required ManagedView Managed { get; init; }

    public required ManageForm Form { get; init; }

    public required ChosenTime Chosen { get; init; }

    public required WeekChoice Choice { get; init; }

    public required BookingOffer Offer { get; init; }

    /// <summary>Why it cannot be moved there; null: nothing stands in the way as far as is known.</summary>
    public string? Problem { get; init; }

    /// <summary>The appointment can still be moved, if not there.</summary>
    public bool MayMove => Managed.Managed.MayMove;

    /// <summary>Links of alternatives lead to this page again.</summary>
    public WeekLinks Times => Managed.Times(Choice);
}

/// <summary>What happens between the choice of another time and the move. Asks the schedule, and puts its answers into words.</summary>
public sealed class MoveDesk(Grains grains, FreeTimesCache freeTimes, OfferReader offers, ManagedReader appointments, IStringLocalizer<Refusals> refusals)
{
    /// <summary>Null: the form names no time of this schedule.</summary>
    public static MoveView? Open(ManagedView managed, ManageForm form)
    {
        if (ChosenTime.Read(form.At) is not { } chosen || chosen.IsMistold(TimeWords.Zone(managed.Schedule.TimeZone)))
        {
            return null;
        }

        var choice = WeekChoice.Of(form.Resource, null, managed.Schedule) with { Length = managed.OwnLength };
        return new MoveView { Managed = managed, Form = form, Chosen = chosen, Choice = choice, Offer = OfferReader.Offer(managed.Schedule, chosen, choice) };
    }

    public async Task<MoveView> Look(MoveView view) =>
        await offers.IsFree(view.Managed.Schedule, view.Chosen, view.Choice, view.Managed.Appointment.Id) ? view : await Instead(view, refusals.For(BookingRefusal.PlaceTaken));

    /// <summary>Null: moved. Else the page to show, with the appointment as it stands now.</summary>
    public async Task<MoveView?> Move(string accountName, MoveView view, string token)
    {
        var appointment = view.Managed.Appointment;
        var command = new RescheduleAppointment
        {
            AppointmentId = appointment.Id,
            Start = view.Chosen.Moment,
            ResourceId = view.Choice.ResourceId,
            Actor = Actor.Customer(appointment.Customer.Email),
            Key = view.Form.RepeatKey($"move {appointment.Id} {view.Chosen} {view.Choice.ResourceId}"),
            ExpectedRevision = view.Form.Revision,
            ManageToken = token,
        };
        var outcome = await Grains.Again(command.Key, () => grains.Schedule(appointment.AccountId, appointment.ScheduleId).Reschedule(command));
        if (outcome.Accepted)
        {
            freeTimes.Saw(appointment.AccountId, appointment.ScheduleId, outcome.Value.AgendaVersion);
            return null;
        }

        var managed = await appointments.View(accountName, appointment.AccountId, appointment.Id, token) ?? view.Managed;
        var shown = view with { Managed = managed, Form = view.Form with { Revision = managed.Appointment.Revision, Key = BookingForm.NewKey() }, Problem = refusals.For(outcome.Refusal) };
        return outcome.Refusal.GetValueOrDefault().WouldHelp() ? await Instead(shown, shown.Problem) : shown;
    }

    private async Task<MoveView> Instead(MoveView view, string problem)
    {
        IReadOnlyList<ZonedDateTime> near = await offers.Alternatives(view.Managed.Schedule, view.Chosen, view.Choice);
        return view with { Problem = problem, Offer = view.Offer with { Alternatives = near } };
    }
}
