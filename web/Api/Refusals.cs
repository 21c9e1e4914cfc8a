using Slotwright.Appointments;

namespace Slotwright.Api;

/// <summary>What a refusal of the rules looks like to a program: 404, 403 or 422 with a code of its own.</summary>
internal static class Refusals
{
    public static ApiError ToError(this BookingRefusal refusal) => refusal switch
    {
        BookingRefusal.UnknownAppointment or BookingRefusal.UnknownSchedule => ApiError.NotFound,
        BookingRefusal.UnknownResource => Rule("unknown_resource", "No such resource on this schedule") with { Pointer = ApiError.PointerTo(ApiField.ResourceId) },
        BookingRefusal.KeyReused => Rule("key_reused", "This Idempotency-Key came before with another request"),
        BookingRefusal.TimeDoesNotExist => Rule("time_does_not_exist", "The clock is put forward over this time") with { Pointer = ApiError.PointerTo(ApiField.Start) },
        BookingRefusal.InThePast => Rule("in_the_past", "The time has passed"),
        BookingRefusal.LengthNotOffered => Rule("length_not_offered", "The schedule does not offer this length"),
        BookingRefusal.OutsideOpeningHours => Rule("outside_opening_hours", "Closed at this time"),
        BookingRefusal.StartNotOffered => Rule("start_not_offered", "No appointment begins at this minute"),
        BookingRefusal.TooSoon => Rule("too_soon", "Inside the minimum notice"),
        BookingRefusal.TooFarAhead => Rule("too_far_ahead", "Beyond the booking horizon"),
        BookingRefusal.PlaceTaken => Rule("place_taken", "The place is taken"),
        BookingRefusal.DayLimit => Rule("day_limit", "The customer's limit per day is reached"),
        BookingRefusal.WeekLimit => Rule("week_limit", "The customer's limit per week is reached"),
        BookingRefusal.UpcomingLimit => Rule("upcoming_limit", "The customer's limit of upcoming appointments is reached"),
        BookingRefusal.ChangeDeadlinePassed => Rule("change_deadline_passed", "Too late to move"),
        BookingRefusal.CancelDeadlinePassed => Rule("cancel_deadline_passed", "Too late to cancel"),
        BookingRefusal.AlreadyCancelled => Rule("already_cancelled", "The booking is cancelled"),
        BookingRefusal.ChangedMeanwhile => Rule("changed_meanwhile", "Someone else has changed the booking meanwhile"),
        BookingRefusal.AccountFull => new ApiError(StatusCodes.Status403Forbidden, "account_full", "The account's plan holds no more upcoming appointments"),
        BookingRefusal.AccountPaused => ApiError.Paused,
        BookingRefusal.NotAllowed => new ApiError(StatusCodes.Status403Forbidden, "not_allowed", "This key may not do this"),
        BookingRefusal.AlreadyOver => Rule("already_over", "The appointment is over"),
        BookingRefusal.DetailsMissing => Rule("details_missing", "A required detail of the customer is missing"),
        BookingRefusal.TooManyHeld => Rule("too_many_held", "Too many places are held already"),
        _ => Rule("refused", "The schedule's rules refuse this"),
    };

    private static ApiError Rule(string code, string title) => new(StatusCodes.Status422UnprocessableEntity, code, title);
}
