using NodaTime;
using NodaTime.Text;

namespace Slotwright.Api;

/// <summary>How times are written, and in which zone.</summary>
internal static class ApiFormat
{
    private static readonly LocalDateTimePattern WallClockPattern = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm");
    private static readonly InstantPattern UtcPattern = InstantPattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:ss'Z'");

    public static string WallClock(LocalDateTime value) => WallClockPattern.Format(value);

    public static string Utc(Instant value) => UtcPattern.Format(value);

    /// <summary>A zone that this release's time-zone data lacks is shown as UTC rather than not at all.</summary>
    public static DateTimeZone Zone(string id) => DateTimeZoneProviders.Tzdb.GetZoneOrNull(id) ?? DateTimeZone.Utc;
}
