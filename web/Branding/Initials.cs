using System.Globalization;

namespace Slotwright.Branding;

/// <summary>One or two letters that stand where a logo would.</summary>
public static class Initials
{
    /// <summary>First letters of the last two words: "The Corner Barber" is CB.</summary>
    public static string Of(string name) =>
        string.Concat(name.Split(' ', StringSplitOptions.RemoveEmptyEntries).TakeLast(2).Select(word => StringInfo.GetNextTextElement(word))).ToUpper(CultureInfo.CurrentUICulture);
}
