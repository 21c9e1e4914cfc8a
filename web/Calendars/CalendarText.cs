using System.Globalization;
using System.Text;
using NodaTime;

namespace Slotwright.Calendars;

/// <summary>
/// Writes iCalendar text (RFC 5545): lines end with CR LF and are folded at 75 octets between characters; what a value may not hold is
/// escaped or left out. Times are in UTC, so that no reader needs to know a zone.
/// </summary>
public sealed class CalendarText
{
    private const int MostOctets = 75;

    private readonly StringBuilder text = new();

    /// <summary>A line as it is: names, numbers and words of the standard.</summary>
    public CalendarText Line(string name, string value) => Folded($"{name}:{value}");

    /// <summary>A line whose value people typed.</summary>
    public CalendarText Text(string name, string value) => Folded($"{name}:{Escaped(value)}");

    public CalendarText At(string name, Instant instant) =>
        Folded($"{name}:{instant.InUtc().ToString("uuuuMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)}");

    public override string ToString() => text.ToString();

    private static string Escaped(string value)
    {
        var escaped = new StringBuilder(value.Length);
        foreach (var rune in value.Replace("\r\n", "\n", StringComparison.Ordinal).EnumerateRunes())
        {
            switch (rune.Value)
            {
                case '\\' or ';' or ',':
                    escaped.Append('\\').Append((char)rune.Value);
                    break;
                case '\n' or '\r':
                    escaped.Append("\\n");
                    break;
                default:
                    if (!Rune.IsControl(rune) && rune != Rune.ReplacementChar)
                    {
                        escaped.Append(rune.ToString());
                    }

                    break;
            }
        }

        return escaped.ToString();
    }

    private CalendarText Folded(string line)
    {
        var octets = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > MostOctets)
            {
                text.Append("\r\n ");
                octets = 1;
            }

            text.Append(rune.ToString());
            octets += rune.Utf8SequenceLength;
        }

        text.Append("\r\n");
        return this;
    }
}
