using System.Globalization;
using NodaTime;
using NodaTime.Text;
using NodaTime.TimeZones;
using Slotwright.Localisation;
using Slotwright.Pages.Booking;
using Slotwright.Schedules;
using Slotwright.Time;

namespace Slotwright.Pages.BackOffice.Appointments;

/// <summary>When and with whom, as a form of the back office carries it: nothing in it can be trusted.</summary>
public sealed record PlaceForm
{
    private const int LongestDays = 366;
    private static readonly LocalTimePattern Minutes = LocalTimePattern.CreateWithInvariantCulture("HH':'mm");
    private static readonly LocalTimePattern Seconds = LocalTimePattern.CreateWithInvariantCulture("HH':'mm':'ss");

    /// <summary><c>schedule/resource</c>; without a resource: anyone.</summary>
    public string? Place { get; init; }

    public string? Day { get; init; }

    /// <summary>Wall clock of the schedule.</summary>
    public string? Time { get; init; }

    /// <summary>Seconds from UTC, which of the two passes of a repeated hour is meant.</summary>
    public string? Offset { get; init; }

    /// <summary>Minutes; empty: as usual, or as long as it was.</summary>
    public string? Length { get; init; }

    /// <summary>The last day, where an end is asked for instead of a length.</summary>
    public string? UntilDay { get; init; }

    public string? UntilTime { get; init; }

    /// <summary>Placed even over another appointment, once that was asked.</summary>
    public bool Overlap { get; init; }

    /// <summary>Placed even where <see cref="PlaceDoubt"/> asks, once that was asked.</summary>
    public bool Anyway { get; init; }

    public string? Key { get; init; }

    /// <summary>Of the appointment when the form was shown.</summary>
    public int? Revision { get; init; }

    public static PlaceForm Of(ZonedDateTime start, ZonedDateTime? end, int scheduleId, int? resourceId) => new()
    {
        Place = PlaceOf(scheduleId, resourceId),
        Day = OfficeDay.Write(start.Date),
        Time = Write(start.TimeOfDay),
        Offset = TimeWords.IsRepeated(start) ? start.Offset.Seconds.ToString(CultureInfo.InvariantCulture) : null,
        Length = end is { } until ? ((int)(until.ToInstant() - start.ToInstant()).TotalMinutes).ToString(CultureInfo.InvariantCulture) : null,
        UntilDay = end is { } last ? OfficeDay.Write(last.Date) : null,
        UntilTime = end is { } time ? Write(time.TimeOfDay) : null,
        Key = BookingForm.NewKey(),
    };

    /// <summary>What a form without questions carries, as fields that are hidden.</summary>
    public IEnumerable<(string Name, string Value)> Fields()
    {
        (string Name, string? Value)[] all =
        [
            (nameof(Place), Place), (nameof(Day), Day), (nameof(Time), Time), (nameof(Offset), Offset), (nameof(Length), Length), (nameof(UntilDay), UntilDay),
            (nameof(UntilTime), UntilTime), (nameof(Anyway), Anyway ? "true" : null), (nameof(Key), Key), (nameof(Revision), Revision?.ToString(CultureInfo.InvariantCulture)),
        ];
        return all.Where(field => field.Value is not null).Select(field => (field.Name, field.Value!));
    }

    public static string PlaceOf(int scheduleId, int? resourceId) => string.Create(CultureInfo.InvariantCulture, $"{scheduleId}/{resourceId}");

    /// <summary>The wall-clock start; null when there is none in it.</summary>
    public LocalDateTime? Local() => OfficeDay.Read(Day) is { } day && ReadTime(Time) is { } time ? day + time : null;

