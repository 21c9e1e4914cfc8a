using System.Text;
using Microsoft.Extensions.Localization;

namespace Slotwright.Pages;

/// <summary>
/// A language of which no page was written: every sentence of the resources in letters that stand nowhere else. What is still to be read in
/// plain letters comes from data, from the calendar, or was written into the page.
/// </summary>
internal sealed class PseudoLanguage(IStringLocalizerFactory real) : IStringLocalizerFactory
{
    public IStringLocalizer Create(Type resourceSource) => new Localizer(real.Create(resourceSource));

    public IStringLocalizer Create(string baseName, string location) => new Localizer(real.Create(baseName, location));

    /// <summary>Letters become their wide forms, places for values stay.</summary>
    public static string Say(string sentence)
    {
        var said = new StringBuilder(sentence.Length);
        var inPlace = false;
        foreach (var character in sentence)
        {
            inPlace = character switch { '{' => true, '}' => false, _ => inPlace };
            said.Append(!inPlace && char.IsAsciiLetter(character) ? (char)(character - '!' + '！') : character);
        }

        return said.ToString();
    }

    private sealed class Localizer(IStringLocalizer real) : IStringLocalizer
    {
        public LocalizedString this[string name] => real[name] is var found && found.ResourceNotFound ? found : new LocalizedString(name, Say(found.Value));

        public LocalizedString this[string name, params object[] arguments] =>
            real[name] is var found && found.ResourceNotFound
                ? found
                : new LocalizedString(name, string.Format(System.Globalization.CultureInfo.CurrentCulture, Say(found.Value), arguments));

        public IEnumerable<LocalizedString> GetAllStrings(bool includeParentCultures) => real.GetAllStrings(includeParentCultures);
    }
}
