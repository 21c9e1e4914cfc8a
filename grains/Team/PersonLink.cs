using System.Security.Cryptography;
using System.Text;
using NodaTime;
using Slotwright.Platform;

namespace Slotwright.Team;

/// <summary>Stored by number.</summary>
public enum PersonLinkKind
{
    PasswordReset = 1,
    Invitation = 2,
    EmailAgreeAtNew = 3,
    EmailAgreeAtOld = 4,
    EmailUndo = 5,
}

/// <summary>
/// A link that a person gets by mail, good once. Its token is the row's random name and a proof made with a secret that the database
/// does not hold: a leaked row opens nothing, and the mail that is written later can still name it.
/// </summary>
public sealed record PersonLink
{
    private const int NameLength = 22;
    private const string Purpose = "person-link";

    /// <summary>16 random bytes, URL-safe.</summary>
    public required string Id { get; init; }

    public required int PersonId { get; init; }

    public required PersonLinkKind Kind { get; init; }

    /// <summary>The address that it is about; empty for links that set a password.</summary>
    public string Email { get; init; } = "";

    /// <summary>What the links of one e-mail change have in common; else empty.</summary>
    public string Pair { get; init; } = "";

    public required Instant MadeAt { get; init; }

    public required Instant ExpiresAt { get; init; }

    public Instant? SpentAt { get; init; }

    public bool SetsPassword => Kind is PersonLinkKind.PasswordReset or PersonLinkKind.Invitation;

    public static PersonLink New(int personId, PersonLinkKind kind, Instant now, string email = "", string pair = "") => new()
    {
        Id = OneTimeToken.New(16),
        PersonId = personId,
        Kind = kind,
        Email = email,
        Pair = pair,
        MadeAt = now,
        ExpiresAt = now + Lifetime(kind),
    };

    public static Duration Lifetime(PersonLinkKind kind) => kind switch
    {
        PersonLinkKind.PasswordReset => Duration.FromHours(1),
        PersonLinkKind.EmailAgreeAtNew or PersonLinkKind.EmailAgreeAtOld => Duration.FromHours(24),
        _ => Duration.FromDays(7),
    };

    public static string Token(ISecrets secrets, string id) => id + secrets.Prove(Purpose, id);

    /// <summary>Null: not a token of ours.</summary>
    public static string? IdOf(ISecrets secrets, string token)
    {
        if (token.Length <= NameLength)
        {
            return null;
        }

        var id = token[..NameLength];
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Token(secrets, id)), Encoding.UTF8.GetBytes(token)) ? id : null;
    }

    public bool IsGood(int personId, Instant now) => PersonId == personId && SpentAt is null && now < ExpiresAt;
}
