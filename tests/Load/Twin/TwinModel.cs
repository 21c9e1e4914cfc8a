using System.Globalization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Slotwright.Load;

/// <summary>A Razor page with the booking page's markup, its loops and its form's token, and with constants in the place of what the product has to find out.</summary>
public sealed class TwinModel : PageModel
{
    public static IReadOnlyList<TwinDay> Days { get; } =
        [.. Enumerable.Range(7, 7).Select(day => new TwinDay($"/schedule/corner-barber/Chairs?day=2026-12-{day:00}", "1796598000", "1796684400", "Mon", Text(day), "18", "free", $"Monday {day} December", "18 free times"))];

    private static readonly Dictionary<string, TwinTime[]> Times = new()
    {
        ["Morning"] = Between(18, 24),
        ["Afternoon"] = Between(24, 34),
        ["Evening"] = Between(34, 36),
    };

    public static IReadOnlyList<TwinTime> Of(string part) => Times[part];

    private static TwinTime[] Between(int first, int end) => [.. Enumerable.Range(first, end - first).Select(half =>
    {
        var clock = string.Create(CultureInfo.InvariantCulture, $"{half / 2:00}:{half % 2 * 30:00}");
        return new TwinTime($"/schedule/corner-barber/Chairs?at=2026-12-07T{clock}%2B01%3A00", "1796630400", $"2026-12-07T{clock}+01:00", $"Monday 7 December, {clock} – {clock}", clock);
    })];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

public sealed record TwinDay(string Address, string From, string To, string Weekday, string Number, string Free, string Word, string Name, string Count);

public sealed record TwinTime(string Address, string Seconds, string At, string When, string Label);
