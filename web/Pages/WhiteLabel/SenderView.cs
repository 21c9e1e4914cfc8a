using Slotwright.WhiteLabel;

namespace Slotwright.Pages.WhiteLabel;

/// <summary>What the form of a sender shows, for one account or for all clients of a reseller.</summary>
public sealed record SenderView
{
    public required WhiteLabelScope Scope { get; init; }

    /// <summary>Where the form posts to.</summary>
    public required string Path { get; init; }

    /// <summary>Null: none is set here.</summary>
    public required SenderStatus? Status { get; init; }

    /// <summary>As typed, after a refusal.</summary>
    public string? Typed { get; init; }

    public string? Error { get; init; }

    /// <summary>From whom a sender comes while none is set here, and which; null: from nobody.</summary>
    public (string From, string Address)? Inherited { get; init; }

    /// <summary>What mails come from else.</summary>
    public required string NoReply { get; init; }

    /// <summary>IANA zone of the times shown.</summary>
    public required string Zone { get; init; }
}

/// <summary>What the form of a mail server shows.</summary>
public sealed record MailServerView
{
    public required WhiteLabelScope Scope { get; init; }

    public required string Path { get; init; }

    public required MailServerStatus? Status { get; init; }

    public MailServerForm? Typed { get; init; }

    /// <summary>Which field was refused, and why.</summary>
    public (string Field, string Sentence)? Error { get; init; }

    /// <summary>Whose mail server is used while none is set here; null: nobody's.</summary>
    public string? InheritedFrom { get; init; }

    public required string NoReply { get; init; }

    /// <summary>Where the test mail goes.</summary>
    public required string Reader { get; init; }

    public MailTry? Tried { get; init; }

    public required string Zone { get; init; }

    public string? ErrorOf(string field) => Error is { } error && error.Field == field ? error.Sentence : null;
}

/// <summary>A mail server as typed.</summary>
public sealed record MailServerForm
{
    public string? Host { get; init; }

    public string? Port { get; init; }

    public MailServerSecurity Security { get; init; } = MailServerSecurity.StartTls;

    public string? User { get; init; }

    /// <summary>Never shown again.</summary>
    public string? Password { get; init; }

    public MailServerChange ToChange() => new()
    {
        Host = TypedText.Line(Host),
        Port = int.TryParse(TypedText.Line(Port), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var port) ? port : 0,
        Security = Security,
        User = TypedText.Line(User),
        Password = string.IsNullOrEmpty(Password) ? null : Password,
    };

    /// <summary>The field that a refusal is about.</summary>
    public static string FieldOf(WhiteLabelRefusal refusal) => refusal switch
    {
        WhiteLabelRefusal.PortInvalid => "Port",
        WhiteLabelRefusal.SignInInvalid => "Password",
        _ => "Host",
    };
}
