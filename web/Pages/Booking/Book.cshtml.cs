using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using NodaTime;
using Slotwright.Appointments;
using Slotwright.Limits;
using Slotwright.Localisation;
using Slotwright.Pages.Schedules;
using Slotwright.Platform;
using Slotwright.Schedules;
using Slotwright.Tenancy;

namespace Slotwright.Pages.Booking;

/// <summary>Who comes: the form for one chosen time, and the booking itself.</summary>
[Limited(LimitClass.PublicBooking)]
public sealed class BookModel(Grains grains, Faces faces, OfferReader offers, ClosedNotice notice, IStringLocalizer<Text> text, IStringLocalizer<Refusals> refusals)
    : PageModel
{
    public BookingForm Form { get; private set; } = new();

    public BookingOffer Offer { get; private set; } = null!;

    public ScheduleFace Schedule { get; private set; } = null!;

    /// <summary>Names of sentences by field.</summary>
    public IReadOnlyDictionary<string, string> Errors { get; private set; } = new Dictionary<string, string>();

    /// <summary>The sentence that says why this time cannot be booked; null when nothing stands in the way.</summary>
    public string? Problem { get; private set; }

    public ClosedView? Closed { get; private set; }

    /// <summary>The time can be had, as far as is known: the form is worth filling in.</summary>
    public bool IsOffered { get; private set; } = true;

    private ChosenTime Chosen { get; set; } = null!;

    public async Task<IActionResult> OnGet(string schedule, string? at, string? resource, string? length)
    {
        Form = new BookingForm { At = at, Resource = resource, Length = length, Key = BookingForm.NewKey() };
        if ((await Obstacle(schedule) ?? await ClosedPage()) is { } obstacle)
        {
            return obstacle;
        }

        IsOffered = await offers.IsFree(Schedule, Chosen, Form.Choice(Schedule));
        return IsOffered ? Page() : await Instead(text["Book.NotFree"]);
    }

    /// <summary>Another time for the same form: nothing is booked, what was typed stays.</summary>
    public async Task<IActionResult> OnPostTime(string schedule, [FromForm] BookingForm form)
    {
        Form = form.Cleaned() with { At = form.Other };
        return await Obstacle(schedule) ?? await ClosedPage() ?? Page();
    }

    public async Task<IActionResult> OnPost(string schedule, [FromForm] BookingForm form)
    {
        Form = form.Cleaned();
        if (await Obstacle(schedule) is { } obstacle)
        {
            return obstacle;
        }

        Errors = Form.Errors();
        Problem = string.IsNullOrEmpty(form.Subject) ? null : text["Book.LooksAutomatic"].Value;
        if (Errors.Count > 0 || Problem is not null)
        {
            return Page();
        }

        var account = HttpContext.Account();
        var command = Form.ToCommand(Schedule, Chosen, Languages.Current);
        var outcome = await Grains.Again(command.Key, () => grains.Schedule(account.Id, Schedule.Id).Book(command));
        return outcome.Accepted
            ? new SeeOther($"{Links.Manage(account.Name, outcome.Value.Appointment.Id, outcome.Value.ManageToken)}?done=1")
            : await Refused(outcome.Refusal.GetValueOrDefault());
    }

    /// <summary>What is shown instead of this page: not found, or the week when no time was chosen; null: go on.</summary>
    private async Task<IActionResult?> Obstacle(string name)
    {
        var account = HttpContext.Account();
        if (await faces.ScheduleByName(account.Id, name) is not { } schedule)
        {
            return NotFound();
        }

        Schedule = schedule;
        if (ChosenTime.Read(Form.At) is not { } chosen)
        {
            return new SeeOther(Links.Schedule(account.Name, schedule.Name));
        }

        (Chosen, Offer) = (chosen, OfferReader.Offer(schedule, chosen, Form.Choice(schedule)));
        return null;
    }

    /// <summary>Never before a booking is sent: it may be the repeat of the one that filled the account.</summary>
    private async Task<IActionResult?> ClosedPage()
    {
        if (HttpContext.Account().TakesBookings)
        {
            return null;
        }

        Closed = await notice.For(HttpContext);
        return Page();
    }

    private async Task<IActionResult> Refused(BookingRefusal refusal)
    {
        switch (refusal)
        {
            case BookingRefusal.AccountFull:
                Closed = await notice.For(HttpContext);
                return Page();
            case BookingRefusal.KeyReused:
                Form = Form with { Key = BookingForm.NewKey() };
                Problem = refusals.For(refusal);
                return Page();
            case var reason when reason.WouldHelp():
                return await Instead(refusals.For(reason));
            default:
                Problem = refusals.For(refusal);
                return Page();
        }
    }

    private async Task<IActionResult> Instead(string problem)
    {
        IReadOnlyList<ZonedDateTime> near = await offers.Alternatives(Schedule, Chosen, Form.Choice(Schedule));
        (Problem, Offer) = (problem, Offer with { Alternatives = near });
        return Page();
    }
}
