using System.Text;
using System.Text.RegularExpressions;

namespace Slotwright.Mail;

/// <summary>What people typed, made fit for a mail: no controls, no hidden turns of direction, no half characters, not endless.</summary>
internal static partial class CleanText
{
    /// <summary>One line: line breaks and tabs become blanks. At most <paramref name="limit"/> characters.</summary>
    public static string Line(string? text, int limit = 300) => Clean(text, limit, keepLines: false);

    /// <summary>Several lines, broken by LF.</summary>
    public static string Lines(string? text, int limit = 2000) => Clean(text, limit, keepLines: true);

    /// <summary>
    /// A name by which a customer may be greeted, or empty. Whoever books types any name and any address: a "name" that a mail
    /// program would make a link of would let strangers send their links in the account's name.
    /// </summary>
    public static string Greeting(string? name)
    {
        var line = Line(name, 60);
        return LooksLikeLink().IsMatch(line) ? "" : line;
    }

    private static string Clean(string? text, int limit, bool keepLines)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        var clean = new StringBuilder(Math.Min(text.Length, limit));
        foreach (var rune in text.ReplaceLineEndings("\n").EnumerateRunes())
        {
            if (clean.Length + rune.Utf16SequenceLength > limit)
            {
                clean.Append('…');
                break;
            }

            if (rune.Value == '\n' && keepLines)
            {
                clean.Append('\n');
            }
            else if (rune.Value is '\n' or '\t')
            {
                clean.Append(' ');
            }
            else if (!IsHidden(rune))
            {
                clean.Append(rune.ToString());
            }
        }

        return clean.ToString().Trim();
    }

    // Controls, and the marks that turn the reading direction or hide what is read; joiners stay, scripts and emoji need them.
    private static bool IsHidden(Rune rune) =>
        Rune.IsControl(rune) || rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) or 0x2028 or 0x2029 or 0xFEFF or 0x061C or 0x200E or 0x200F;

    [GeneratedRegex(@"[:/@\\<>]|\bwww\.|\w\.\w{2,}", RegexOptions.IgnoreCase)]
    private static partial Regex LooksLikeLink();
}
