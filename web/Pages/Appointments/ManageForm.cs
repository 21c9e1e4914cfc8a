using System.Security.Cryptography;
using System.Text;
using Slotwright.Appointments;
using Slotwright.Pages.Booking;

namespace Slotwright.Pages.Appointments;

/// <summary>The hidden fields with which an appointment is moved or cancelled.</summary>
public sealed record ManageForm
{
    /// <summary>The new time; not looked at when cancelling.</summary>
    public string? At { get; init; }

    public string? Resource { get; init; }

    /// <summary>Of the appointment when the page was shown: what changed since is not overwritten unseen.</summary>
    public int? Revision { get; init; }

    public string? Key { get; init; }

    /// <summary>The key of this form for what it asks, so that a second press gets the first answer.</summary>
    public RepeatKey RepeatKey(string asked) => new()
    {
        Credential = "page",
        Key = Key is { Length: > 0 and <= 64 } && Key.All(char.IsAsciiLetterOrDigit) ? Key : BookingForm.NewKey(),
        Fingerprint = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(asked))),
    };
}
