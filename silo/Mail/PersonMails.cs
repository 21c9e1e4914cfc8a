namespace Slotwright.Mail;

/// <summary>To a person about their own login, in the name of whoever gave them the account.</summary>
internal abstract record PersonMail : MailModel
{
    /// <summary>The address that they sign in with as this was written.</summary>
    public string Login { get; init; } = "";
}

internal sealed record PasswordResetMail : PersonMail
{
    public string ResetUrl { get; init; } = "";
}

internal sealed record PasswordChangedMail : PersonMail
{
    public string ForgottenUrl { get; init; } = "";
}

internal sealed record AccountActivationMail : PersonMail
{
    public string AccountName { get; init; } = "";

    public string ActivationUrl { get; init; } = "";
}

/// <summary>To somebody who has a login already: an account was opened with it by sign-up, maybe by somebody else.</summary>
internal sealed record AccountOpenedMail : PersonMail
{
    public string AccountName { get; init; } = "";

    public string SignInUrl { get; init; } = "";

    /// <summary>Of the platform; empty: it has none.</summary>
    public string ContactEmail { get; init; } = "";
}

internal abstract record EmailAgreeMail : PersonMail
{
    public string NewEmail { get; init; } = "";

    /// <summary>Where the change is agreed to or refused.</summary>
    public string AnswerUrl { get; init; } = "";
}

internal sealed record EmailAgreeAtNewMail : EmailAgreeMail;

internal sealed record EmailAgreeAtOldMail : EmailAgreeMail;

internal sealed record EmailChangedMail : PersonMail
{
    public string NewEmail { get; init; } = "";

    public string UndoUrl { get; init; } = "";
}

internal sealed record TwoStepOnMail : PersonMail
{
    public string LoginUrl { get; init; } = "";
}

internal sealed record TwoStepOffMail : PersonMail
{
    public string LoginUrl { get; init; } = "";
}

/// <summary>About the account as a whole, in the name of whoever looks after it.</summary>
internal abstract record AccountStandingMail : PersonMail
{
    public string AccountName { get; init; } = "";

    public string BackOfficeUrl { get; init; } = "";
}

internal sealed record ClientPausedMail : AccountStandingMail;

internal sealed record ClientResumedMail : AccountStandingMail;

/// <summary>To the owner of a reseller, about another reseller's clients.</summary>
internal abstract record MergeMail : PersonMail
{
    public string AccountName { get; init; } = "";

    public string OtherName { get; init; } = "";

    public string AccountUrl { get; init; } = "";
}

internal sealed record ResellersMergedMail : MergeMail;

internal sealed record ResellerMergedAwayMail : MergeMail;

/// <summary>To who keeps an account's host name.</summary>
internal abstract record HostMail : PersonMail
{
    public string Host { get; init; } = "";

    /// <summary>Name of the account that it belongs to.</summary>
    public string AccountName { get; init; } = "";

    /// <summary>Where it is mended.</summary>
    public string SettingsUrl { get; init; } = "";
}

internal sealed record HostFailingMail : HostMail;

internal sealed record HostGivenUpMail : HostMail;

internal abstract record AdministratorMail : PersonMail
{
    public string AccountName { get; init; } = "";

    /// <summary>As its customers read it.</summary>
    public string AccountTitle { get; init; } = "";
}

internal sealed record AdministratorNowMail : AdministratorMail
{
    public string BackOfficeUrl { get; init; } = "";
}

internal sealed record AdministratorNoMoreMail : AdministratorMail;

/// <summary>About an account and its reseller.</summary>
internal abstract record ClientMail : PersonMail
{
    public string AccountName { get; init; } = "";

    /// <summary>As customers read it.</summary>
    public string DisplayName { get; init; } = "";
}

/// <summary>To somebody who has a login already.</summary>
internal sealed record ClientOpenedMail : ClientMail
{
    public string SignInUrl { get; init; } = "";
}

internal sealed record ClientAttachedMail : ClientMail
{
    public string BackOfficeUrl { get; init; } = "";
}

/// <summary>In the platform's name: to the owner of what is a regular account again.</summary>
internal sealed record ClientDetachedMail : ClientMail
{
    /// <summary>Empty: nothing that is paid went with it.</summary>
    public string PlanName { get; init; } = "";

    public string PeriodEnd { get; init; } = "";

    /// <summary>A month of it from then on; empty: it is sold no more.</summary>
    public string Total { get; init; } = "";

    /// <summary>Empty: none is charged.</summary>
    public string Vat { get; init; } = "";

    public string SubscriptionUrl { get; init; } = "";
}

/// <summary>To the reseller.</summary>
internal sealed record ClientDetachedCopyMail : ClientMail
{
    public string DashboardUrl { get; init; } = "";
}

/// <summary>To who owned it, in the reseller's name.</summary>
internal sealed record ClientDeletedMail : ClientMail;

/// <summary>To the reseller.</summary>
internal sealed record ClientDeletedCopyMail : ClientMail
{
    public string DashboardUrl { get; init; } = "";
}

/// <summary>To who was a reseller.</summary>
internal sealed record ResellerRevertedMail : ClientMail
{
    /// <summary>How many client accounts became regular with it; may be 0.</summary>
    public int Clients { get; init; }

    public string BackOfficeUrl { get; init; } = "";
}
