using System.Globalization;
using Microsoft.Extensions.Localization;
using NodaTime;

namespace Slotwright.Localisation;

/// <summary>Says days, times and zones in the language of the request: "Wednesday 9 December, 14:30 – 15:00 (Paris time)".</summary>
public sealed class TimeWords(IStringLocalizer<Text> text, IClock clock)
{
    private const string VowelSounds = "AEIOUYÉÎÅÖ";

    private static CultureInfo Culture => CultureInfo.CurrentUICulture;

    /// <summary>"Wednesday 9 December", with the year when it is not the present one.</summary>
    public string Day(LocalDate date) => $"{date.ToString("dddd", Culture)} {DayAndMonth(date)}{YearIfOther(date)}";

    /// <summary>"Wed".</summary>
    public string Weekday(LocalDate date) => date.ToString("ddd", Culture).TrimEnd('.');

    /// <summary>"7 – 13 December".</summary>
    public string Week(LocalDate monday)
    {
        var sunday = monday.PlusDays(6);
        var first = monday.Year != sunday.Year
            ? DayAndMonth(monday) + YearIfOther(monday)
            : monday.Month != sunday.Month ? DayAndMonth(monday) : Ordinal(monday);
        return $"{first} – {DayAndMonth(sunday)}{YearIfOther(sunday)}";
    }

    /// <summary>"14:30".</summary>
    public string Time(LocalTime time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>"14:30 – 15:00"; the end's day is named when it is another one.</summary>
    public string Span(ZonedDateTime start, ZonedDateTime end) =>
        $"{Time(start.TimeOfDay)} – {(end.Date == start.Date ? "" : Day(end.Date) + ", ")}{Time(end.TimeOfDay)}";

    /// <summary>"Wednesday 9 December, 14:30 – 15:00", where the zone is named beside it. An hour that the clock shows twice carries its offset.</summary>
    public string DayAndSpan(ZonedDateTime start, ZonedDateTime end) =>
        $"{Day(start.Date)}, {Span(start, end)}{(IsRepeated(start) ? $" ({Offset(start)})" : "")}";

    /// <summary>"Wednesday 9 December, 14:30 – 15:00 (Paris time)". An hour that the clock shows twice carries its offset.</summary>
    public string When(Instant start, Instant end, string zoneId)
    {
        var zone = Zone(zoneId);
        var (from, to) = (start.InZone(zone), end.InZone(zone));
        return $"{Day(from.Date)}, {Span(from, to)} ({ZoneName(zoneId)}{(IsRepeated(from) ? ", " + Offset(from) : "")})";
    }

    /// <summary>As <see cref="When(Instant, Instant, string)"/>, for a time whose end does not matter.</summary>
    public string When(Instant at, string zoneId)
    {
        var local = at.InZone(Zone(zoneId));
        return $"{Day(local.Date)}, {Time(local.TimeOfDay)} ({ZoneName(zoneId)})";
    }

    /// <summary>"Paris time".</summary>
    public string ZoneName(string zoneId)
    {
        var known = text[$"City.{zoneId}"];
        var city = known.ResourceNotFound ? zoneId[(zoneId.LastIndexOf('/') + 1)..].Replace('_', ' ') : known.Value;
        return text[VowelSounds.Contains(city[0], StringComparison.Ordinal) ? "Zone.TimeBeforeVowel" : "Zone.Time", city];
    }

    /// <summary>"Paris time (CET, UTC+1)", as it holds at that instant.</summary>
    public string ZoneInFull(string zoneId, Instant at)
    {
        var local = at.InZone(Zone(zoneId));
        var name = local.GetZoneInterval().Name;
        return $"{ZoneName(zoneId)} ({(name.Length > 0 && char.IsAsciiLetter(name[0]) ? name + ", " : "")}{Offset(local)})";
    }

    /// <summary>"UTC+1", "UTC+5:30", "UTC".</summary>
    public string Offset(ZonedDateTime time)
    {
        var minutes = time.Offset.Seconds / 60;
        var (hours, rest) = (Math.Abs(minutes) / 60, Math.Abs(minutes) % 60);
        return minutes == 0
            ? "UTC"
            : string.Create(CultureInfo.InvariantCulture, $"UTC{(minutes < 0 ? '−' : '+')}{hours}{(rest == 0 ? "" : $":{rest:00}")}");
    }

    /// <summary>"30 min", "1 h 30 min", "2 h".</summary>
    public string Length(int minutes)
    {
        var (hours, rest) = (minutes / 60, minutes % 60);
        return hours == 0 ? $"{rest} min" : rest == 0 ? $"{hours} h" : $"{hours} h {rest} min";
    }

    /// <summary>The clock shows this wall-clock time twice on that day.</summary>
    public static bool IsRepeated(ZonedDateTime time) => time.Zone.MapLocal(time.LocalDateTime).Count > 1;

    /// <summary>The zone of a stored id; UTC for one that the installed data no longer knows.</summary>
    public static DateTimeZone Zone(string zoneId) => DateTimeZoneProviders.Tzdb.GetZoneOrNull(zoneId) ?? DateTimeZone.Utc;

    private static string DayAndMonth(LocalDate date) => $"{Ordinal(date)} {date.ToString("MMMM", Culture)}";

    private static string Ordinal(LocalDate date) =>
        date.Day == 1 && Culture.TwoLetterISOLanguageName == "fr" ? "1er" : date.Day.ToString(CultureInfo.InvariantCulture);

    private string YearIfOther(LocalDate date) =>
        date.Year == clock.GetCurrentInstant().InUtc().Year ? "" : date.Year.ToString(" 0000", CultureInfo.InvariantCulture);
}
