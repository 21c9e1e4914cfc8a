using System.Globalization;
using System.Text.RegularExpressions;
using NodaTime;
using NodaTime.Text;

namespace Slotwright.Pages.BackOffice.Schedules;

/// <summary>Times, dates and numbers as people type them.</summary>
public static partial class TypedTime
{
    /// <summary>"9", "9:30", "09.30", "9h30" or "24:00" (the midnight that follows); null for what is none.</summary>
    public static LocalTime? Time(string? typed)
    {
        if (typed is null or { Length: > 10 } || Clock().Match(typed.Trim()) is not { Success: true } match)
        {
            return null;
        }

        var hour = int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
        var minute = match.Groups[2].Success ? int.Parse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture) : 0;
        return (hour, minute) switch
        {
            (24, 0) => LocalTime.Midnight,
            ( < 24, < 60) => new LocalTime(hour, minute),
            _ => null,
        };
    }

    /// <summary>"2026-12-25", within the years that a schedule can hold; null for what is none.</summary>
    public static LocalDate? Date(string? typed) =>
        typed is { Length: <= 12 } && LocalDatePattern.Iso.Parse(typed.Trim()).TryGetValue(default, out var date) && date.Year is >= 2000 and <= 2999 ? date : null;

    /// <summary>A whole number of at most nine digits; null for what is none.</summary>
    public static int? Number(string? typed) =>
        typed is { Length: <= 12 } && int.TryParse(typed.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static string Write(LocalTime time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(\d{1,2})(?:[:.hH](\d{2})?)?$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex Clock();
}
