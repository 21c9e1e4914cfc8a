using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using NodaTime;

namespace Slotwright.Team;

/// <summary>Time-based one-time passwords (RFC 6238) as authenticator apps make them: SHA-1, 30 seconds, 6 digits. Pure.</summary>
public static class Authenticator
{
    /// <summary>Of secrets in bytes: as long as the hash, as RFC 4226 recommends.</summary>
    public const int SecretBytes = 20;

    /// <summary>How many steps the clocks may differ, either way.</summary>
    private const int Drift = 1;

    private const int SecondsPerStep = 30;
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>Base32 without padding.</summary>
    public static string NewSecret() => Base32(RandomNumberGenerator.GetBytes(SecretBytes));

    /// <summary>The step of the code, within one of now's; null: not a code of this time.</summary>
    public static long? StepOf(string secret, string code, Instant now)
    {
        if (code.Length != 6 || !code.All(char.IsAsciiDigit))
        {
            return null;
        }

        var key = Bytes(secret);
        var present = now.ToUnixTimeSeconds() / SecondsPerStep;
        long? found = null;
        for (var step = present - Drift; step <= present + Drift; step++)
        {
            // All are looked at, so that the time taken tells nothing.
            if (CryptographicOperations.FixedTimeEquals(System.Text.Encoding.ASCII.GetBytes(CodeAt(key, step)), System.Text.Encoding.ASCII.GetBytes(code)))
            {
                found = step;
            }
        }

        return found;
    }

    /// <summary>What an app shows at that moment.</summary>
    public static string CodeOf(string secret, Instant at) => CodeAt(Bytes(secret), at.ToUnixTimeSeconds() / SecondsPerStep);

    internal static string Base32(ReadOnlySpan<byte> bytes)
    {
        var text = new System.Text.StringBuilder((bytes.Length * 8 / 5) + 1);
        var (buffer, bits) = (0, 0);
        foreach (var one in bytes)
        {
            buffer = ((buffer << 8) | one) & 0xFFFF;
            bits += 8;
            while (bits >= 5)
            {
                bits -= 5;
                text.Append(Alphabet[(buffer >> bits) & 31]);
            }
        }

        return bits == 0 ? text.ToString() : text.Append(Alphabet[(buffer << (5 - bits)) & 31]).ToString();
    }

    private static byte[] Bytes(string base32)
    {
        var bytes = new List<byte>(base32.Length * 5 / 8);
        var (buffer, bits) = (0, 0);
        foreach (var letter in base32)
        {
            buffer = ((buffer << 5) | Alphabet.IndexOf(letter, StringComparison.Ordinal)) & 0xFFFF;
            bits += 5;
            if (bits >= 8)
            {
                bits -= 8;
                bytes.Add((byte)(buffer >> bits));
            }
        }

        return [.. bytes];
    }

#pragma warning disable CA5350 // The algorithm of every authenticator app; HMAC-SHA-1 has no known weakness here.
    private static string CodeAt(byte[] key, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[20];
        HMACSHA1.HashData(key, counter, hash);
        var number = BinaryPrimitives.ReadInt32BigEndian(hash[(hash[19] & 15)..]) & int.MaxValue;
        return (number % 1_000_000).ToString("000000", CultureInfo.InvariantCulture);
    }
#pragma warning restore CA5350
}

/// <summary>Codes on paper that stand in for the app, each once.</summary>
public static class RecoveryCodeRules
{
    public const int Count = 10;

    /// <summary>"k3v7-pq2m-9xth": 60 random bits.</summary>
    public static string New()
    {
        var letters = Authenticator.Base32(RandomNumberGenerator.GetBytes(8))[..12].ToLowerInvariant();
        return $"{letters[..4]}-{letters[4..8]}-{letters[8..]}";
    }

    /// <summary>As compared: blanks, hyphens and case do not count.</summary>
    public static string Fold(string typed) => string.Concat(typed.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
}
