using System.Globalization;

namespace Slotwright.Mail;

/// <summary>An account's colour in a mail: only as a ground, with the text on it that can be read.</summary>
internal static class Colours
{
    private const string Neutral = "#3d4a57";

    /// <summary>The colour when it is <c>#rrggbb</c>, else a neutral one.</summary>
    public static string Valid(string colour) =>
        colour.Length == 7 && colour[0] == '#' && colour.Skip(1).All(char.IsAsciiHexDigit) ? colour.ToLowerInvariant() : Neutral;

    /// <summary>White where it has a contrast of 4.5 on the ground, else black, which then has it.</summary>
    public static string LegibleOn(string ground) => Contrast("#ffffff", ground) >= 4.5 ? "#ffffff" : "#000000";

    /// <summary>WCAG 2 contrast of two colours, 1–21.</summary>
    public static double Contrast(string one, string other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static double Luminance(string colour) =>
        (0.2126 * Channel(colour, 1)) + (0.7152 * Channel(colour, 3)) + (0.0722 * Channel(colour, 5));

    private static double Channel(string colour, int at)
    {
        var value = int.Parse(colour.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
    }
}
