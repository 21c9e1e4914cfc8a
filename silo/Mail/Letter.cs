using NodaTime;
using Slotwright.Appointments;
using Slotwright.Storage;

namespace Slotwright.Mail;

/// <summary>A leased delivery with what the rows say about it now: what is to be told, or why it no longer is.</summary>
internal sealed record Letter
{
    public required Delivery Delivery { get; init; }

    /// <summary>Null: send it. Else why nobody wants it any more.</summary>
    public string? Unwanted { get; init; }

    /// <summary>Null: now. Else it is too early, and the row waits until then.</summary>
    public Instant? NotBefore { get; init; }

    /// <summary>As it stands now, not as it stood at the fact; null for a limit.</summary>
    public Appointment? Appointment { get; init; }

    /// <summary>Null for what is no limit.</summary>
    public LimitSnapshot? Limit { get; init; }

    /// <summary>Where a moved appointment was.</summary>
    public Instant? MovedFromStart { get; init; }

    /// <summary>Until when its reader believes that a moved appointment lasts; null: nothing was told them yet.</summary>
    public Instant? KnownEnd { get; init; }

    /// <summary>Null for what is no letter to a person about their login.</summary>
    public PersonNews? Person { get; init; }

    /// <summary>Null for what is no link to a customer's own appointments.</summary>
    public CustomerLinkNews? CustomerLink { get; init; }

    /// <summary>The account's own host name; null: the platform's.</summary>
    public string? OwnHost { get; init; }
}
