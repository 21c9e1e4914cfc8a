using System.Globalization;
using NodaTime;
using Slotwright.Schedules;

namespace Slotwright.Pages.BackOffice;

/// <summary>How the calendar is drawn.</summary>
public enum CalendarView
{
    /// <summary>One week, everyone's or one resource's appointments side by side.</summary>
    Week = 1,

    /// <summary>One day, a column for each resource.</summary>
    Day = 2,

    /// <summary>One week, a row for each resource.</summary>
    Resources = 3,
}

/// <summary>What the address asks of the calendar; what does not make sense is left out.</summary>
public sealed record CalendarChoice(ScheduleFace Schedule, CalendarView View, LocalDate Day)
{
    /// <summary>One of the schedule's; null: all.</summary>
    public int? ResourceId { get; init; }

    public bool ShowsCancelled { get; init; }

    /// <summary>First and last day shown; weeks begin on Monday.</summary>
    public LocalDate First => View == CalendarView.Day ? Day : Day.PlusDays(1 - (int)Day.DayOfWeek);

    public LocalDate Last => View == CalendarView.Day ? Day : First.PlusDays(6);

    public LocalDate Before => First.PlusDays(View == CalendarView.Day ? -1 : -7);

    public LocalDate After => Last.PlusDays(1);

    public IEnumerable<LocalDate> Days => Enumerable.Range(0, Period.DaysBetween(First, Last) + 1).Select(First.PlusDays);

    public IReadOnlyList<ResourceFace> Resources => ResourceId is { } id ? [.. Schedule.Resources.Where(known => known.Id == id)] : Schedule.Resources;

    /// <summary>The query of this choice, and of it with another day, view or resource by <c>with</c>.</summary>
    public string Query => QueryString.Create(new KeyValuePair<string, string?>[]
    {
        new("schedule", Schedule.Id.ToString(CultureInfo.InvariantCulture)),
        new("view", View.ToString().ToLowerInvariant()),
        new("day", OfficeDay.Write(Day)),
        new("resource", ResourceId?.ToString(CultureInfo.InvariantCulture)),
        new("cancelled", ShowsCancelled ? "1" : null),
    }.Where(pair => pair.Value is not null)).ToUriComponent();

    /// <summary>From an address; the first schedule, this week, everyone, unless it says otherwise.</summary>
    public static CalendarChoice Read(IQueryCollection query, IReadOnlyList<ScheduleFace> schedules, Instant now)
    {
        var schedule = schedules.FirstOrDefault(known => known.Id == Number(query["schedule"])) ?? schedules[0];
        var view = Enum.TryParse<CalendarView>(query["view"], ignoreCase: true, out var asked) && Enum.IsDefined(asked) ? asked : CalendarView.Week;
        var day = OfficeDay.Read(query["day"]) ?? now.InZone(Localisation.TimeWords.Zone(schedule.TimeZone)).Date;
        return new CalendarChoice(schedule, view, day)
        {
            ResourceId = Number(query["resource"]) is { } id && schedule.Resources.Any(known => known.Id == id) ? id : null,
            ShowsCancelled = query["cancelled"] == "1",
        };
    }

    private static int? Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
