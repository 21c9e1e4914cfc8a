using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Slotwright.Accounts;
using Slotwright.Tenancy;

namespace Slotwright.Api;

/// <summary>
/// Who calls the API. A key opens exactly one account; an account named beside it must be that one. Keys are looked up by
/// their hash, and neither keys nor headers are kept.
/// </summary>
internal sealed class ApiCredentials(Faces faces)
{
    private const int MostSeen = 10_000;
    private const int LongestKey = 200;

    private readonly ConcurrentDictionary<Digest, Presented> seen = new();

    /// <summary>By the Authorization header; null: nobody's. Basic carries account and key, Bearer the key.</summary>
    public ValueTask<AccountReference?> ByHeader(string header, string? accountParameter)
    {
        var digest = Digest.Of(header);
        if (!seen.TryGetValue(digest, out var presented))
        {
            presented = Read(header);
            Remember(digest, presented);
        }

        return presented is null
            ? default
            : Check(presented.Account is null && !string.IsNullOrEmpty(accountParameter) ? new Presented(presented.KeyHash, accountParameter) : presented);
    }

    /// <summary>By the parameters <c>account</c> and <c>api_key</c>; the key alone is enough.</summary>
    public ValueTask<AccountReference?> ByParameters(string? account, string? key) =>
        string.IsNullOrEmpty(key) || key.Length > LongestKey
            ? default
            : Check(new Presented(HashOf(key), string.IsNullOrEmpty(account) ? null : account));

    /// <summary>True: the header is of a scheme that names a key.</summary>
    public static bool IsKnownScheme(string header) =>
        header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase) || header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase);

    private async ValueTask<AccountReference?> Check(Presented presented)
    {
        var reference = await faces.AccountByKeyHash(presented.KeyHash);
        if (reference is null || presented.Account is null || ReferenceEquals(reference, presented.Verified))
        {
            return reference;
        }

        if (!await IsNameOf(reference, presented.Account))
        {
            return null;
        }

        presented.Verified = reference;
        return reference;
    }

    private async ValueTask<bool> IsNameOf(AccountReference reference, string account)
    {
        var given = Encoding.UTF8.GetBytes(Names.Fold(account));
        var present = Encoding.UTF8.GetBytes(Names.Fold(reference.Name));
        if (CryptographicOperations.FixedTimeEquals(given, present))
        {
            return true;
        }

        // A former name of a living account still authenticates.
        var named = await faces.AccountByName(account);
        return named?.AccountId == reference.AccountId;
    }

    private static Presented? Read(string header)
    {
        var blank = header.IndexOf(' ', StringComparison.Ordinal);
        var rest = header.AsSpan(blank + 1).Trim();
        if (header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
        {
            return rest.Length is 0 or > LongestKey ? null : new Presented(HashOf(rest.ToString()), null);
        }

        Span<byte> bytes = stackalloc byte[512];
        if (rest.Length > 640 || !Convert.TryFromBase64Chars(rest, bytes, out var length))
        {
            return null;
        }

        var pair = Encoding.UTF8.GetString(bytes[..length]);
        var colon = pair.IndexOf(':', StringComparison.Ordinal);
        var key = colon < 0 ? "" : pair[(colon + 1)..];
        if (key.Length is 0 or > LongestKey)
        {
            return null;
        }

        return new Presented(HashOf(key), colon == 0 ? null : pair[..colon]);
    }

    private void Remember(Digest digest, Presented? presented)
    {
        if (presented is null)
        {
            return;
        }

        if (seen.Count >= MostSeen)
        {
            seen.Clear();
        }

        seen[digest] = presented;
    }

    private static string HashOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    private sealed class Presented(string keyHash, string? account)
    {
        public string KeyHash { get; } = keyHash;

        public string? Account { get; } = account;

        /// <summary>The answer of the directory for which the account's name was found right.</summary>
        public AccountReference? Verified { get; set; }
    }

    private readonly record struct Digest(ulong A, ulong B, ulong C, ulong D)
    {
        public static Digest Of(string header)
        {
            Span<byte> hash = stackalloc byte[32];
            SHA256.HashData(MemoryMarshal.AsBytes(header.AsSpan()), hash);
            var parts = MemoryMarshal.Cast<byte, ulong>(hash);
            return new Digest(parts[0], parts[1], parts[2], parts[3]);
        }
    }
}
