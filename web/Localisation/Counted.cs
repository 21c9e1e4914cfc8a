using System.Globalization;
using Microsoft.Extensions.Localization;

namespace Slotwright.Localisation;

public static class Counted
{
    /// <summary>The sentence <c>name.One</c> or <c>name.Many</c> with the number in it, and what else it says, by the rule of the language: French counts 0 as one.</summary>
    public static LocalizedString Count(this IStringLocalizer text, string name, int number, params object[] more) =>
        text[$"{name}.{(number == 1 || (number == 0 && CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "fr") ? "One" : "Many")}", [number, .. more]];
}
