using Slotwright.Appointments;

namespace Slotwright.Pages.Booking;

public static class Alternatives
{
    /// <summary>Another time would help: what stands in the way is the time itself, not the person, the plan or the appointment.</summary>
    public static bool WouldHelp(this BookingRefusal refusal) => refusal switch
    {
        BookingRefusal.TimeDoesNotExist or BookingRefusal.InThePast or BookingRefusal.OutsideOpeningHours or BookingRefusal.StartNotOffered
            or BookingRefusal.TooSoon or BookingRefusal.TooFarAhead or BookingRefusal.PlaceTaken => true,
        _ => false,
    };
}
