using NodaTime;
using Slotwright.Accounts;

namespace Slotwright.Team;

/// <summary>The rows of persons, sessions and data-protection keys.</summary>
public interface IPersonStore
{
    Task<PersonRow?> Load(int personId);

    Task<int?> FindByEmail(string normalisedEmail);

    /// <summary>The owner of the account of that folded name.</summary>
    Task<int?> FindOwner(string foldedAccountName);

    /// <summary>Makes the operator when nobody has the e-mail, or gives the existing person the operator's role; answers the id.</summary>
    Task<int> MakeOperator(NewPerson person);

    /// <summary>True when some operator has a password.</summary>
    Task<bool> HasOperator();

    Task SetToken(int personId, string tokenHash, Instant expiresAt);

    /// <summary>Sets the password, spends the token and ends all sessions; false when the token is not the stored one or has expired.</summary>
    Task<bool> SpendToken(int personId, string tokenHash, string passwordHash, Instant now);

    /// <summary>Replaces the hash after a sign-in with an outdated one.</summary>
    Task Rehash(int personId, string passwordHash);

    Task OpenSession(int personId, SessionRow session);

    /// <summary>A session that is open; null when it has ended or is not this person's.</summary>
    Task<SessionRow?> FindSession(string tokenHash, int personId);

    Task EndSession(string tokenHash, Instant now);

    Task<IReadOnlyList<Membership>> Memberships(int personId);

    Task<IReadOnlyList<string>> KeyRing();

    Task AddToKeyRing(string friendlyName, string sealedXml, Instant now);
}

public sealed record PersonRow
{
    public required int Id { get; init; }

    public required string Email { get; init; }

    public required string? PasswordHash { get; init; }

    public required bool IsOperator { get; init; }

    public required string? TokenHash { get; init; }

    public required Instant? TokenExpiresAt { get; init; }

    /// <summary>Of the authenticator app; null: none was made.</summary>
    public required string? AuthenticatorSealed { get; init; }

    /// <summary>Null: sign-in has one step.</summary>
    public required Instant? TwoStepSince { get; init; }
}
