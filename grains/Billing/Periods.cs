using System.Globalization;
using NodaTime;

namespace Slotwright.Billing;

/// <summary>Calendar months of a subscription. The day it began on is kept: what began on the 31st is charged on the 28th of February and again on the 31st of March.</summary>
public static class Periods
{
    /// <summary>A month after <paramref name="from"/>, on the anchor's day or the last of its month, at the same time of day.</summary>
    public static Instant Next(Instant from, int anchorDay, DateTimeZone zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        var local = from.InZone(zone).LocalDateTime;
        var month = local.Date.With(DateAdjusters.StartOfMonth).PlusMonths(1);
        var day = Math.Min(anchorDay, CalendarSystem.Iso.GetDaysInMonth(month.Year, month.Month));
        return month.PlusDays(day - 1).At(local.TimeOfDay).InZoneLeniently(zone).ToInstant();
    }

    public static int Anchor(Instant at, DateTimeZone zone) => at.InZone(zone).Day;

    /// <summary>What was issued before it and is unpaid by now is overdue: the day of its issue and that many days after it are over.</summary>
    public static Instant OverdueBefore(Instant now, int dueDays, DateTimeZone zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        return now.InZone(zone).Date.PlusDays(-dueDays).AtStartOfDayInZone(zone).ToInstant();
    }

    /// <summary><c>2026-11</c>.</summary>
    public static string Month(Instant at, DateTimeZone zone)
    {
        var date = at.InZone(zone).Date;
        return string.Create(CultureInfo.InvariantCulture, $"{date.Year:0000}-{date.Month:00}");
    }
}
