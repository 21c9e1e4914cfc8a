using System.Globalization;
using System.Text;

namespace Slotwright.Appointments;

/// <summary>
/// What appointments are found by: one line of folded words. Folding is done here and not by a database, so that both find the same:
/// compatibility forms are taken apart, marks (accents, dots) dropped, letters of one sound that no mark tells apart written plainly
/// (ß, ø, æ, œ, ł, đ, ð, þ, ı), case lowered.
/// </summary>
public static class FindText
{
    private const int MostWords = 8;

    // An index holds no longer rows, and some letters come apart into many.
    private const int MostCharacters = 600;

    /// <summary>Name, e-mail and the digits of the telephone numbers, each once, with a blank before each.</summary>
    public static string Of(CustomerDetails customer)
    {
        var all = string.Concat(
            new[] { Fold(customer.Name), Fold(customer.Email), Digits(customer.Phone), Digits(customer.Mobile) }
                .Where(part => part.Length > 0).Distinct().Select(part => " " + part));
        return all.Length <= MostCharacters ? all
            : char.IsHighSurrogate(all[MostCharacters - 1]) ? all[..(MostCharacters - 1)]
            : all[..MostCharacters];
    }

    /// <summary>The words to look for, folded; a text that looks like a telephone number is one word. At most eight.</summary>
    public static IReadOnlyList<string> Words(string text)
    {
        var folded = Fold(text);
        return IsTelephone(folded)
            ? [Digits(folded)]
            : [.. folded.Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct().Take(MostWords)];
    }

    /// <summary>The number of an appointment; null for a text that is none.</summary>
    public static int? Number(string text) =>
        int.TryParse(text.Trim().TrimStart('#'), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static bool IsTelephone(string text) =>
        text.Count(char.IsAsciiDigit) >= 6 && text.All(character => char.IsAsciiDigit(character) || " +-./()".Contains(character, StringComparison.Ordinal));

    private static string Digits(string text) => string.Concat(text.Where(char.IsAsciiDigit));

    private static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var character in WellFormed(text).Normalize(NormalizationForm.FormKD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(character) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format)
            {
                continue;
            }

            folded.Append(char.IsWhiteSpace(character) || char.IsControl(character) ? " " : Plain(char.ToLowerInvariant(character)));
        }

        return string.Join(' ', folded.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    private static string Plain(char character) => character switch
    {
        'ß' => "ss",
        'ø' => "o",
        'æ' => "ae",
        'œ' => "oe",
        'ł' => "l",
        'đ' or 'ð' => "d",
        'þ' => "th",
        'ı' => "i",
        '’' or '‘' => "'",
        _ => character.ToString(),
    };

    // Half a surrogate pair cannot be normalised.
    private static string WellFormed(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
