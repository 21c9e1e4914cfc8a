using NodaTime;
using Slotwright.Team;

namespace Slotwright.WhiteLabel;

/// <summary>
/// The rows of host names, senders and mail servers. Each method is one transaction, and each that changes something checks in it whose
/// client the account is.
/// </summary>
public interface IWhiteLabelStore
{
    /// <summary>Null: the account asks for none.</summary>
    Task<HostRow?> Host(int accountId);

    /// <summary>The first host that the account has by the operator's hand alone; null: none.</summary>
    Task<string?> HostByOperator(int accountId);

    /// <summary>Puts the account's host, unless it has another or the name is somebody else's. Null: done, or the same was there.</summary>
    Task<HostRefusal?> AskForHost(int accountId, int? resellerId, string host, string token, Instant now, Instant? nextCheckAt);

    /// <summary>
    /// Writes what a look at the DNS came to; with <see cref="HostStep.Verify"/> the name becomes the account's, unless somebody was faster:
    /// then the answer is <see cref="HostAnswer.Taken"/>. The host must still be the one that was looked for, with its token; the letter is
    /// stored when its step is. Null: it is not there any more.
    /// </summary>
    Task<HostRow?> Follow(HostLook look, Instant now);

    /// <summary>Gives up what the account asked for and what it has of it, else the host that the operator gave it. False: the relation is another.</summary>
    Task<bool> ReleaseHost(int accountId, int? resellerId, Instant now);

    /// <summary>Accounts whose host, and accounts and scopes whose sender, are to be looked at now; they are not due to anybody else for a minute.</summary>
    Task<DueLooks> TakeDue(Instant now, int atMost);

    Task<SenderRow?> Sender(int accountId, WhiteLabelScope scope);

    /// <summary>Puts the sender. False: the relation is another.</summary>
    Task<bool> PutSender(SenderRow sender, int? resellerId);

    /// <summary>Writes what a look at the DNS came to, if the sender is still the one looked for. The present row; null: it is gone.</summary>
    Task<SenderRow?> Follow(int accountId, WhiteLabelScope scope, string domain, string selector, SenderRecords found, Instant now, Instant? nextCheckAt);

    Task<bool> RemoveSender(int accountId, WhiteLabelScope scope, int? resellerId);

    Task<MailServerRow?> MailServer(int accountId, WhiteLabelScope scope);

    /// <summary>Mails that wait for this server, and since when.</summary>
    Task<(int Count, Instant? Since)> WaitingFor(int accountId, WhiteLabelScope scope);

    /// <summary>Puts the server. False: the relation is another.</summary>
    Task<bool> PutMailServer(MailServerRow server, int? resellerId);

    /// <summary>False: the relation is another.</summary>
    Task<bool> RemoveMailServer(int accountId, WhiteLabelScope scope, int? resellerId);

    /// <summary>By what sender and server the account's mails go: its own, else its reseller's for clients.</summary>
    Task<SendingRow> Sending(int accountId);

    /// <summary>Who is told about the account's host: its reseller's owner, else its own. Null: there is no such account.</summary>
    Task<HostKeeper?> KeeperOf(int accountId);
}

public sealed record HostRow
{
    public required int AccountId { get; init; }

    public required string Host { get; init; }

    public required string Token { get; init; }

    public required HostState State { get; init; }

    public required HostAnswer Answer { get; init; }

    public required bool? LeadsHere { get; init; }

    public required Instant AskedAt { get; init; }

    public required Instant? CheckedAt { get; init; }

    public required Instant? NextCheckAt { get; init; }

    public required Instant? VerifiedAt { get; init; }

    public required Instant? FailingSince { get; init; }
}

/// <summary>A look at the DNS: what was looked for, what it said, and what is to be done.</summary>
public sealed record HostLook
{
    public required int AccountId { get; init; }

    public required string Host { get; init; }

    public required string Token { get; init; }

    public required HostAnswer Answer { get; init; }

    public required bool? LeadsHere { get; init; }

    public required HostStep Step { get; init; }

    /// <summary>The state that the step was chosen for.</summary>
    public required HostState From { get; init; }

    /// <summary>Goes out when the step is taken; null: nobody is told.</summary>
    public PersonLetter? Letter { get; init; }
}

public sealed record DueLooks(IReadOnlyList<int> Hosts, IReadOnlyList<(int AccountId, WhiteLabelScope Scope)> Senders);

/// <summary>What the DNS of a sender's domain said.</summary>
public sealed record SenderRecords(RecordState Spf, RecordState Dkim, RecordState Dmarc);

public sealed record SenderRow
{
    public required int AccountId { get; init; }

    public required WhiteLabelScope Scope { get; init; }

    public required string Address { get; init; }

    public required string Domain { get; init; }

    public required string Selector { get; init; }

    /// <summary>PEM, sealed for <see cref="SenderRules.KeyPurpose"/>.</summary>
    public required string KeySealed { get; init; }

    /// <summary>Base64 of the public key as the DNS shows it.</summary>
    public required string KeyPublic { get; init; }

    public required SenderRecords Records { get; init; }

    public required Instant ChangedAt { get; init; }

    public required Instant? CheckedAt { get; init; }

    public required Instant? NextCheckAt { get; init; }
}

public sealed record MailServerRow
{
    public required int AccountId { get; init; }

    public required WhiteLabelScope Scope { get; init; }

    public required string Host { get; init; }

    public required int Port { get; init; }

    public required MailServerSecurity Security { get; init; }

    /// <summary>Empty: no sign-in.</summary>
    public required string User { get; init; }

    /// <summary>Sealed for <see cref="SenderRules.PasswordPurpose"/>; empty: none.</summary>
    public required string PasswordSealed { get; init; }

    public required Instant ChangedAt { get; init; }
}

/// <summary>By what an account's mails go; nulls: by what the platform has.</summary>
public sealed record SendingRow(SenderRow? Sender, MailServerRow? Server);

/// <summary>A person who is told about a host, in their language, and how the account is called.</summary>
public sealed record HostKeeper(int PersonId, string Email, int AccountId, string AccountName);
