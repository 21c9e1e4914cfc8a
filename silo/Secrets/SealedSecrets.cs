using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Slotwright.Platform;

namespace Slotwright.Secrets;

/// <summary>
/// AES-256-GCM with the purpose as associated data, and HMAC-SHA-256; both keys are derived by HKDF from one secret. A sealed text is
/// base64url of: format 1 (1 byte), nonce (12), tag (16), cipher text.
/// </summary>
internal sealed class SealedSecrets : ISecrets
{
    private const byte Format = 1;
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const int HeadLength = 1 + NonceLength + TagLength;

    private readonly byte[] sealing;
    private readonly byte[] proving;

    public SealedSecrets(ReadOnlySpan<byte> secret)
    {
        sealing = Derive(secret, "slotwright seal 1");
        proving = Derive(secret, "slotwright prove 1");
    }

    public string Seal(string purpose, string plain)
    {
        var text = Encoding.UTF8.GetBytes(plain);
        var result = new byte[HeadLength + text.Length];
        result[0] = Format;
        var nonce = result.AsSpan(1, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(sealing, TagLength);
        aes.Encrypt(nonce, text, result.AsSpan(HeadLength), result.AsSpan(1 + NonceLength, TagLength), Encoding.UTF8.GetBytes(purpose));
        return Base64Url.EncodeToString(result);
    }

    public string Unseal(string purpose, string sealedText)
    {
        byte[] given;
        try
        {
            given = Base64Url.DecodeFromChars(sealedText);
        }
        catch (FormatException fault)
        {
            throw new CryptographicException("This is not a sealed text.", fault);
        }

        if (given.Length < HeadLength || given[0] != Format)
        {
            throw new CryptographicException("This is not a sealed text of a known format.");
        }

        var plain = new byte[given.Length - HeadLength];
        using var aes = new AesGcm(sealing, TagLength);
        aes.Decrypt(
            given.AsSpan(1, NonceLength), given.AsSpan(HeadLength), given.AsSpan(1 + NonceLength, TagLength), plain, Encoding.UTF8.GetBytes(purpose));
        return Encoding.UTF8.GetString(plain);
    }

    public string Prove(string purpose, string text)
    {
        // The purpose's length goes first, so that purpose and text cannot be cut in another place.
        var name = Encoding.UTF8.GetBytes(purpose);
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, proving);
        hmac.AppendData(BitConverter.GetBytes(System.Net.IPAddress.HostToNetworkOrder(name.Length)));
        hmac.AppendData(name);
        hmac.AppendData(Encoding.UTF8.GetBytes(text));
        return Convert.ToHexStringLower(hmac.GetHashAndReset().AsSpan(0, 16));
    }

    private static byte[] Derive(ReadOnlySpan<byte> secret, string use)
    {
        var key = new byte[32];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, key, default, Encoding.UTF8.GetBytes(use));
        return key;
    }
}
