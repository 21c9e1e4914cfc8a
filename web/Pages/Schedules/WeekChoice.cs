using System.Globalization;
using NodaTime;
using NodaTime.Text;
using Slotwright.Schedules;

namespace Slotwright.Pages.Schedules;

/// <summary>
/// What a visitor asked of the week view by the address: a day or a week, a resource, a length. What does not make sense is left
/// out, so a mistyped address shows the week of today.
/// </summary>
public sealed record WeekChoice
{
    public const string DayKey = "day";
    public const string WeekKey = "week";
    public const string ResourceKey = "resource";
    public const string LengthKey = "length";
    public const string AtKey = "at";
    public const string NextKey = "next";
    public const string Anyone = "any";

    public LocalDate? Day { get; init; }

    /// <summary>Any day of the wanted week.</summary>
    public LocalDate? Week { get; init; }

    /// <summary>The chosen time; null: none yet.</summary>
    public ChosenTime? At { get; init; }

    /// <summary>One of the schedule's; null: anyone.</summary>
    public int? ResourceId { get; init; }

    /// <summary>Minutes, one that the schedule offers; null: its default.</summary>
    public int? Length { get; init; }

    public static WeekChoice Read(IQueryCollection query, ScheduleFace schedule)
    {
        var at = ChosenTime.Read(query[AtKey]);
        return Of(query[ResourceKey], query[LengthKey], schedule) with { Day = at?.Date ?? Date(query[DayKey]), Week = Date(query[WeekKey]), At = at };
    }

    /// <summary>Resource and length as a form or an address names them.</summary>
    public static WeekChoice Of(string? resource, string? length, ScheduleFace schedule) => new()
    {
        ResourceId = Number(resource) is { } id && schedule.Resources.Any(known => known.Id == id) ? id : null,
        Length = !schedule.Length.IsFixed && Number(length) is { } minutes && Lengths(schedule.Length).Contains(minutes) ? minutes : null,
    };

    /// <summary>Every length that customers may choose, shortest first; one for a fixed length.</summary>
    public static IEnumerable<int> Lengths(AppointmentLength length)
    {
        if (length.IsFixed || length.IncrementMinutes < 1)
        {
            yield return length.DefaultMinutes;
            yield break;
        }

        for (var minutes = length.MinimumMinutes; minutes <= length.MaximumMinutes; minutes += length.IncrementMinutes)
        {
            yield return minutes;
        }
    }

    private static int? Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static LocalDate? Date(string? text) =>
        text is not null && LocalDatePattern.Iso.Parse(text).TryGetValue(LocalDate.MinIsoValue, out var date) ? date : null;
}
