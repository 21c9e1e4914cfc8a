using NodaTime;
using Slotwright.Time;

namespace Slotwright.Appointments;

/// <summary>Commands as a customer of the demo barber would give them.</summary>
internal static class Asking
{
    /// <summary>The day after the product's morning: a Wednesday, open 9 to 18.</summary>
    public static readonly LocalDate Tomorrow = new(2027, 1, 13);

    public static BookAppointment For(string email, int hour, int minute = 0, int? resource = null, string? key = null, string fingerprint = "f") => new()
    {
        Start = Moment.OnTheClock(Tomorrow.At(new LocalTime(hour, minute))),
        ResourceId = resource,
        Customer = new CustomerDetails { Name = "Ida Quill", Email = email },
        Language = "en",
        Actor = Actor.Customer(email),
        Key = key is null ? null : new RepeatKey { Credential = "page", Key = key, Fingerprint = fingerprint },
    };

    public static FreeTimesQuery Day(LocalDate day) => new() { From = day, To = day };
}
