namespace Slotwright.Api;

/// <summary>Which addresses may be remembered as they came: short ones, that hold no secret.</summary>
internal static class AskedAddress
{
    private const int Longest = 300;

    private static readonly string[] Secrets = ["key", "checksum", "token"];

    /// <param name="address">Path and query, or a query alone, as on the wire.</param>
    public static bool MayBeKept(string address)
    {
        if (address.Length >= Longest)
        {
            return false;
        }

        var plain = address.Contains('%', StringComparison.Ordinal) ? Uri.UnescapeDataString(address) : address;
        foreach (var secret in Secrets)
        {
            if (plain.Contains(secret, StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }
        }

        return true;
    }
}
