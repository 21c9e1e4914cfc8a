using NodaTime;
using Slotwright.Appointments;
using Slotwright.Time;

namespace Slotwright.Schedules;

/// <summary>A schedule with two chairs in Berlin, open from nine to five each day, and short ways to ask it things.</summary>
internal static class AgendaExamples
{
    public const int FirstChair = 11;
    public const int SecondChair = 12;
    public const long AgendaVersion = 7;

    /// <summary>A Monday, ten o'clock in Berlin.</summary>
    public static readonly Instant Now = Instant.FromUtc(2027, 6, 7, 8, 0);

    public static readonly LocalDate Monday = new(2027, 6, 7);
    public static readonly LocalDate Tuesday = new(2027, 6, 8);

    public static readonly IsoDayOfWeek[] EveryDay =
    [
        IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday, IsoDayOfWeek.Wednesday, IsoDayOfWeek.Thursday,
        IsoDayOfWeek.Friday, IsoDayOfWeek.Saturday, IsoDayOfWeek.Sunday,
    ];

    public static ScheduleDefinition Chairs { get; } = new()
    {
        Edition = 3,
        Name = "Chairs",
        TimeZone = "Europe/Berlin",
        Resources = [new Resource { Id = FirstChair, Name = "Chair 1" }, new Resource { Id = SecondChair, Name = "Chair 2" }],
        OpeningHours = WeeklyHours.On(EveryDay, Hours(9, 17)),
        Length = AppointmentLength.Fixed(30),
        StepMinutes = 30,
    };

    public static ScheduleDefinition OneChair { get; } = Chairs with { Resources = [Chairs.Resources[0]] };

    public static OpeningSpan Hours(int from, int to) => new(new LocalTime(from, 0), new LocalTime(to % 24, 0));

    public static ScheduleRules Rules(ScheduleDefinition definition)
    {
        var outcome = ScheduleRules.Compile(definition);
        Assert.True(outcome.Accepted, $"The definition was refused: {outcome.Refusal}");
        return outcome.Value;
    }

    public static Agenda Empty(ScheduleDefinition definition) => Holding(definition);

    public static Agenda Holding(ScheduleDefinition definition, params Appointment[] live) =>
        new(Rules(definition), Instant.FromUnixTimeSeconds(0) - Duration.FromDays(400), live);

    public static Moment At(LocalDate date, int hour, int minute = 0) => Moment.OnTheClock(date.At(new LocalTime(hour, minute)));

    public static Instant Berlin(LocalDate date, int hour, int minute = 0) =>
        DateTimeZoneProviders.Tzdb["Europe/Berlin"].AtStrictly(date.At(new LocalTime(hour, minute))).ToInstant();

    public static Actor As(ActorKind kind, string email = "ann@example.com") => kind switch
    {
        ActorKind.Customer => Actor.Customer(email),
        ActorKind.ApiKey => Actor.ApiKey(),
        ActorKind.Staff => Actor.Staff(5, email),
        _ => new Actor { Kind = kind, Name = email },
    };

    public static BookAppointment Booking(Moment start, ActorKind kind = ActorKind.Customer, string email = "ann@example.com") => new()
    {
        Start = start,
        Customer = new CustomerDetails { Name = "Ann", Email = email },
        Language = "en",
        Actor = As(kind),
    };

    public static RescheduleAppointment Move(Appointment current, Moment start, ActorKind kind = ActorKind.Customer) =>
        new() { AppointmentId = current.Id, Start = start, Actor = As(kind) };

    public static CancelAppointment Cancelling(Appointment current, ActorKind kind = ActorKind.Customer) =>
        new() { AppointmentId = current.Id, Actor = As(kind) };

    public static BlockTime Blocking(Moment start, Moment end, ActorKind kind = ActorKind.Staff, int resourceId = FirstChair) =>
        new() { Start = start, End = end, ResourceId = resourceId, Actor = As(kind) };

    public static Appointment Placed(
        int id, Instant start, int minutes = 30, int resourceId = FirstChair, string email = "bob@example.com", int before = 0, int after = 0) => new()
        {
            Id = id,
            AccountId = 1,
            ScheduleId = 2,
            ResourceId = resourceId,
            Kind = AppointmentKind.Appointment,
            Status = AppointmentStatus.Live,
            Start = start,
            End = start + Duration.FromMinutes(minutes),
            Zone = "Europe/Berlin",
            BufferBeforeMinutes = before,
            BufferAfterMinutes = after,
            Customer = new CustomerDetails { Name = "Bob", Email = email },
            Language = "en",
            Revision = 1,
            CreatedAt = Now,
            CreatedBy = email,
            UpdatedAt = Now,
            UpdatedBy = email,
            ManageSalt = "00000000000000000000000000000000",
        };

    public static Appointment Block(int id, Instant start, int minutes, int resourceId = FirstChair) =>
        Placed(id, start, minutes, resourceId) with { Kind = AppointmentKind.Block, Customer = CustomerDetails.None };

    /// <summary>As a grain would store it.</summary>
    public static Appointment Placed(int id, Placement place, string email = "bob@example.com") =>
        Placed(id, place.Start, 0, place.ResourceId, email, place.BufferBeforeMinutes, place.BufferAfterMinutes) with
        {
            End = place.End,
            OverlapAllowed = place.Overlaps,
        };

    public static Appointment MovedTo(this Appointment current, Placement place) => current with
    {
        ResourceId = place.ResourceId,
        Start = place.Start,
        End = place.End,
        BufferBeforeMinutes = place.BufferBeforeMinutes,
        BufferAfterMinutes = place.BufferAfterMinutes,
        OverlapAllowed = place.Overlaps,
        Revision = current.Revision + 1,
    };

    public static FreeTimes Free(this Agenda agenda, LocalDate from, LocalDate to, ActorKind actor = ActorKind.Customer, Instant? now = null)
    {
        var outcome = agenda.FreeTimes(new FreeTimesQuery { From = from, To = to, Actor = actor }, AgendaVersion, now ?? Now);
        Assert.True(outcome.Accepted, $"Refused: {outcome.Refusal}");
        return outcome.Value;
    }

    /// <summary>Wall-clock starts, such as "09:00 09:30".</summary>
    public static string Starts(this FreeTimes times) => string.Join(
        ' ',
        times.Times.Select(time => time.Start.InZone(DateTimeZoneProviders.Tzdb[times.Zone]).ToString("HH:mm", null)));

    public static void Refused<T>(BookingRefusal expected, Outcome<T, BookingRefusal> outcome)
        where T : class
    {
        Assert.False(outcome.Accepted, $"Accepted: {outcome.Value}");
        Assert.Equal(expected, outcome.Refusal);
    }

    public static Placement Accepted(Outcome<Placement, BookingRefusal> outcome)
    {
        Assert.True(outcome.Accepted, $"Refused: {outcome.Refusal}");
        return outcome.Value;
    }
}
