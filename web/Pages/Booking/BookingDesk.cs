using Microsoft.Extensions.Localization;
using NodaTime;
using Slotwright.Appointments;
using Slotwright.Limits;
using Slotwright.Live;
using Slotwright.Localisation;
using Slotwright.Pages.Schedules;
using Slotwright.Schedules;
using Slotwright.Tenancy;

namespace Slotwright.Pages.Booking;

/// <summary>What happens between the choice of a time and its booking. Asks the schedule, and puts its answers into words.</summary>
public sealed class BookingDesk(
    Grains grains,
    FreeTimesCache freeTimes,
    OfferReader offers,
    Visitors visitors,
    LastBooking lastBooking,
    ClosedNotice notice,
    BookingPace pace,
    IStringLocalizer<Text> text,
    IStringLocalizer<Refusals> refusals)
{
    /// <summary>The page of a chosen time before anything is asked about it; null: the form names no time of this schedule.</summary>
    public static BookingView? Open(ScheduleFace schedule, BookingForm form) =>
        ChosenTime.Read(form.At) is { } chosen && !chosen.IsMistold(TimeWords.Zone(schedule.TimeZone))
            ? new BookingView { Schedule = schedule, Form = form, Chosen = chosen, Offer = OfferReader.Offer(schedule, chosen, form.Choice(schedule)) }
            : null;

    /// <summary>How the time stands for this visitor; changes nothing.</summary>
    public async Task<BookingView> Look(HttpContext context, BookingView view)
    {
        if (await Closed(context, view) is { } closed)
        {
            return closed;
        }

        view = await WithBooked(context, view);
        if (await visitors.HeldBy(context, view.Schedule) is { } held && held.Start == view.Offer.Start.ToInstant() && held.End == view.Offer.End.ToInstant())
        {
            return view with { Held = held };
        }

        return await offers.IsFree(view.Schedule, view.Chosen, view.Choice) ? view : await Gone(view, BookingRefusal.PlaceTaken);
    }

    /// <summary>Holds the time for this visitor, if it can be had.</summary>
    public async Task<BookingView> Hold(HttpContext context, BookingView view)
    {
        if (await Closed(context, view) is { } closed)
        {
            return closed;
        }

        view = await WithBooked(context, view);
        var command = view.Form.ToCommand(view.Schedule, view.Chosen, Languages.Current);
        var outcome = await visitors.Hold(context, view.Schedule, command.Start, command.End, command.ResourceId);
        return outcome.Accepted ? view with { Held = outcome.Value }
            : outcome.Refusal.Value.WouldHelp() ? await Gone(view, outcome.Refusal.Value)
            : view;
    }

    public Task LetGo(HttpContext context, BookingView view) => visitors.LetGo(context, view.Schedule, view.Offer.Start.ToInstant());

    /// <summary>Books. When that is refused, the page to show.</summary>
    public async Task<(Booked? Booked, BookingView View)> Book(HttpContext context, BookingView view)
    {
        var form = view.Form;
        var errors = form.Errors(view.Schedule.Fields);
        var meant = errors.Count == 0 && form.EmailSure != form.Email ? MailHosts.Meant(form.Email!) : null;
        if (errors.Count > 0 || meant is not null || form.Subject is { Length: > 0 })
        {
            return (null, await Kept(context, view) with { Errors = errors, EmailMeant = meant, Problem = form.Subject is { Length: > 0 } ? text["Book.LooksAutomatic"].Value : null });
        }

        if (pace.Refuses(view.Schedule.AccountId) is { } wait)
        {
            return (null, await Kept(context, view) with { Problem = text["Book.TooMany"], Wait = wait });
        }

        var command = form.ToCommand(view.Schedule, view.Chosen, Languages.Current) with { Visitor = visitors.TokenOf(context) };
        var outcome = await Grains.Again(command.Key, () => grains.Schedule(view.Schedule.AccountId, view.Schedule.Id).Book(command));
        if (outcome.Accepted)
        {
            freeTimes.Saw(view.Schedule.AccountId, view.Schedule.Id, outcome.Value.AgendaVersion);
            lastBooking.Remember(context, outcome.Value);
            return (outcome.Value, view);
        }

        return (null, await Refused(context, view, outcome.Refusal.GetValueOrDefault()));
    }

    // Never before a booking is sent: it may be the repeat of the one that filled the account.
    private async Task<BookingView?> Closed(HttpContext context, BookingView view) =>
        context.Account().IsBookable ? null : view with { Closed = await notice.For(context) };

    private async Task<BookingView> WithBooked(HttpContext context, BookingView view) => view with { Booked = await lastBooking.At(context, view) };

    /// <summary>The time cannot be had: because the visitor has it, or else with what is free near it.</summary>
    private async Task<BookingView> Gone(BookingView view, BookingRefusal refusal) =>
        (view.Booked is null ? await Instead(view, refusals.For(refusal)) : view with { IsBooked = true }) with { IsOffered = view.IsTyped };

    /// <summary>The same page again, with its hold.</summary>
    private async Task<BookingView> Kept(HttpContext context, BookingView view) =>
        await visitors.HeldBy(context, view.Schedule) is { } held && held.Start == view.Offer.Start.ToInstant() ? view with { Held = held } : view;

    private async Task<BookingView> Refused(HttpContext context, BookingView view, BookingRefusal refusal) => refusal switch
    {
        BookingRefusal.AccountFull => view with { Closed = await notice.For(context) },
        BookingRefusal.AccountPaused => view with { Closed = ClosedView.Paused },
        BookingRefusal.KeyReused => await Kept(context, view) with { Form = view.Form with { Key = BookingForm.NewKey() }, Problem = refusals.For(refusal) },
        _ when refusal.WouldHelp() => await Instead(view, refusals.For(refusal)),
        _ => view with { Problem = refusals.For(refusal) },
    };

    private async Task<BookingView> Instead(BookingView view, string problem)
    {
        IReadOnlyList<ZonedDateTime> near = await offers.Alternatives(view.Schedule, view.Chosen, view.Choice);
        return view with { Problem = problem, Offer = view.Offer with { Alternatives = near } };
    }
}
