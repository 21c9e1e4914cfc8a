using NodaTime;
using Slotwright.Resellers;
using Slotwright.Tenancy;

namespace Slotwright.Platform;

/// <summary>
/// What the operator of the platform sees and decides. One for all; keeps nothing. Every call shows a pass, which is judged in the statement that
/// answers: an open session of an operator whose sign-in has a second step. Anyone else gets null or false.
/// </summary>
[EntranceGrain, Alias("slotwright.platform-grain")]
public interface IPlatformGrain : IGrainWithStringKey
{
    [Alias("overview")]
    Task<PlatformOverview?> Overview(OperatorPass pass);

    /// <summary>Ascending by name.</summary>
    [Alias("accounts")]
    Task<FoundAccounts?> Accounts(OperatorPass pass, AccountsQuery query);

    /// <summary>
    /// Closes an account or opens it again. While it is suspended nobody works or books in it, nobody acts in it or for it; its data and its
    /// clients stay. Leaves a row in its audit. False: unknown, or it is so already.
    /// </summary>
    [Alias("suspend")]
    Task<bool> Suspend(OperatorPass pass, SuspendAccount command);

    /// <summary>Mails that wait for the operator, the oldest first; 200 at most.</summary>
    [Alias("kept-mails")]
    Task<IReadOnlyList<KeptMail>?> KeptMails(OperatorPass pass);

    /// <summary>Sends them after all, as far as somebody still wants them, or never. Answers how many; null: not allowed.</summary>
    [Alias("decide-mails")]
    Task<int?> DecideMails(OperatorPass pass, MailDecision decision);

    /// <summary>Acting sessions over all accounts that began before the number, newest first; 100 at most.</summary>
    [Alias("acting-sessions")]
    Task<IReadOnlyList<ActingListing>?> ActingSessions(OperatorPass pass, int before);
}

/// <summary>Who asks.</summary>
[GenerateSerializer, Immutable, Alias("slotwright.operator-pass")]
public sealed record OperatorPass([property: Id(0)] int PersonId, [property: Id(1)] string SessionToken);

/// <summary>The platform in numbers, as of now.</summary>
[GenerateSerializer, Immutable, Alias("slotwright.platform-overview")]
public sealed record PlatformOverview
{
    [Id(0)] public required int Accounts { get; init; }

    [Id(1)] public required int Resellers { get; init; }

    /// <summary>Accounts that have a reseller.</summary>
    [Id(2)] public required int Clients { get; init; }

    [Id(3)] public required int Suspended { get; init; }

    /// <summary>Sum of the accounts' counters: upcoming appointments, a little too high at times.</summary>
    [Id(4)] public required long Upcoming { get; init; }

    /// <summary>Descending by accounts.</summary>
    [Id(5)] public required IReadOnlyList<PlanCount> Plans { get; init; }

    [Id(6)] public required OutboxState Outbox { get; init; }

    /// <summary>Resellers of whom somebody is logged in to a client, in however many of them.</summary>
    [Id(7)] public required int Acting { get; init; }
}

[GenerateSerializer, Immutable, Alias("slotwright.plan-count")]
public sealed record PlanCount([property: Id(0)] string PlanCode, [property: Id(1)] int Accounts, [property: Id(2)] long Upcoming);

/// <summary>How mails stand.</summary>
[GenerateSerializer, Immutable, Alias("slotwright.outbox-state")]
public sealed record OutboxState
{
    /// <summary>To be sent now or later.</summary>
    [Id(0)] public required int Waiting { get; init; }

    /// <summary>Since when the oldest that should have gone waits; null: none does.</summary>
    [Id(1)] public required Instant? OldestDue { get; init; }

    /// <summary>Held back since a restore.</summary>
    [Id(2)] public required int Held { get; init; }

    /// <summary>Of which no mail could be made.</summary>
    [Id(3)] public required int Unwritten { get; init; }

    /// <summary>Given up within the last 30 days.</summary>
    [Id(4)] public required int Failed { get; init; }
}

