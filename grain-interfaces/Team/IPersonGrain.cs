using NodaTime;
using Slotwright.Tenancy;

namespace Slotwright.Team;

/// <summary>One login. Key: the person's id. Answers before a tenant is known, and never says which part of a sign-in was wrong.</summary>
[EntranceGrain, Alias("slotwright.person-grain")]
public interface IPersonGrain : IGrainWithStringKey
{
    /// <summary>
    /// Opens a session when the password is right. Refuses with the same words whatever was wrong. Web slows each address; here
    /// nobody is locked out, because strangers could do that to anyone, and it would tell known logins from unknown ones.
    /// </summary>
    [Alias("sign-in")]
    Task<Outcome<Session, SignInRefusal>> SignIn(string password);

    /// <summary>Sets the password by a one-time token (7 days) and opens a session; the token then is spent.</summary>
    [Alias("set-password")]
    Task<Outcome<Session, SignInRefusal>> SetPassword(string token, string password);

    /// <summary>True while the token would still set the password.</summary>
    [Alias("token-is-good")]
    Task<bool> TokenIsGood(string token);

    /// <summary>Null: ended, unknown or older than 30 days.</summary>
    [Alias("resume")]
    Task<Session?> Resume(string sessionToken);

    [Alias("sign-out")]
    Task SignOut(string sessionToken);
}

/// <summary>A signed-in person and what they may open.</summary>
[GenerateSerializer, Immutable, Alias("slotwright.session")]
public sealed record Session
{
    [Id(0)] public required int PersonId { get; init; }

    [Id(1)] public required string Email { get; init; }

    /// <summary>Random, 43 characters; stored hashed.</summary>
    [Id(2)] public required string Token { get; init; }

    [Id(3)] public required Instant StartedAt { get; init; }

    /// <summary>Accounts that this person administers, ascending by name.</summary>
    [Id(4)] public required IReadOnlyList<Membership> Memberships { get; init; }

    /// <summary>Runs the platform.</summary>
    [Id(5)] public required bool IsOperator { get; init; }
}

[GenerateSerializer, Immutable, Alias("slotwright.membership")]
public sealed record Membership([property: Id(0)] int AccountId, [property: Id(1)] string AccountName);

[GenerateSerializer, Alias("slotwright.sign-in-refusal")]
public enum SignInRefusal
{
    /// <summary>Whatever was wrong: the login, the password, or both.</summary>
    NotRecognised = 1,

    /// <summary>The link was used, is older than 7 days, or never was one.</summary>
    TokenSpent = 2,

    PasswordWeak = 3,
}
