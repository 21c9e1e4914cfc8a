using System.Globalization;
using System.Net.Mail;
using System.Text;

namespace Slotwright.Pages;

/// <summary>What people typed, made safe to store and show: nothing invisible that could mislead a reader or break a mail or a file.</summary>
public static class TypedText
{
    /// <summary>
    /// One line: trimmed, white space joined to single blanks, composed (NFC); control characters, direction overrides and broken
    /// surrogates are left out.
    /// </summary>
    public static string Line(string? typed) => string.Join(' ', Visible(typed).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>As <see cref="Line"/>, but line breaks stay; trailing blanks of lines do not.</summary>
    public static string Lines(string? typed) =>
        string.Join('\n', Visible(typed).Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Split('\n').Select(line => line.TrimEnd())).Trim();

    /// <summary>One address with a dotted host: what mail servers accept, without display name, comment or quoting.</summary>
    public static bool IsEmail(string text)
    {
        if (text.Length is 0 or > 254 || text.Any(character => char.IsWhiteSpace(character) || character is '"' or ',' or ';' or '<' or '>' or '(' or ')'))
        {
            return false;
        }

        var host = text[(text.LastIndexOf('@') + 1)..];
        return MailAddress.TryCreate(text, out var address)
            && address.Address == text
            && address.User.Length <= 64
            && host.Contains('.', StringComparison.Ordinal)
            && EmailAddresses.IsHostName(host)
            && host.Split('.').All(label => label.Length is > 0 and <= 63);
    }

    private static string Visible(string? typed)
    {
        var kept = new StringBuilder(typed?.Length ?? 0);
        foreach (var rune in (typed ?? "").EnumerateRunes())
        {
            if (rune != Rune.ReplacementChar && IsVisible(rune))
            {
                kept.Append(rune);
            }
        }

        return WithoutStacks(kept.ToString().Normalize(NormalizationForm.FormC));
    }

    /// <summary>Accents pile up to four on a letter, more than any writing needs; further ones would smear the lines around.</summary>
    private static string WithoutStacks(string text)
    {
        const int MostMarks = 4;
        var kept = new StringBuilder(text.Length);
        var marks = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            marks = Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark ? marks + 1 : 0;
            if (marks <= MostMarks)
            {
                kept.Append(rune);
            }
        }

        return kept.ToString();
    }

    // Joiners (U+200C, U+200D) stay: Persian names and emoji need them.
    private static bool IsVisible(Rune rune) => rune.Value switch
    {
        '\n' or '\r' or '\t' or 0x200C or 0x200D => true,
        >= 0xE0020 and <= 0xE007F => true,
        _ => Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse),
    };
}
