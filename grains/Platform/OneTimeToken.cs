using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Slotwright.Platform;

/// <summary>Random words for links and sessions, and the form in which they are stored.</summary>
public static class OneTimeToken
{
    /// <summary>URL-safe, without padding; 256 bits unless said otherwise.</summary>
    public static string New(int bytes = 32) => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(bytes));

    /// <summary>SHA-256 in lower-case hex: enough for what is random.</summary>
    public static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
