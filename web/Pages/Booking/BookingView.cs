using Slotwright.Appointments;
using Slotwright.Pages.Schedules;
using Slotwright.Schedules;

namespace Slotwright.Pages.Booking;

/// <summary>The booking page as it is to be shown.</summary>
public sealed record BookingView
{
    public required ScheduleFace Schedule { get; init; }

    public required BookingForm Form { get; init; }

    public required ChosenTime Chosen { get; init; }

    public required BookingOffer Offer { get; init; }

    /// <summary>Names of sentences by field, in the order of the form.</summary>
    public IReadOnlyDictionary<string, string> Errors { get; init; } = new Dictionary<string, string>();

    /// <summary>The sentence that says why this time cannot be booked; null when nothing stands in the way.</summary>
    public string? Problem { get; init; }

    /// <summary>Address of the appointment that this visitor has just booked for the same time; null: none.</summary>
    public string? Booked { get; init; }

    /// <summary>The time went to <see cref="Booked"/>: nothing is left to be booked, and nothing is wrong.</summary>
    public bool IsBooked { get; init; }

    /// <summary>The chosen time is held for this visitor; null: it is not.</summary>
    public Held? Held { get; init; }

    /// <summary>What the e-mail's misspelt host may have been meant to be, with the rest of the address; null: it looks right.</summary>
    public string? EmailMeant { get; init; }

    /// <summary>So many bookings were asked of the account that this one has to wait so long.</summary>
    public TimeSpan? Wait { get; init; }

    public ClosedView? Closed { get; init; }

    /// <summary>The time can be had, as far as is known: the form is worth filling in.</summary>
    public bool IsOffered { get; init; } = true;

    /// <summary>The first field that wants another look; null: none does.</summary>
    public string? FieldInDoubt => Errors.Keys.FirstOrDefault() ?? (EmailMeant is null ? null : nameof(BookingForm.Email));

    public WeekChoice Choice => Form.Choice(Schedule);

    /// <summary>The page was loaded anew for this form, which has typed text to keep.</summary>
    public bool IsTyped { get; init; }
}
