using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace Slotwright.Mail;

/// <summary>Times and lengths as people of a language write them. Languages are <c>en</c>, <c>fr</c> and <c>nl</c>; others are taken as English.</summary>
internal static class LocalWords
{
    public static string Language(string? wanted, string? otherwise = null) =>
        wanted is "en" or "fr" or "nl" ? wanted
        : otherwise is "en" or "fr" or "nl" ? otherwise
        : "en";

    /// <summary>"Thursday 10 December 2026, 14:30 (Paris time)".</summary>
    public static string Moment(Instant instant, string zoneId, string language)
    {
        var zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(zoneId) ?? DateTimeZone.Utc;
        var local = instant.InZone(zone);
        return string.Create(CultureInfo.InvariantCulture, $"{Day(local.Date, language, withYear: true)}{TimeOf(local.TimeOfDay, language)} ({Zone(local, language)})");
    }

    /// <summary>For subjects: "Thursday 10 December, 14:30".</summary>
    public static string ShortMoment(Instant instant, string zoneId, string language)
    {
        var local = instant.InZone(DateTimeZoneProviders.Tzdb.GetZoneOrNull(zoneId) ?? DateTimeZone.Utc);
        return Day(local.Date, language, withYear: false) + TimeOf(local.TimeOfDay, language);
    }

    /// <summary>"15:00"; empty when the end is on another day than the start.</summary>
    public static string TimeOfSameDay(Instant start, Instant end, string zoneId, string language)
    {
        var zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(zoneId) ?? DateTimeZone.Utc;
        var local = end.InZone(zone);
        return local.Date == start.InZone(zone).Date ? Hour(local.TimeOfDay, language) : "";
    }

    /// <summary>"45 minutes", "2 hours", "1 h 30 min".</summary>
    public static string Length(Duration length, string language)
    {
        var minutes = (long)length.TotalMinutes;
        var (hours, rest) = (minutes / 60, minutes % 60);
        return (language, hours, rest) switch
        {
            ("fr", 0, _) => Count(rest, "minute", "minutes"),
            ("fr", _, 0) => Count(hours, "heure", "heures"),
            ("nl", 0, _) => Count(rest, "minuut", "minuten"),
            ("nl", _, 0) => Count(hours, "uur", "uur"),
            ("nl", _, _) => string.Create(CultureInfo.InvariantCulture, $"{hours} uur en {Count(rest, "minuut", "minuten")}"),
            ("fr", _, _) => string.Create(CultureInfo.InvariantCulture, $"{hours}\u00A0h\u00A0{rest:00}"),
            (_, 0, _) => Count(rest, "minute", "minutes"),
            (_, _, 0) => Count(hours, "hour", "hours"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{Count(hours, "hour", "hours")} {Count(rest, "minute", "minutes")}"),
        };
    }

    private static string Count(long number, string one, string many) =>
        string.Create(CultureInfo.InvariantCulture, $"{number} {(number == 1 ? one : many)}");

    private static string Day(LocalDate date, string language, bool withYear)
    {
        var culture = CultureInfo.GetCultureInfo(language);
        var text = LocalDatePattern.Create(withYear ? "dddd d MMMM uuuu" : "dddd d MMMM", culture).Format(date);
        // French counts the first of a month as an ordinal.
        return language == "fr" && date.Day == 1 ? text.Replace(" 1 ", " 1er ", StringComparison.Ordinal) : text;
    }

    private static string TimeOf(LocalTime time, string language) => language switch
    {
        "fr" => " à " + Hour(time, language),
        "nl" => " om " + Hour(time, language),
        _ => ", " + Hour(time, language),
    };

    private static string Hour(LocalTime time, string language) => language switch
    {
        "fr" => string.Create(CultureInfo.InvariantCulture, $"{time.Hour}\u00A0h\u00A0{time.Minute:00}"),
        "nl" => string.Create(CultureInfo.InvariantCulture, $"{time.Hour:00}:{time.Minute:00} uur"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{time.Hour:00}:{time.Minute:00}"),
    };

    private static string Zone(ZonedDateTime local, string language)
    {
        var words = ZoneNames.InWords(local.Zone.Id, language);
        // The hour that the clock goes through twice needs saying which one.
        return local.Zone.MapLocal(local.LocalDateTime).Count == 2
            ? words + ", UTC" + OffsetPattern.CreateWithInvariantCulture("g").Format(local.Offset)
            : words;
    }
}
