using NodaTime;

namespace Slotwright.WhiteLabel;

/// <summary>A sender's address and what the DNS of its domain says of it.</summary>
[GenerateSerializer, Immutable, Alias("slotwright.sender-status")]
public sealed record SenderStatus
{
    [Id(0)] public required string Address { get; init; }

    [Id(1)] public required string Domain { get; init; }

    /// <summary>Mails carry the address as From; else as the address that answers go to.</summary>
    [Id(2)] public required bool IsUsed { get; init; }

    [Id(3)] public required RecordState Spf { get; init; }

    [Id(4)] public required RecordState Dkim { get; init; }

    [Id(5)] public required RecordState Dmarc { get; init; }

    /// <summary>Name of the TXT record with our public key.</summary>
    [Id(6)] public required string DkimName { get; init; }

    [Id(7)] public required string DkimValue { get; init; }

    /// <summary>The mechanism that the domain's SPF record needs, such as <c>include:post.example</c>.</summary>
    [Id(8)] public required string SpfNeeds { get; init; }

    /// <summary>What a domain without an SPF record may say.</summary>
    [Id(9)] public required string SpfValue { get; init; }

    [Id(10)] public required string DmarcName { get; init; }

    /// <summary>What a domain without a DMARC record may say.</summary>
    [Id(11)] public required string DmarcValue { get; init; }

    /// <summary>Null: never.</summary>
    [Id(12)] public required Instant? CheckedAt { get; init; }
}

/// <summary>What was found of one record.</summary>
[GenerateSerializer, Alias("slotwright.record-state")]
public enum RecordState
{
    NotAsked = 0,

    /// <summary>As it should be.</summary>
    Good = 1,

    /// <summary>There is none.</summary>
    Missing = 2,

    /// <summary>There is one, and it says something else.</summary>
    Different = 3,

    /// <summary>The name servers did not answer.</summary>
    NoAnswer = 4,

    /// <summary>Of DMARC: it tells receivers to turn away what is not signed by the domain.</summary>
    Strict = 5,
}

/// <summary>A mail server as it is shown: never with its password.</summary>
[GenerateSerializer, Immutable, Alias("slotwright.mail-server-status")]
public sealed record MailServerStatus
{
    [Id(0)] public required string Host { get; init; }

    [Id(1)] public required int Port { get; init; }

    [Id(2)] public required MailServerSecurity Security { get; init; }

    /// <summary>Empty: it asks for no sign-in.</summary>
    [Id(3)] public required string User { get; init; }

    [Id(4)] public required Instant ChangedAt { get; init; }

    /// <summary>Mails that should have gone out by it and have not yet.</summary>
    [Id(5)] public required int Waiting { get; init; }

    /// <summary>Since when the oldest of them waits; null: none does.</summary>
    [Id(6)] public required Instant? WaitingSince { get; init; }
}

/// <summary>A mail server as typed.</summary>
[GenerateSerializer, Immutable, Alias("slotwright.mail-server-change")]
public sealed record MailServerChange
{
    [Id(0)] public required string Host { get; init; }

    [Id(1)] public required int Port { get; init; }

    [Id(2)] public required MailServerSecurity Security { get; init; }

    /// <summary>Empty: no sign-in.</summary>
    [Id(3)] public required string User { get; init; }

    /// <summary>Null: stays as it is, for the same host and user only.</summary>
    [Id(4)] public required string? Password { get; init; }
}

/// <summary>How the line to a mail server is protected.</summary>
[GenerateSerializer, Alias("slotwright.mail-server-security")]
public enum MailServerSecurity
{
    StartTls = 1,
    SslOnConnect = 2,

    /// <summary>Not at all: to this machine alone, and never in Production.</summary>
    None = 3,
}

/// <summary>How a mail by a server went; its own words are not repeated, since they may come from anywhere.</summary>
[GenerateSerializer, Immutable, Alias("slotwright.mail-try")]
public sealed record MailTry([property: Id(0)] MailTryResult Result, [property: Id(1)] int Code);

[GenerateSerializer, Alias("slotwright.mail-try-result")]
public enum MailTryResult
{
    /// <summary>The server has taken the mail.</summary>
    Sent = 1,

    /// <summary>The name leads nowhere, or not only to addresses of the public net.</summary>
    NotPublic = 2,

    /// <summary>No connection, or none that answers in time.</summary>
    Unreachable = 3,

    /// <summary>No TLS, or a certificate that is not the server's.</summary>
    NotProtected = 4,

    /// <summary>User and password were not taken.</summary>
    SignInRefused = 5,

    /// <summary>The server took our sender, recipient or mail for one it does not send; with its reply code.</summary>
    MailRefused = 6,
}
