namespace Slotwright.Platform;

/// <summary>Seals what must be readable again, and proves what must not be forged, with a key that the database does not hold.</summary>
public interface ISecrets
{
    /// <summary>Authenticated encryption; another result each time.</summary>
    string Seal(string purpose, string plain);

    /// <summary>Throws <see cref="System.Security.Cryptography.CryptographicException"/> when the text is not one of ours or the key is another.</summary>
    string Unseal(string purpose, string sealedText);

    /// <summary>First 128 bits of an HMAC-SHA-256 in 32 lower-case hex digits; the same for the same input.</summary>
    string Prove(string purpose, string text);
}
