using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Slotwright.Appointments;
using Slotwright.Pages.Booking;
using Slotwright.SignIn;
using Slotwright.Tenancy;

namespace Slotwright.Pages.BackOffice;

/// <summary>Who acts in the back office, as commands name it.</summary>
public static class Staff
{
    /// <summary>The person of the request's session; while they act as a client, the reseller by its name.</summary>
    public static Actor Actor(this HttpContext context)
    {
        var session = context.SessionOrNone() ?? throw new InvalidOperationException("Nobody is signed in.");
        return context.ActingOrNone() is { } acting
            ? Slotwright.Appointments.Actor.Reseller(session.PersonId, acting.ResellerName)
            : Slotwright.Appointments.Actor.Staff(session.PersonId, session.Email);
    }

    /// <summary>The key of one form or gesture for what it asks, so that it is done once however often it is sent. A key of another shape is replaced.</summary>
    public static RepeatKey RepeatKey(this HttpContext context, string? key, string asked) => new()
    {
        Credential = string.Create(CultureInfo.InvariantCulture, $"person:{context.SessionOrNone()?.PersonId}"),
        Key = key is { Length: > 0 and <= 64 } && key.All(character => char.IsAsciiLetterOrDigit(character) || character == '-') ? key : BookingForm.NewKey(),
        Fingerprint = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(asked))),
    };
}
