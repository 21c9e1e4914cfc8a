using NodaTime;

namespace Slotwright.Schedules;

/// <summary>
/// The rules reckon in whole seconds since 1970 and in day numbers since then: an hour's worth of starts is then a loop over
/// integers. "Local" seconds count on the zone's clock, without an offset.
/// </summary>
internal static class WallClock
{
    public const long Minute = 60;
    public const long Day = 86_400;
    public const long Week = 7 * Day;

    /// <summary>No zone is farther from UTC.</summary>
    public const long WidestOffset = 18 * 3_600;

    /// <summary>1970-01-01T00:00Z: nothing is placed before.</summary>
    public const long First = 0;

    /// <summary>9990-01-01T00:00Z: nothing starts at or after it, so that no end leaves the calendar.</summary>
    public const long End = 253_086_768_000;

    /// <summary>The longest stretch that staff may take, in seconds.</summary>
    public const long LongestStretch = 366 * Day;

    private static readonly LocalDate Epoch = new(1970, 1, 1);

    public static long FloorSeconds(Instant instant) => instant.ToUnixTimeSeconds();

    public static long CeilingSeconds(Instant instant)
    {
        var seconds = instant.ToUnixTimeSeconds();
        return Instant.FromUnixTimeSeconds(seconds) == instant ? seconds : seconds + 1;
    }

    public static Instant ToInstant(long seconds) => Instant.FromUnixTimeSeconds(seconds);

    public static long DayNumber(LocalDate date) => Period.DaysBetween(Epoch, date);

    public static LocalDate Date(long dayNumber) => Epoch.PlusDays((int)dayNumber);

    public static long DayOfSecond(long localSeconds) => FloorDivide(localSeconds, Day);

    /// <summary>Monday is 0.</summary>
    public static int DayOfWeek(long dayNumber) => (int)((((dayNumber + 3) % 7) + 7) % 7);

    /// <summary>Numbers ISO weeks through: two days have the same number when they lie in the same ISO week.</summary>
    public static long WeekNumber(long dayNumber) => FloorDivide(dayNumber + 3, 7);

    public static long OffsetAt(this DateTimeZone zone, long seconds) => zone.GetUtcOffset(ToInstant(seconds)).Seconds;

    public static long LocalDay(this DateTimeZone zone, long seconds) => DayOfSecond(seconds + zone.OffsetAt(seconds));

    public static long FloorDivide(long value, long divisor) =>
        value >= 0 ? value / divisor : ((value + 1) / divisor) - 1;
}
