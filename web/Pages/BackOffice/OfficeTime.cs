using NodaTime;
using NodaTime.Text;
using NodaTime.TimeZones;
using Slotwright.Pages.Schedules;

namespace Slotwright.Pages.BackOffice;

/// <summary>Times as addresses of the back office carry them: wall clock, <c>2026-12-09T14:30</c>, or with its offset as customers' addresses have it.</summary>
public static class OfficeTime
{
    private static readonly LocalDateTimePattern Wall = LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm");

    /// <summary>In the zone; null for what is no such time. A skipped time is the one right after the gap, of a repeated one the first.</summary>
    public static ZonedDateTime? Read(string? text, DateTimeZone zone)
    {
        if (ChosenTime.Read(text) is { } chosen)
        {
            return chosen.In(zone);
        }

        return text is { Length: <= 20 } && Wall.Parse(text).TryGetValue(default, out var local) && local.Year is >= 1970 and <= 2999
            ? Resolvers.LenientResolver(zone.MapLocal(local))
            : null;
    }
}