[GenerateSerializer, Immutable, Alias("slotwright.accounts-query")]
public sealed record AccountsQuery
{
    /// <summary>Part of a name or of the administrator's e-mail; empty: all. 200 characters at most.</summary>
    [Id(0)] public string Text { get; init; } = "";

    [Id(1)] public AccountsAmong Among { get; init; } = AccountsAmong.All;

    [Id(2)] public int Offset { get; init; }

    /// <summary>1–100.</summary>
    [Id(3)] public int Limit { get; init; } = 50;
}

[GenerateSerializer, Alias("slotwright.accounts-among")]
public enum AccountsAmong
{
    All = 1,
    Resellers = 2,
    Clients = 3,
    Suspended = 4,
}

[GenerateSerializer, Immutable, Alias("slotwright.found-accounts")]
public sealed record FoundAccounts([property: Id(0)] IReadOnlyList<AccountListing> Accounts, [property: Id(1)] int Total);

/// <summary>An account as the operator lists it.</summary>
[GenerateSerializer, Immutable, Alias("slotwright.account-listing")]
public sealed record AccountListing
{
    [Id(0)] public required int Id { get; init; }

    [Id(1)] public required string Name { get; init; }

    [Id(2)] public required string OwnerEmail { get; init; }

    /// <summary>Name of its reseller's account; null: a regular account.</summary>
    [Id(3)] public required string? Reseller { get; init; }

    [Id(4)] public required bool IsReseller { get; init; }

    /// <summary>How many client accounts it has.</summary>
    [Id(5)] public required int Clients { get; init; }

    [Id(6)] public required string PlanCode { get; init; }

    [Id(7)] public required int Used { get; init; }

    /// <summary>Null: no limit.</summary>
    [Id(8)] public required int? Allowed { get; init; }

    [Id(9)] public required Instant? TrialEndsAt { get; init; }

    [Id(10)] public required Instant CreatedAt { get; init; }

    /// <summary>Null: it is open.</summary>
    [Id(11)] public required Instant? SuspendedAt { get; init; }
}

/// <param name="AccountId">Which.</param>
/// <param name="IsSuspended">How it shall be.</param>
/// <param name="Address">Network address of the operator.</param>
[GenerateSerializer, Immutable, Alias("slotwright.suspend-account")]
public sealed record SuspendAccount([property: Id(0)] int AccountId, [property: Id(1)] bool IsSuspended, [property: Id(2)] string Address);

/// <summary>A mail that waits for the operator or was given up.</summary>
[GenerateSerializer, Immutable, Alias("slotwright.kept-mail")]
public sealed record KeptMail
{
    /// <summary><c>m12</c> for a mail, <c>f7</c> for a fact of which none was made.</summary>
    [Id(0)] public required string Id { get; init; }

    [Id(1)] public required Instant At { get; init; }

    /// <summary>Name of the account; empty: the platform's own.</summary>
    [Id(2)] public required string Account { get; init; }

    /// <summary>Empty: whoever the fact concerns.</summary>
    [Id(3)] public required string Recipient { get; init; }

    [Id(4)] public required KeptMailState State { get; init; }

    /// <summary>Why it was given up; may be empty.</summary>
    [Id(5)] public required string Reason { get; init; }
}

[GenerateSerializer, Alias("slotwright.kept-mail-state")]
public enum KeptMailState
{
    /// <summary>Since a restore.</summary>
    Held = 1,

    /// <summary>No mail could be made.</summary>
    Unwritten = 2,

    /// <summary>Refused for good, or two days without success.</summary>
    Failed = 3,
}

/// <param name="Ids">As <see cref="KeptMail.Id"/>; empty: all that are held or unwritten. Failed ones are only sent again by id.</param>
/// <param name="Release">False: never.</param>
[GenerateSerializer, Immutable, Alias("slotwright.mail-decision")]
public sealed record MailDecision([property: Id(0)] IReadOnlyList<string> Ids, [property: Id(1)] bool Release);
