using NodaTime;
using NodaTime.Text;
using NodaTime.TimeZones;
using Slotwright.Time;

namespace Slotwright.Pages.Schedules;

/// <summary>
/// A time as an address carries it, <c>2026-12-09T14:30+01:00</c>: the wall clock of the schedule with its offset, so that the two
/// passes of a repeated hour are two addresses.
/// </summary>
public sealed record ChosenTime(OffsetDateTime Value)
{
    private static readonly OffsetDateTimePattern Minutes = OffsetDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mmo<Z+HH:mm>");
    private static readonly OffsetDateTimePattern Seconds = OffsetDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm':'sso<Z+HH:mm>");

    /// <summary>As the agenda judges it: a wall-clock time that the zone skips is its to refuse.</summary>
    public Moment Moment => Moment.OnTheClock(Value.LocalDateTime, Value.Offset.Seconds);

    public LocalDate Date => Value.Date;

    /// <summary>The schedule's clock shows this wall-clock time, though never with this offset: the address is wrong, not the time.</summary>
    public bool IsMistold(DateTimeZone zone) =>
        zone.MapLocal(Value.LocalDateTime) is { Count: > 0 } mapping && mapping.First().Offset != Value.Offset && mapping.Last().Offset != Value.Offset;

    public bool Is(ZonedDateTime time) => time.ToOffsetDateTime() == Value;

    public static string Write(ZonedDateTime time) =>
        (time.Second == 0 ? Minutes : Seconds).Format(time.ToOffsetDateTime());

    /// <summary>Null for what is no such time, or lies outside 1900–2999, where adding a length could leave the calendar. A plus sign that an address turned into a blank is read as one.</summary>
    public static ChosenTime? Read(string? text)
    {
        if (text is null or { Length: > 40 })
        {
            return null;
        }

        var restored = text.Replace(' ', '+');
        return (Minutes.Parse(restored).TryGetValue(default, out var value) || Seconds.Parse(restored).TryGetValue(default, out value))
            && value.Year is >= 1900 and <= 2999
            ? new ChosenTime(value)
            : null;
    }

    /// <summary>The instant in the schedule's zone, for showing; a skipped time is shown as the one right after the gap.</summary>
    public ZonedDateTime In(DateTimeZone zone)
    {
        var mapping = zone.MapLocal(Value.LocalDateTime);
        return mapping.Count == 2 && mapping.Last().Offset == Value.Offset
            ? mapping.Last()
            : Resolvers.LenientResolver(mapping);
    }

    public override string ToString() => (Value.Second == 0 ? Minutes : Seconds).Format(Value);
}
