using NodaTime;

namespace Slotwright.Time;

// How NodaTime's types cross grains. The names and ids are wire identity: never rename, never reuse.

[GenerateSerializer, Immutable, Alias("slotwright.instant")]
public struct InstantSurrogate
{
    [Id(0)] public long Seconds;
    [Id(1)] public int Nanoseconds;
}

[RegisterConverter]
public sealed class InstantConverter : IConverter<Instant, InstantSurrogate>
{
    public Instant ConvertFromSurrogate(in InstantSurrogate surrogate) =>
        Instant.FromUnixTimeSeconds(surrogate.Seconds).PlusNanoseconds(surrogate.Nanoseconds);

    public InstantSurrogate ConvertToSurrogate(in Instant value)
    {
        var seconds = value.ToUnixTimeSeconds();
        return new InstantSurrogate
        {
            Seconds = seconds,
            Nanoseconds = (int)(value - Instant.FromUnixTimeSeconds(seconds)).ToInt64Nanoseconds(),
        };
    }
}

[GenerateSerializer, Immutable, Alias("slotwright.local-date")]
public struct LocalDateSurrogate
{
    [Id(0)] public int Year;
    [Id(1)] public int Month;
    [Id(2)] public int Day;
}

[RegisterConverter]
public sealed class LocalDateConverter : IConverter<LocalDate, LocalDateSurrogate>
{
    public LocalDate ConvertFromSurrogate(in LocalDateSurrogate surrogate) => new(surrogate.Year, surrogate.Month, surrogate.Day);

    public LocalDateSurrogate ConvertToSurrogate(in LocalDate value) => new() { Year = value.Year, Month = value.Month, Day = value.Day };
}

[GenerateSerializer, Immutable, Alias("slotwright.local-time")]
public struct LocalTimeSurrogate
{
    [Id(0)] public long NanosecondOfDay;
}

[RegisterConverter]
public sealed class LocalTimeConverter : IConverter<LocalTime, LocalTimeSurrogate>
{
    public LocalTime ConvertFromSurrogate(in LocalTimeSurrogate surrogate) => LocalTime.FromNanosecondsSinceMidnight(surrogate.NanosecondOfDay);

    public LocalTimeSurrogate ConvertToSurrogate(in LocalTime value) => new() { NanosecondOfDay = value.NanosecondOfDay };
}

[GenerateSerializer, Immutable, Alias("slotwright.local-date-time")]
public struct LocalDateTimeSurrogate
{
    [Id(0)] public LocalDate Date;
    [Id(1)] public long NanosecondOfDay;
}

[RegisterConverter]
public sealed class LocalDateTimeConverter : IConverter<LocalDateTime, LocalDateTimeSurrogate>
{
    public LocalDateTime ConvertFromSurrogate(in LocalDateTimeSurrogate surrogate) =>
        surrogate.Date + LocalTime.FromNanosecondsSinceMidnight(surrogate.NanosecondOfDay);

    public LocalDateTimeSurrogate ConvertToSurrogate(in LocalDateTime value) =>
        new() { Date = value.Date, NanosecondOfDay = value.NanosecondOfDay };
}

[GenerateSerializer, Immutable, Alias("slotwright.duration")]
public struct DurationSurrogate
{
    [Id(0)] public int Days;
    [Id(1)] public long NanosecondOfDay;
}

[RegisterConverter]
public sealed class DurationConverter : IConverter<Duration, DurationSurrogate>
{
    public Duration ConvertFromSurrogate(in DurationSurrogate surrogate) =>
        Duration.FromDays(surrogate.Days) + Duration.FromNanoseconds(surrogate.NanosecondOfDay);

    public DurationSurrogate ConvertToSurrogate(in Duration value)
    {
        var days = (int)Math.Floor(value.TotalDays);
        return new DurationSurrogate { Days = days, NanosecondOfDay = (value - Duration.FromDays(days)).ToInt64Nanoseconds() };
    }
}
