using NodaTime;

namespace Slotwright.Team;

/// <summary>Where a session is made, and for whose eyes it is listed.</summary>
/// <param name="Host">Host name without port, lower case: the session is good there and nowhere else.</param>
/// <param name="Device">"Firefox · Linux"; may be empty; 80 characters at most.</param>
[GenerateSerializer, Immutable, Alias("slotwright.sign-in-origin")]
public sealed record SignInOrigin([property: Id(0)] string Host, [property: Id(1)] string Device);

[GenerateSerializer, Immutable, Alias("slotwright.sign-in-attempt")]
public sealed record SignInAttempt([property: Id(0)] string Password, [property: Id(1)] SignInOrigin Origin);

/// <summary>How far a sign-in came: exactly one of the two is there.</summary>
/// <param name="Session">Open; null while the second step is missing.</param>
/// <param name="Ticket">Proves the first step for 10 minutes, to this person's grain only; null once a session is open.</param>
[GenerateSerializer, Immutable, Alias("slotwright.sign-in-step")]
public sealed record SignInStep([property: Id(0)] Session? Session, [property: Id(1)] string? Ticket);

/// <summary>The second step of a sign-in.</summary>
/// <param name="Ticket">Of the first step.</param>
/// <param name="Code">Six digits of the authenticator app, or a recovery code; blanks and hyphens do not count.</param>
/// <param name="Origin">Where the session is made.</param>
[GenerateSerializer, Immutable, Alias("slotwright.second-step")]
public sealed record SecondStep([property: Id(0)] string Ticket, [property: Id(1)] string Code, [property: Id(2)] SignInOrigin Origin);

/// <summary>A passkey that signed a challenge of ours.</summary>
/// <param name="Passkey">As it is after its use.</param>
/// <param name="Origin">Where the session is made.</param>
[GenerateSerializer, Immutable, Alias("slotwright.passkey-use")]
public sealed record PasskeyUse([property: Id(0)] Passkey Passkey, [property: Id(1)] SignInOrigin Origin);

[GenerateSerializer, Immutable, Alias("slotwright.password-by-link")]
public sealed record PasswordByLink([property: Id(0)] string Token, [property: Id(1)] string Password, [property: Id(2)] SignInOrigin Origin, [property: Id(3)] LetterManner Manner);

/// <summary>How a letter to a person is written.</summary>
/// <param name="Language"><c>en</c>, <c>fr</c> or <c>nl</c>.</param>
/// <param name="AccountId">In whose name it goes out when the person belongs to that account; null: chosen from their accounts.</param>
[GenerateSerializer, Immutable, Alias("slotwright.letter-manner")]
public sealed record LetterManner([property: Id(0)] string Language, [property: Id(1)] int? AccountId);

/// <summary>A signed-in person and what they may open.</summary>
[GenerateSerializer, Immutable, Alias("slotwright.session")]
public sealed record Session
{
    /// <summary>How long a sign-in vouches for what could lock the owner out.</summary>
    public static readonly Duration ConfirmedFor = Duration.FromMinutes(15);

    [Id(0)] public required int PersonId { get; init; }

    [Id(1)] public required string Email { get; init; }

    /// <summary>Random, 43 characters; stored hashed.</summary>
    [Id(2)] public required string Token { get; init; }

    [Id(3)] public required Instant StartedAt { get; init; }

    /// <summary>Accounts that this person administers, ascending by name.</summary>
    [Id(4)] public required IReadOnlyList<Membership> Memberships { get; init; }

    /// <summary>Runs the platform.</summary>
    [Id(5)] public required bool IsOperator { get; init; }

    /// <summary>The host it was made on: anywhere else it is nobody's.</summary>
    [Id(6)] public required string Host { get; init; }

    /// <summary>When the password or a passkey was last shown.</summary>
    [Id(7)] public required Instant ConfirmedAt { get; init; }

    /// <summary>Sign-in of this person has a second step.</summary>
    [Id(8)] public bool HasTwoStep { get; init; }
}

/// <summary>An account that a person administers.</summary>
/// <param name="AccountId">Whose back office is open to them.</param>
/// <param name="AccountName">As in its address.</param>
/// <param name="IsReseller">Its reseller dashboard is open to them too.</param>
[GenerateSerializer, Immutable, Alias("slotwright.membership")]
public sealed record Membership([property: Id(0)] int AccountId, [property: Id(1)] string AccountName, [property: Id(2)] bool IsReseller = false);

[GenerateSerializer, Alias("slotwright.sign-in-refusal")]
public enum SignInRefusal
{
    /// <summary>Whatever was wrong: the login, the password, or both.</summary>
    NotRecognised = 1,

    /// <summary>The link was used, is too old, or never was one.</summary>
    TokenSpent = 2,

    PasswordWeak = 3,

    /// <summary>Not the code of this moment, or one that was used before.</summary>
    WrongCode = 4,

    /// <summary>The first step is too long ago, or the password changed since: begin anew.</summary>
    TooLate = 5,

    /// <summary>Ten wrong codes within 15 minutes, by someone who knows the password.</summary>
    TooManyCodes = 6,

    /// <summary>More passwords wait to be judged than this machine can judge in good time.</summary>
    TooBusy = 7,
}
