namespace Slotwright.Mail;

/// <summary>To an account's administrator about its one trial, in its reseller's name when it has one; and as a copy to that reseller.</summary>
internal abstract record TrialMail : PersonMail
{
    /// <summary>As customers read it.</summary>
    public string AccountTitle { get; init; } = "";

    public string EndsAt { get; init; } = "";

    /// <summary>Whom to ask for a plan; empty: its reader chooses one.</summary>
    public string HelpName { get; init; } = "";

    public string BackOfficeUrl { get; init; } = "";

    /// <summary>In the reseller's copy: who got this mail; else empty.</summary>
    public string CopyOf { get; init; } = "";
}

internal sealed record TrialStartedMail : TrialMail;

internal sealed record TrialEndingMail : TrialMail;

internal sealed record TrialEndedMail : TrialMail;

/// <summary>To whoever pays, in the platform's name; a reseller's client never gets one.</summary>
internal abstract record SubscriptionMail : PersonMail
{
    public string AccountName { get; init; } = "";

    public string PlanName { get; init; } = "";

    /// <summary>Where the payer sees it.</summary>
    public string StatusUrl { get; init; } = "";
}

internal abstract record PeriodMail : SubscriptionMail
{
    /// <summary>The day on which the paid period ends.</summary>
    public string PeriodEnd { get; init; } = "";
}

/// <summary>About a charge.</summary>
internal abstract record ChargeMail : PeriodMail
{
    public string List { get; init; } = "";

    public string Discount { get; init; } = "";

    public string Vat { get; init; } = "";

    public string Total { get; init; } = "";

    public bool IsReduced { get; init; }

    public bool HasVat { get; init; }
}

internal sealed record SubscriptionTakenMail : ChargeMail;

internal sealed record SubscriptionRenewedMail : ChargeMail;

internal sealed record SubscriptionChangedMail : ChargeMail
{
    /// <summary>Another plan follows at the end of the period.</summary>
    public bool IsLater { get; init; }

    public bool HasCharge { get; init; }

    /// <summary>Said when it is later.</summary>
    public string NextPlan { get; init; } = "";
}

internal sealed record PaymentFailedMail : SubscriptionMail
{
    public string LapsesAt { get; init; } = "";
}

internal sealed record SubscriptionLapsedMail : SubscriptionMail;

internal sealed record SubscriptionCancelledMail : PeriodMail
{
    /// <summary>It has ended, rather than will.</summary>
    public bool IsOver { get; init; }
}
