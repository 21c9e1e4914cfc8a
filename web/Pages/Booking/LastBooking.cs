using System.Globalization;
using Slotwright.Appointments;
using Slotwright.Pages.Appointments;
using Slotwright.Platform;
using Slotwright.SignIn;
using Slotwright.Tenancy;

namespace Slotwright.Pages.Booking;

/// <summary>What this browser booked last, known for half an hour: whoever goes back to the form is led to the appointment, not told that the time is taken.</summary>
public sealed class LastBooking(ManagedReader appointments, IHostEnvironment environment)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);

    private readonly CookieBuilder cookie = Cookie(environment);

    public void Remember(HttpContext context, Booked booked) => context.Response.Cookies.Append(
        cookie.Name!,
        string.Create(CultureInfo.InvariantCulture, $"{booked.Appointment.Id}.{booked.ManageToken}"),
        cookie.Build(context));

    /// <summary>Address of the appointment if it still stands at the time that the page shows; null: none does. The cookie is judged like any link.</summary>
    public async Task<string?> At(HttpContext context, BookingView view)
    {
        if (context.Request.Cookies[cookie.Name!]?.Split('.') is not [var number, var token]
            || !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            || token.Length != 32 || !token.All(char.IsAsciiHexDigitLower))
        {
            return null;
        }

        var account = context.Account();
        return await appointments.Open(account.Id, id, token) is { Appointment: { Status: AppointmentStatus.Live } own }
            && own.ScheduleId == view.Schedule.Id
            && own.Start == view.Offer.Start.ToInstant()
                ? Links.Manage(account.Name, id, token)
                : null;
    }

    private static CookieBuilder Cookie(IHostEnvironment environment)
    {
        var cookie = new CookieBuilder { MaxAge = Lifetime };
        cookie.ForHost("booked", environment);
        return cookie;
    }
}
