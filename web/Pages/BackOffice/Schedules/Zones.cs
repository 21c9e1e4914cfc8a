using NodaTime;
using NodaTime.TimeZones;

namespace Slotwright.Pages.BackOffice.Schedules;

/// <summary>The zones that pages offer: those in which countries have places, by name.</summary>
public static class Zones
{
    public static IReadOnlyList<string> All { get; } = [.. (TzdbDateTimeZoneSource.Default.ZoneLocations ?? []).Select(place => place.ZoneId).Append("Etc/UTC").Distinct().Order(StringComparer.Ordinal)];

    public static bool Known(string id) => DateTimeZoneProviders.Tzdb.GetZoneOrNull(id) is not null;

    /// <summary>With one that is stored and not among them.</summary>
    public static IEnumerable<string> With(string id) => All.Contains(id) || !Known(id) ? All : All.Append(id);
}
