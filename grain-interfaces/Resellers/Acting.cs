using NodaTime;

namespace Slotwright.Resellers;

/// <summary>In which role a reseller is logged in to a client account; one at a time per account and acting session.</summary>
[GenerateSerializer, Alias("slotwright.acting-mode")]
public enum ActingMode
{
    /// <summary>With the settings that only a reseller has.</summary>
    AsReseller = 1,

    /// <summary>As the client's own administrator sees it: without them.</summary>
    AsAdministrator = 2,
}

/// <summary>Asks to be let into a client account.</summary>
[GenerateSerializer, Immutable, Alias("slotwright.act-as-client")]
public sealed record ActAsClient
{
    [Id(0)] public required int ClientId { get; init; }

    [Id(1)] public required int PersonId { get; init; }

    /// <summary>Of the person's own open session, on which the acting session depends.</summary>
    [Id(2)] public required string SessionToken { get; init; }

    /// <summary>Network address of who asks; 45 characters at most.</summary>
    [Id(3)] public required string Address { get; init; }

    /// <summary>Host name, lower case.</summary>
    [Id(4)] public required string Host { get; init; }
}

/// <summary>What a browser shows to go on acting: it opens nothing without the person's own session beside it.</summary>
/// <param name="ClientId">For which account alone it is good.</param>
/// <param name="Token">Random, 43 characters; stored hashed.</param>
/// <param name="PersonId">Whose it is.</param>
/// <param name="SessionToken">Of the person's own session in which it was made.</param>
[GenerateSerializer, Immutable, Alias("slotwright.acting-ticket")]
public sealed record ActingTicket([property: Id(0)] int ClientId, [property: Id(1)] string Token, [property: Id(2)] int PersonId, [property: Id(3)] string SessionToken);

/// <summary>An acting session that is open.</summary>
[GenerateSerializer, Immutable, Alias("slotwright.acting-session")]
public sealed record ActingSession
{
    [Id(0)] public required int Id { get; init; }

    [Id(1)] public required int ResellerId { get; init; }

    /// <summary>As its clients know it: the name of its help line, else its account's.</summary>
    [Id(2)] public required string ResellerName { get; init; }

    /// <summary>As in its address, for the way back.</summary>
    [Id(3)] public required string ResellerAccount { get; init; }

    [Id(4)] public required ActingMode Mode { get; init; }

    [Id(5)] public required Instant StartedAt { get; init; }

    /// <summary>60 minutes after the start, whatever is done.</summary>
    [Id(6)] public required Instant EndsAt { get; init; }
}

/// <summary>An acting session that was let begin.</summary>
/// <param name="Session">As it stands.</param>
/// <param name="Token">For its browser alone.</param>
/// <param name="ClientAccount">The client's name as in its address.</param>
[GenerateSerializer, Immutable, Alias("slotwright.acting-started")]
public sealed record ActingStarted([property: Id(0)] ActingSession Session, [property: Id(1)] string Token, [property: Id(2)] string ClientAccount);

[GenerateSerializer, Alias("slotwright.acting-refusal")]
public enum ActingRefusal
{
    /// <summary>Not this reseller's client, or there is no such account: the two are told apart nowhere.</summary>
    UnknownClient = 1,

    /// <summary>Whoever asks has no open session, or does not administer the reseller's account.</summary>
    NotAllowed = 2,

    /// <summary>The acting session has ended.</summary>
    Ended = 3,
}

/// <summary>Something that somebody asks for in an account, as the audit keeps it.</summary>
/// <param name="Act">Which page and form, by name: <c>Settings/Information#Name</c>; 80 characters at most.</param>
/// <param name="Path">As asked, without query; 300 characters at most.</param>
/// <param name="Address">Network address; 45 characters at most.</param>
/// <param name="Outcome">As known before it is done.</param>
[GenerateSerializer, Immutable, Alias("slotwright.audited-act")]
public sealed record AuditedAct([property: Id(0)] string Act, [property: Id(1)] string Path, [property: Id(2)] string Address, [property: Id(3)] ActOutcome Outcome);

/// <summary>What is known of an act when its row is written, which is before the act.</summary>
[GenerateSerializer, Alias("slotwright.act-outcome")]
public enum ActOutcome
{
    /// <summary>It was let through; the account's own rules judge it next.</summary>
    Begun = 1,

    /// <summary>Not allowed to whoever asked: nothing was done.</summary>
    Refused = 2,

    /// <summary>As <see cref="Refused"/>, and no page offers it: the request was made up.</summary>
    Attack = 3,
}

/// <summary>One row of an account's audit.</summary>
[GenerateSerializer, Immutable, Alias("slotwright.audit-entry")]
public sealed record AuditEntry
{
    /// <summary>Counts from 1 within the account, without gaps.</summary>
    [Id(0)] public required int Number { get; init; }

    [Id(1)] public required Instant At { get; init; }

    /// <summary>E-mail of who did it; empty when the person is gone. To the account itself a reseller's people are the reseller, by its display name.</summary>
    [Id(2)] public required string Person { get; init; }

    /// <summary>The acting session; null: it was not done while acting.</summary>
    [Id(3)] public required int? ActingId { get; init; }

    /// <summary>Null: it was not done while acting.</summary>
    [Id(4)] public required ActingMode? Mode { get; init; }

    [Id(5)] public required string Act { get; init; }

    [Id(6)] public required string Path { get; init; }

    [Id(7)] public required string Address { get; init; }

    [Id(8)] public required ActOutcome Outcome { get; init; }

    /// <summary>Whose person it was; null: nobody's of a reseller, as far as the act tells.</summary>
    [Id(9)] public int? ResellerId { get; init; }
}

/// <summary>One acting session in a list of them.</summary>
[GenerateSerializer, Immutable, Alias("slotwright.acting-listing")]
public sealed record ActingListing
{
    [Id(0)] public required int Id { get; init; }

    [Id(1)] public required int AccountId { get; init; }

    /// <summary>Name of the client account; empty when it is gone.</summary>
    [Id(2)] public required string Account { get; init; }

    [Id(3)] public required int ResellerId { get; init; }

    /// <summary>Name of the reseller's account, to the client its display name; empty when it is gone.</summary>
    [Id(4)] public required string Reseller { get; init; }

    /// <summary>E-mail of who acted; empty when the person is gone, and to the client.</summary>
    [Id(5)] public required string Person { get; init; }

    [Id(6)] public required ActingMode Mode { get; init; }

    [Id(7)] public required Instant StartedAt { get; init; }

    /// <summary>When it ended or will end at the latest.</summary>
    [Id(8)] public required Instant EndsAt { get; init; }

    [Id(9)] public required bool IsOpen { get; init; }

    /// <summary>Rows of the audit that it left, its start among them.</summary>
    [Id(10)] public required int Acts { get; init; }
}

/// <summary>A part of what was done with an account by others than its own people; newest first.</summary>
/// <param name="Sessions">The newest acting sessions; 100 at most.</param>
/// <param name="Acts">The newest rows of the audit before the asked number; 100 at most.</param>
/// <param name="Total">How many rows the audit has.</param>
[GenerateSerializer, Immutable, Alias("slotwright.access-log")]
public sealed record AccessLog(
    [property: Id(0)] IReadOnlyList<ActingListing> Sessions, [property: Id(1)] IReadOnlyList<AuditEntry> Acts, [property: Id(2)] int Total);