    /// <summary>What the form asks for, or the names of the sentences that say what is wrong with its fields.</summary>
    public WantedPlace? Read(IReadOnlyList<ScheduleFace> schedules, bool byEnd, IDictionary<string, string> errors)
    {
        var parts = (Place ?? "").Split('/');
        var schedule = schedules.FirstOrDefault(known => Number(parts[0]) == known.Id);
        var resource = parts.Length == 2 ? Number(parts[1]) : null;
        if (schedule is null || parts.Length != 2 || (parts[1].Length > 0 && schedule.Resources.All(known => known.Id != resource)))
        {
            errors[nameof(Place)] = "Form.PlaceMissing";
        }

        if (OfficeDay.Read(Day) is null)
        {
            errors[nameof(Day)] = "Form.DayMissing";
        }

        if (ReadTime(Time) is null)
        {
            errors[nameof(Time)] = "Form.TimeMissing";
        }

        var length = string.IsNullOrWhiteSpace(Length) ? null : Number(Length.Trim());
        if (!byEnd && !string.IsNullOrWhiteSpace(Length) && length is not (>= 1 and <= LongestDays * 1440))
        {
            errors[nameof(Length)] = "Form.LengthWrong";
        }

        if (byEnd && (OfficeDay.Read(UntilDay) is null || ReadTime(UntilTime) is null))
        {
            errors[nameof(UntilDay)] = "Form.UntilMissing";
        }

        if (errors.Count > 0 || schedule is null)
        {
            return null;
        }

        var wanted = new WantedPlace(schedule, resource, Local()!.Value, int.TryParse(Offset, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var offset) ? offset : null)
        {
            Minutes = byEnd ? null : length,
            Until = byEnd ? OfficeDay.Read(UntilDay)!.Value + ReadTime(UntilTime)!.Value : null,
        };
        if (wanted.Until is { } until && (until <= wanted.Start || Period.DaysBetween(wanted.Start.Date, until.Date) > LongestDays))
        {
            errors[nameof(UntilDay)] = "Form.UntilBefore";
            return null;
        }

        return wanted;
    }

    private static string Write(LocalTime time) => time.Second == 0 ? Minutes.Format(time) : Seconds.Format(time);

    private static LocalTime? ReadTime(string? text) =>
        text is not null && (Minutes.Parse(text).TryGetValue(default, out var time) || Seconds.Parse(text).TryGetValue(default, out time)) ? time : null;

    private static int? Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}

/// <summary>A place that staff want, in the wall clock of its schedule.</summary>
/// <param name="Schedule">Whose place.</param>
/// <param name="ResourceId">Null: anyone.</param>
/// <param name="Start">May be skipped or shown twice by the clock: the agenda judges.</param>
/// <param name="Offset">Seconds from UTC, for the second pass of a repeated hour.</param>
public sealed record WantedPlace(ScheduleFace Schedule, int? ResourceId, LocalDateTime Start, int? Offset)
{
    /// <summary>Null: the usual length, or an end is given.</summary>
    public int? Minutes { get; init; }

    public LocalDateTime? Until { get; init; }

    public Moment StartMoment => Moment.OnTheClock(Start, Offset);

    /// <summary>Null: as long as usual, or as it was.</summary>
    public Moment? EndMoment => Until is { } until ? Moment.OnTheClock(until)
        : Minutes is { } minutes ? Moment.At(Zoned.ToInstant().Plus(Duration.FromMinutes(minutes)))
        : null;

    /// <summary>The end for showing; null: as long as usual, or as it was.</summary>
    public ZonedDateTime? EndZoned => Until is { } until ? TimeWords.Zone(Schedule.TimeZone).AtLeniently(until)
        : Minutes is { } minutes ? Zoned.Plus(Duration.FromMinutes(minutes))
        : null;

    /// <summary>The start for showing; a skipped time is the one right after the gap.</summary>
    public ZonedDateTime Zoned
    {
        get
        {
            var mapping = TimeWords.Zone(Schedule.TimeZone).MapLocal(Start);
            return mapping.Count == 2 && mapping.Last().Offset.Seconds == Offset ? mapping.Last() : Resolvers.LenientResolver(mapping);
        }
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Schedule.Id}/{ResourceId} {Start:s} {Offset} {Minutes} {Until:s}");
}
