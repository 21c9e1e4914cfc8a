using System.Text.RegularExpressions;

namespace Slotwright.Accounts;

/// <summary>Which lists of sites may show an account's public pages in a frame.</summary>
public static partial class FramingSites
{
    private const int Most = 20;
    private const int LongestOrigin = 260;

    /// <summary>
    /// Origins parted by single blanks, or nothing. They stand in a header that parts what it says by semicolons and commas: nothing but plain
    /// origins gets there.
    /// </summary>
    public static bool IsValid(string origins) =>
        origins.Length == 0 || (origins.Split(' ') is { Length: <= Most } each && each.All(origin => origin.Length <= LongestOrigin && Origin().IsMatch(origin)));

    [GeneratedRegex(@"^https://(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}(:[0-9]{1,5})?\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex Origin();
}
