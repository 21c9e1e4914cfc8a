using System.Globalization;

namespace Slotwright.Branding;

/// <summary>An opaque sRGB colour, <c>#rrggbb</c>.</summary>
public readonly record struct Shade(byte Red, byte Green, byte Blue)
{
    public static Shade White { get; } = new(255, 255, 255);

    public static Shade Black { get; } = new(0, 0, 0);

    /// <summary>Relative luminance of WCAG 2.2: 0 for black, 1 for white.</summary>
    public double Luminance => (0.2126 * Linear(Red)) + (0.7152 * Linear(Green)) + (0.0722 * Linear(Blue));

    /// <summary>Null for anything but <c>#</c> and six hex digits.</summary>
    public static Shade? Parse(string text) =>
        text.Length == 7 && text[0] == '#' && uint.TryParse(text.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            ? new Shade((byte)(value >> 16), (byte)(value >> 8), (byte)value)
            : null;

    /// <summary>Contrast ratio of WCAG 2.2, from 1 to 21; the same both ways.</summary>
    public double Contrast(Shade other)
    {
        var (lighter, darker) = (Math.Max(Luminance, other.Luminance), Math.Min(Luminance, other.Luminance));
        return (lighter + 0.05) / (darker + 0.05);
    }

    /// <summary>This colour with so much of another one: 0 is this, 1 the other.</summary>
    public Shade Mixed(Shade other, double share) =>
        new(Between(Red, other.Red, share), Between(Green, other.Green, share), Between(Blue, other.Blue, share));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"#{Red:x2}{Green:x2}{Blue:x2}");

    private static byte Between(byte from, byte to, double share) => (byte)Math.Round(from + ((to - from) * share), MidpointRounding.AwayFromZero);

    private static double Linear(byte channel)
    {
        var share = channel / 255.0;
        return share <= 0.04045 ? share / 12.92 : Math.Pow((share + 0.055) / 1.055, 2.4);
    }
}
