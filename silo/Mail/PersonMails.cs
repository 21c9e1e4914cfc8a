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
