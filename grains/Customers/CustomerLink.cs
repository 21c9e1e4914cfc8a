using System.Security.Cryptography;
using System.Text;
using NodaTime;
using Slotwright.Platform;

namespace Slotwright.Customers;

/// <summary>
/// A link to the appointments of one e-mail at one account. Its token is the row's random name and a proof made with a secret that
/// the database does not hold: a leaked row opens nothing, and the mail that is written later can still name it.
/// </summary>
public sealed record CustomerLink
{
    public static readonly Duration Lifetime = Duration.FromHours(1);

    private const int NameLength = 22;
    private const string Purpose = "customer-link";

    /// <summary>16 random bytes, URL-safe.</summary>
    public required string Id { get; init; }

    public required int AccountId { get; init; }

    /// <summary>Normalised.</summary>
    public required string Email { get; init; }

    public required string Language { get; init; }

    public required Instant MadeAt { get; init; }

    public static CustomerLink New(int accountId, string email, string language, Instant now) => new()
    {
        Id = OneTimeToken.New(16),
        AccountId = accountId,
        Email = email,
        Language = language is "fr" or "nl" ? language : "en",
        MadeAt = now,
    };

    public bool IsGood(int accountId, Instant now) => AccountId == accountId && now < MadeAt + Lifetime;

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
}
