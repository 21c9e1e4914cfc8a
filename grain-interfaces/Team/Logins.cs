using NodaTime;

namespace Slotwright.Team;

/// <summary>A person's own view of their login.</summary>
[GenerateSerializer, Immutable, Alias("slotwright.login-face")]
public sealed record LoginFace
{
    [Id(0)] public required string Email { get; init; }

    [Id(1)] public required bool HasPassword { get; init; }

    /// <summary>Null: sign-in has one step.</summary>
    [Id(2)] public required Instant? TwoStepSince { get; init; }

    [Id(3)] public required int RecoveryCodesLeft { get; init; }

    [Id(4)] public required int Passkeys { get; init; }

    [Id(5)] public required int Sessions { get; init; }

    /// <summary>An address that was asked for and not yet agreed to by both; null: none.</summary>
    [Id(6)] public required string? WantedEmail { get; init; }

    /// <summary>What is sensitive may be done until then without asking again.</summary>
    [Id(7)] public required Instant ConfirmedUntil { get; init; }
}

[GenerateSerializer, Immutable, Alias("slotwright.password-change")]
public sealed record PasswordChange([property: Id(0)] string SessionToken, [property: Id(1)] string Present, [property: Id(2)] string Next, [property: Id(3)] LetterManner Manner);

/// <summary>A change of the second step of sign-in.</summary>
/// <param name="SessionToken">Whose.</param>
/// <param name="Code">Of the authenticator app; not looked at when the second step is switched off.</param>
/// <param name="Manner">Of the mail that tells it.</param>
[GenerateSerializer, Immutable, Alias("slotwright.two-step-command")]
public sealed record TwoStepCommand([property: Id(0)] string SessionToken, [property: Id(1)] string Code, [property: Id(2)] LetterManner Manner);

/// <summary>What an authenticator app is told.</summary>
/// <param name="Secret">Base32 without padding, 32 characters.</param>
/// <param name="Account">How the app names it: the person's e-mail.</param>
[GenerateSerializer, Immutable, Alias("slotwright.authenticator-set-up")]
public sealed record AuthenticatorSetUp([property: Id(0)] string Secret, [property: Id(1)] string Account);

/// <summary>Ten codes that each stand once for the authenticator app; stored hashed.</summary>
[GenerateSerializer, Immutable, Alias("slotwright.recovery-codes")]
public sealed record RecoveryCodes([property: Id(0)] IReadOnlyList<string> Codes);

[GenerateSerializer, Immutable, Alias("slotwright.email-change-request")]
public sealed record EmailChangeRequest([property: Id(0)] string SessionToken, [property: Id(1)] string Email, [property: Id(2)] LetterManner Manner);

/// <summary>What a link of an e-mail change is about.</summary>
/// <param name="Email">The address that the login would then have.</param>
/// <param name="Kind">Which of the links this is.</param>
[GenerateSerializer, Immutable, Alias("slotwright.email-change")]
public sealed record EmailChange([property: Id(0)] string Email, [property: Id(1)] EmailLink Kind);

[GenerateSerializer, Immutable, Alias("slotwright.email-change-reply")]
public sealed record EmailChangeReply([property: Id(0)] string Token, [property: Id(1)] bool Agrees, [property: Id(2)] LetterManner Manner);

/// <summary>What came of an answer.</summary>
/// <param name="Email">The address that the change is about.</param>
/// <param name="State">How things stand now.</param>
[GenerateSerializer, Immutable, Alias("slotwright.email-change-answer")]
public sealed record EmailChangeAnswer([property: Id(0)] string Email, [property: Id(1)] EmailChangeState State);

[GenerateSerializer, Alias("slotwright.email-link")]
public enum EmailLink
{
    /// <summary>Sent to the new address.</summary>
    AgreeAtNew = 1,

    /// <summary>Sent to the present address.</summary>
    AgreeAtOld = 2,

    /// <summary>Sent to the former address; sets it back, for 7 days.</summary>
    Undo = 3,
}

[GenerateSerializer, Alias("slotwright.email-change-state")]
public enum EmailChangeState
{
    /// <summary>The other address has still to agree.</summary>
    Waiting = 1,

    Changed = 2,

    Refused = 3,

    SetBack = 4,
}

/// <summary>One open session in its owner's list.</summary>
[GenerateSerializer, Immutable, Alias("slotwright.session-listing")]
public sealed record SessionListing
{
    /// <summary>16 hex digits; opens nothing.</summary>
    [Id(0)] public required string Id { get; init; }

    [Id(1)] public required string Device { get; init; }

    [Id(2)] public required string Host { get; init; }

    [Id(3)] public required Instant StartedAt { get; init; }

    /// <summary>The one that asks.</summary>
    [Id(4)] public required bool IsThis { get; init; }
}

/// <summary>A passkey: a public key whose other half never leaves its owner's device. Nothing in it is secret.</summary>
[GenerateSerializer, Immutable, Alias("slotwright.passkey")]
public sealed record Passkey
{
    /// <summary>URL-safe base64.</summary>
    [Id(0)] public required string CredentialId { get; init; }

    /// <summary>As its owner calls it; 1–60 characters.</summary>
    [Id(1)] public required string Name { get; init; }

    /// <summary>COSE, base64.</summary>
    [Id(2)] public required string PublicKey { get; init; }

    /// <summary>Signatures so far, as the device says; 0 where it does not count.</summary>
    [Id(3)] public required long SignCount { get; init; }

    /// <summary>Comma-separated; may be empty.</summary>
    [Id(4)] public required string Transports { get; init; }

    [Id(5)] public required bool IsUserVerified { get; init; }

    [Id(6)] public required bool IsBackupEligible { get; init; }

    [Id(7)] public required bool IsBackedUp { get; init; }

    [Id(8)] public required Instant CreatedAt { get; init; }
}

[GenerateSerializer, Alias("slotwright.login-refusal")]
public enum LoginRefusal
{
    /// <summary>The session has ended.</summary>
    SignedOut = 1,

    /// <summary>The last sign-in is more than 15 minutes ago: <see cref="IPersonGrain.Confirm"/> first.</summary>
    NotConfirmed = 2,

    WrongPassword = 3,

    PasswordWeak = 4,

    /// <summary>Not the code of this moment, or one that was used before.</summary>
    WrongCode = 5,

    EmailInvalid = 6,

    /// <summary>A second step is set already, or none is.</summary>
    TwoStepUnchanged = 7,

    /// <summary>The passkey is known already, or there are 20.</summary>
    PasskeyNotAdded = 8,

    TooManyTries = 9,
}

[GenerateSerializer, Alias("slotwright.proof-answer")]
public enum ProofAnswer
{
    Proven = 1,

    NotProven = 2,

    /// <summary>More passwords wait to be judged than this machine can judge in good time.</summary>
    TooBusy = 3,
}
