using System.Globalization;

namespace Slotwright.Accounts;

/// <summary>Host names as they are stored and compared: ASCII, lower case, without a trailing dot.</summary>
public static class HostNames
{
    private const int Longest = 253;

    /// <summary>Null: not a host name with a dot in it. "Bücher.example." is <c>xn--bcher-kva.example</c>.</summary>
    public static string? Tidy(string typed)
    {
        ArgumentNullException.ThrowIfNull(typed);
        return Ascii(typed.Trim().TrimEnd('.')) is { } name && name.Length <= Longest && name.Contains('.', StringComparison.Ordinal) && Uri.CheckHostName(name) == UriHostNameType.Dns
            ? name
            : null;
    }

    /// <summary>As the DNS has it, in lower case; null: the name cannot stand there.</summary>
    public static string? Ascii(string name)
    {
        try
        {
            return new IdnMapping().GetAscii(name).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
