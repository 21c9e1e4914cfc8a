namespace Slotwright.Mail;

/// <summary>
/// What one mail says, ready for print: each has a template of its name per language, as html and as text, and every member is a
/// value of that template under its name in snake case. Members are texts, numbers and truths; an empty text means "none".
/// </summary>
internal abstract record MailModel
{
    /// <summary>As its reader knows the business.</summary>
    public string BusinessName { get; init; } = "";
}

/// <summary>About one appointment.</summary>
internal abstract record AppointmentMail : MailModel
{
    /// <summary>With year and zone.</summary>
    public string StartsAt { get; init; } = "";

    /// <summary>For the subject.</summary>
    public string StartsShort { get; init; } = "";

    public string Length { get; init; } = "";

    /// <summary>Schedule, and resource where there are several.</summary>
    public string What { get; init; } = "";

    public string Place { get; init; } = "";
}

/// <summary>To the customer.</summary>
internal abstract record CustomerMail : AppointmentMail
{
    /// <summary>How to greet; may be empty.</summary>
    public string CustomerName { get; init; } = "";

    /// <summary>When this mail is due, the customer may still move or cancel it.</summary>
    public bool MayChange { get; init; }

    /// <summary>Where it is seen, moved or cancelled.</summary>
    public string ManageUrl { get; init; } = "";

    /// <summary>Where another one is booked.</summary>
    public string BookingUrl { get; init; } = "";
}

internal sealed record AppointmentBookedMail : CustomerMail;

internal sealed record AppointmentMovedMail : CustomerMail
{
    /// <summary>Empty when the time is the same and something else changed.</summary>
    public string WasAt { get; init; } = "";

    /// <summary>When it ends on the day it starts, if that is what changed; else empty.</summary>
    public string EndsNow { get; init; } = "";
}

internal sealed record AppointmentCancelledMail : CustomerMail;

internal sealed record AppointmentReminderMail : CustomerMail;

/// <summary>To a customer who asked for it.</summary>
internal sealed record OwnAppointmentsMail : MailModel
{
    public string ListUrl { get; init; } = "";
}

/// <summary>To the account's owner.</summary>
internal abstract record BookingMail : AppointmentMail
{
    public string CustomerName { get; init; } = "";

    public string CustomerEmail { get; init; } = "";

    public string CustomerPhone { get; init; } = "";

    /// <summary>May have several lines.</summary>
    public string Note { get; init; } = "";

    public string BackOfficeUrl { get; init; } = "";
}

internal sealed record BookingReceivedMail : BookingMail;

internal sealed record BookingMovedMail : BookingMail
{
    /// <summary>Empty when the time is the same and something else changed.</summary>
    public string WasAt { get; init; } = "";
}

internal sealed record BookingCancelledMail : BookingMail;

/// <summary>To the account's owner, in the reseller's name when there is one.</summary>
internal abstract record LimitMail : MailModel
{
    public int Used { get; init; }

    public int Allowed { get; init; }

    /// <summary>Whom to ask for more room; empty: the owner chooses a plan on the account's own page.</summary>
    public string HelpName { get; init; } = "";

    public string BackOfficeUrl { get; init; } = "";

    /// <summary>In the reseller's copy: who got this mail; else empty.</summary>
    public string CopyOf { get; init; } = "";
}

internal sealed record LimitNearMail : LimitMail;

internal sealed record LimitReachedMail : LimitMail;

internal sealed record LimitRefusedMail : LimitMail
{
    /// <summary>Who could not book: <c>customer</c>, <c>staff</c> or <c>api</c>.</summary>
    public string Refused { get; init; } = "";
}

/// <summary>Below every mail.</summary>
internal sealed record MailFooter
{
    /// <summary>Who writes.</summary>
    public string SenderName { get; init; } = "";

    /// <summary>How to reach the business; may be empty.</summary>
    public string Contact { get; init; } = "";

    /// <summary>The reseller's help line; empty for regular accounts.</summary>
    public string Help { get; init; } = "";
}

/// <summary>Around every mail.</summary>
internal sealed record MailFrame
{
    public string Language { get; init; } = "";

    public string Subject { get; init; } = "";

    public string SenderName { get; init; } = "";

    /// <summary><c>#rrggbb</c>.</summary>
    public string Accent { get; init; } = "";

    /// <summary>Legible on the accent.</summary>
    public string AccentText { get; init; } = "";
}
