using CsCheck;
using NodaTime;
using Slotwright.Appointments;

namespace Slotwright.Schedules;

/// <summary>One made-up schedule on days around a transition of its zone, with what stands on it.</summary>
internal sealed record ScheduleCase(ScheduleDefinition Definition, LocalDate Day, Instant Now, Appointment[] Live)
{
    public override string ToString() =>
        $"{Definition.TimeZone} {Day} now {Now} length {Definition.Length} step {Definition.StepMinutes} resources {Definition.Resources.Count}";
}

internal static class ScheduleCases
{
    private static readonly (string Zone, LocalDate Day)[] Days =
    [
        ("Europe/Berlin", new(2027, 3, 28)), ("Europe/Berlin", new(2027, 10, 31)), ("Europe/Berlin", new(2027, 6, 8)),
        ("America/New_York", new(2027, 3, 14)), ("America/New_York", new(2026, 11, 1)), ("America/Vancouver", new(2026, 11, 1)),
        ("Australia/Lord_Howe", new(2026, 4, 5)), ("Australia/Lord_Howe", new(2026, 10, 4)), ("Africa/Casablanca", new(2027, 2, 7)),
        ("Pacific/Apia", new(2011, 12, 30)), ("America/Santiago", new(2027, 4, 3)), ("America/Santiago", new(2027, 9, 5)),
        ("Antarctica/Troll", new(2027, 3, 28)), ("Asia/Kathmandu", new(2028, 2, 29)), ("Etc/UTC", new(2026, 12, 31)),
    ];

    private static readonly Gen<OpeningSpan> Span =
        Gen.Select(Gen.Int[0, 287], OneOf(6, 12, 25, 48, 96, 144, 287, 288), (from, ticks) => new OpeningSpan(
            LocalTime.Midnight.PlusMinutes(from * NaiveSchedule.Tick), LocalTime.Midnight.PlusMinutes((from + ticks) * NaiveSchedule.Tick)));

    private static readonly Gen<WeeklyHours> Hours =
        Gen.Select(Gen.Int[1, 7], Span).Array[0, 14].Select(spans =>
            new WeeklyHours { Spans = [.. spans.Select(span => new WeeklySpan((IsoDayOfWeek)span.Item1, span.Item2))] });

    private static readonly Gen<AppointmentLength> Lengths = Gen.OneOf(
        OneOf(5, 15, 30, 45, 60, 90, 240).Select(AppointmentLength.Fixed),
        Gen.Select(OneOf(15, 30), OneOf(10, 30), Gen.Int[1, 5], (least, increment, steps) => new AppointmentLength
        {
            MinimumMinutes = least,
            MaximumMinutes = least + (increment * steps),
            IncrementMinutes = increment,
            DefaultMinutes = least + (increment * (steps / 2)),
        }));

    public static Gen<ScheduleCase> All { get; } =
        from place in OneOf(Days)
        from resources in Gen.Select(Gen.Bool, Hours).Array[1, 3]
        from hours in Hours
        from exceptions in Exceptions(place.Day, resources.Length)
        from length in Lengths
        from step in OneOf(5, 10, 15, 20, 30, 45, 60, 90, 600)
        from buffers in Gen.Select(OneOf(0, 0, 5, 30, 90), OneOf(0, 0, 10, 60))
        from ahead in Gen.Select(OneOf(0, 0, 45, 1_440), OneOf(0, 1, 2, 5, 30))
        from nowTicks in Gen.Int[-700, 150]
        from odd in OneOf(0, 0, 1, 999_999_999)
        from live in Live(place.Zone, place.Day, resources.Length)
        select new ScheduleCase(
            AgendaExamples.Chairs with
            {
                TimeZone = place.Zone,
                Resources = [.. resources.Select((own, index) => new Resource
                {
                    Id = index + 1,
                    Name = $"Room {index + 1}",
                    OpeningHours = own.Item1 ? own.Item2 : null,
                })],
                OpeningHours = hours,
                Exceptions = exceptions,
                Length = length,
                StepMinutes = step,
                BufferBeforeMinutes = buffers.Item1,
                BufferAfterMinutes = buffers.Item2,
                MinimumNoticeMinutes = ahead.Item1,
                HorizonDays = ahead.Item2,
            },
            place.Day,
            Noon(place.Zone, place.Day) + Duration.FromMinutes(nowTicks * NaiveSchedule.Tick) + Duration.FromNanoseconds(odd),
            live);

    public static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    /// <summary>So many cases, the same ones in every run.</summary>
    public static IEnumerable<T> Take<T>(this Gen<T> gen, int count)
    {
        for (var number = 0; number < count; number++)
        {
            yield return gen.Generate(new PCG(17, (ulong)number), null, out _);
        }
    }

    private static Instant Noon(string zone, LocalDate day) =>
        DateTimeZoneProviders.Tzdb[zone].AtLeniently(day.At(new LocalTime(12, 0))).ToInstant();

    private static Gen<SpecialHours[]> Exceptions(LocalDate day, int resources) =>
        Gen.Select(Gen.Int[-3, 3], Gen.Int[0, 2], Gen.Int[0, resources], Span.Array[0, 2], (from, days, resource, spans) => new SpecialHours
        {
            From = day.PlusDays(from),
            To = day.PlusDays(from + days),
            ResourceId = resource == 0 ? null : resource,
            Spans = spans,
        }).Array[0, 3];

    // On purpose these may overlap each other: staff can do that.
    private static Gen<Appointment[]> Live(string zone, LocalDate day, int resources) =>
        Gen.Select(
            Gen.Int[-600, 600],
            OneOf(5, 30, 30, 60, 480, 2_000),
            Gen.Int[1, resources],
            OneOf(0, 0, 15, 120),
            OneOf(0, 0, 20, 300),
            (ticks, minutes, resource, before, after) =>
                AgendaExamples.Placed(1, Noon(zone, day) + Duration.FromMinutes(ticks * NaiveSchedule.Tick), minutes, resource, before: before, after: after))
            .Array[0, 25]
            .Select(live => live.Select((appointment, index) => appointment with { Id = index + 1 }).ToArray());
}
