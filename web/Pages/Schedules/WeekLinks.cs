using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using NodaTime;
using NodaTime.Text;

namespace Slotwright.Pages.Schedules;

/// <summary>Addresses around one week view: <paramref name="Path"/> shows weeks, <paramref name="TimePath"/> takes the chosen time.</summary>
public sealed record WeekLinks(string Path, string TimePath, WeekChoice Choice)
{
    /// <summary>The first free time from now on, whichever week it lies in.</summary>
    public string Next => Address(Path, (WeekChoice.NextKey, "1"), Resource(Choice.ResourceId), Length(Choice.Length));

    /// <summary>An appointment that is moved stays as long as it is.</summary>
    public bool KeepsLength { get; init; }

    public string Week(LocalDate monday) => Address(Path, (WeekChoice.WeekKey, Iso(monday)), Resource(Choice.ResourceId), Length(Choice.Length));

    public string Day(LocalDate day) => Address(Path, (WeekChoice.DayKey, Iso(day)), Resource(Choice.ResourceId), Length(Choice.Length));

    /// <summary>The same day for another resource; null: anyone.</summary>
    public string For(int? resourceId, LocalDate day) =>
        Address(Path, (WeekChoice.DayKey, Iso(day)), (WeekChoice.ResourceKey, Text(resourceId) ?? WeekChoice.Anyone), Length(Choice.Length));

    public string Lasting(int minutes, LocalDate day) =>
        Address(Path, (WeekChoice.DayKey, Iso(day)), Resource(Choice.ResourceId), Length(minutes));

    public string Time(ZonedDateTime start) =>
        Address(TimePath, (WeekChoice.AtKey, ChosenTime.Write(start)), Resource(Choice.ResourceId), Length(Choice.Length));

    private static (string, string?) Resource(int? id) => (WeekChoice.ResourceKey, Text(id));

    private static (string, string?) Length(int? minutes) => (WeekChoice.LengthKey, Text(minutes));

    private static string? Text(int? number) => number?.ToString(CultureInfo.InvariantCulture);

    private static string Iso(LocalDate date) => LocalDatePattern.Iso.Format(date);

    private static string Address(string path, params (string Key, string? Value)[] query) =>
        QueryHelpers.AddQueryString(path, query.Where(pair => pair.Value is not null).Select(pair => KeyValuePair.Create(pair.Key, pair.Value)));
}
