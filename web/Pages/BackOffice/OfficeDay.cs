using NodaTime;
using NodaTime.Text;

namespace Slotwright.Pages.BackOffice;

/// <summary>Days as addresses of the back office carry them: <c>2026-12-09</c>.</summary>
public static class OfficeDay
{
    private static readonly LocalDate Earliest = new(1970, 1, 5);
    private static readonly LocalDate Latest = new(9988, 12, 25);

    public static string Write(LocalDate day) => LocalDatePattern.Iso.Format(day);

    /// <summary>Null for what is no day, or one on which nothing can be placed.</summary>
    public static LocalDate? Read(string? text) =>
        text is not null && LocalDatePattern.Iso.Parse(text).TryGetValue(default, out var day) && day >= Earliest && day <= Latest ? day : null;
}
