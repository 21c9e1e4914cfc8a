using System.Globalization;
using System.Text;

namespace Slotwright;

/// <summary>How names are compared: blank, underscore and hyphen are one character, case and surrounding space do not count.</summary>
public static class Names
{
    /// <summary>The form in which two equal names are equal strings; empty for a name without letters or digits.</summary>
    public static string Fold(string name)
    {
        // A lone surrogate cannot be normalised: the round trip turns it into the replacement character.
        var text = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(name));
        var folded = new StringBuilder(text.Length);
        foreach (var character in text.Trim().Normalize(NormalizationForm.FormC))
        {
            folded.Append(character is ' ' or '_' or '-' ? '-' : char.ToLower(character, CultureInfo.InvariantCulture));
        }

        return folded.ToString();
    }

    /// <summary>Trimmed, lower case: how e-mail addresses are compared.</summary>
    public static string FoldEmail(string email) => email.Trim().ToLowerInvariant();
}
