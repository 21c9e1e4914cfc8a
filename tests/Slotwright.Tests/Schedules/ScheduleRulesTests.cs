using NodaTime;
using Slotwright.Appointments;
using Slotwright.Time;
using static Slotwright.Schedules.AgendaExamples;

namespace Slotwright.Schedules;

public sealed class ScheduleRulesTests
{
    private static readonly AppointmentLength Variable =
        new() { MinimumMinutes = 30, MaximumMinutes = 120, IncrementMinutes = 30, DefaultMinutes = 60 };

    public static TheoryData<ScheduleRefusal, ScheduleDefinition> Invalid { get; } = new()
    {
        { ScheduleRefusal.UnknownTimeZone, Chairs with { TimeZone = "Europe/Atlantis" } },
        { ScheduleRefusal.UnknownTimeZone, Chairs with { TimeZone = "europe/berlin" } },
        { ScheduleRefusal.UnknownTimeZone, Chairs with { TimeZone = "UTC+05:00" } },
        { ScheduleRefusal.UnknownTimeZone, Chairs with { TimeZone = "" } },
        { ScheduleRefusal.UnknownTimeZone, Chairs with { TimeZone = null! } },
        { ScheduleRefusal.ResourcesInvalid, Chairs with { Resources = [] } },
        { ScheduleRefusal.ResourcesInvalid, Chairs with { Resources = null! } },
        { ScheduleRefusal.ResourcesInvalid, Chairs with { Resources = [Chairs.Resources[0], Chairs.Resources[0]] } },
        { ScheduleRefusal.ResourcesInvalid, Chairs with { Resources = [new Resource { Id = 0, Name = "None" }] } },
        { ScheduleRefusal.ResourcesInvalid, Chairs with { Resources = [new Resource { Id = 1, Name = " " }] } },
        { ScheduleRefusal.ResourcesInvalid, Chairs with { Resources = [new Resource { Id = 1, Name = new string('x', 61) }] } },
        { ScheduleRefusal.ResourcesInvalid, Chairs with { Resources = [.. Enumerable.Range(1, 201).Select(id => new Resource { Id = id, Name = "x" })] } },
        { ScheduleRefusal.ExceptionsInvalid, Chairs with { Exceptions = [new SpecialHours { From = Tuesday, To = Monday }] } },
        { ScheduleRefusal.ExceptionsInvalid, Chairs with { Exceptions = [new SpecialHours { From = Monday, To = Monday, ResourceId = 99 }] } },
        { ScheduleRefusal.ExceptionsInvalid, Chairs with { Exceptions = [new SpecialHours { From = Monday, To = Monday, Spans = [new(new(9, 0, 30), new(10, 0))] }] } },
        { ScheduleRefusal.ExceptionsInvalid, Chairs with { Exceptions = [.. Enumerable.Repeat(new SpecialHours { From = Monday, To = Monday }, 501)] } },
        { ScheduleRefusal.OpeningHoursInvalid, Chairs with { OpeningHours = null! } },
        { ScheduleRefusal.OpeningHoursInvalid, Chairs with { OpeningHours = WeeklyHours.On([IsoDayOfWeek.None], Hours(9, 10)) } },
        { ScheduleRefusal.OpeningHoursInvalid, Chairs with { OpeningHours = WeeklyHours.On(EveryDay, new OpeningSpan(new(9, 0), new(10, 0, 1))) } },
        { ScheduleRefusal.OpeningHoursInvalid, Chairs with { Resources = [Chairs.Resources[0] with { OpeningHours = WeeklyHours.On([(IsoDayOfWeek)8], Hours(9, 10)) }] } },
        { ScheduleRefusal.LengthInvalid, Chairs with { Length = AppointmentLength.Fixed(4) } },
        { ScheduleRefusal.LengthInvalid, Chairs with { Length = AppointmentLength.Fixed(10_081) } },
        { ScheduleRefusal.LengthInvalid, Chairs with { Length = Variable with { MaximumMinutes = 20 } } },
        { ScheduleRefusal.LengthInvalid, Chairs with { Length = Variable with { IncrementMinutes = 0 } } },
        { ScheduleRefusal.LengthInvalid, Chairs with { Length = Variable with { DefaultMinutes = 45 } } },
        { ScheduleRefusal.LengthInvalid, Chairs with { Length = Variable with { DefaultMinutes = 150 } } },
        { ScheduleRefusal.StepInvalid, Chairs with { StepMinutes = 4 } },
        { ScheduleRefusal.StepInvalid, Chairs with { StepMinutes = 1_441 } },
        { ScheduleRefusal.ConditionsInvalid, Chairs with { BufferBeforeMinutes = -1 } },
        { ScheduleRefusal.ConditionsInvalid, Chairs with { BufferAfterMinutes = 1_441 } },
        { ScheduleRefusal.ConditionsInvalid, Chairs with { MinimumNoticeMinutes = 525_601 } },
        { ScheduleRefusal.ConditionsInvalid, Chairs with { HorizonDays = 3_651 } },
        { ScheduleRefusal.ConditionsInvalid, Chairs with { HorizonDays = -1 } },
        { ScheduleRefusal.ConditionsInvalid, Chairs with { ChangeDeadlineMinutes = -1 } },
        { ScheduleRefusal.ConditionsInvalid, Chairs with { CancelDeadlineMinutes = int.MaxValue } },
        { ScheduleRefusal.ConditionsInvalid, Chairs with { CustomerLimits = new CustomerLimits { PerDay = 0 } } },
        { ScheduleRefusal.ConditionsInvalid, Chairs with { Description = new string('x', 201) } },
        { ScheduleRefusal.NameInvalid, Chairs with { Name = "" } },
        { ScheduleRefusal.NameInvalid, Chairs with { Name = new string('x', 61) } },
    };

    [Theory]
    [MemberData(nameof(Invalid), DisableDiscoveryEnumeration = true)]
    public void Compile_refuses_what_the_definition_does_not_allow(ScheduleRefusal expected, ScheduleDefinition definition)
    {
        var outcome = ScheduleRules.Compile(definition);

        Assert.False(outcome.Accepted);
        Assert.Equal(expected, outcome.Refusal);
    }

    [Fact]
    public void Compile_takes_the_ends_of_every_range()
    {
        var definition = Chairs with
        {
            Name = new string('x', 60),
            Resources = [.. Enumerable.Range(1, 200).Select(id => new Resource { Id = id, Name = "x" })],
            OpeningHours = new WeeklyHours { Spans = [] },
            Exceptions = [.. Enumerable.Repeat(new SpecialHours { From = new(1, 1, 1), To = new(9999, 12, 31), Spans = [Hours(0, 0)] }, 500)],
            Length = new AppointmentLength { MinimumMinutes = 5, MaximumMinutes = 10_080, IncrementMinutes = 5, DefaultMinutes = 10_080 },
            StepMinutes = 1_440,
            BufferBeforeMinutes = 1_440,
            BufferAfterMinutes = 1_440,
            MinimumNoticeMinutes = 525_600,
            HorizonDays = 3_650,
            ChangeDeadlineMinutes = 525_600,
            CancelDeadlineMinutes = null,
            Description = new string('x', 200),
        };

        var times = Empty(definition).Free(Monday.PlusDays(400), Monday.PlusDays(403));

        Assert.Equal(4, times.Times.Count);
    }

    [Theory]
    [Trait("Fault", "25")]
    [InlineData("Europe/Kyiv", "Europe/Kyiv")]
    [InlineData("Europe/Kiev", "Europe/Kyiv")]
    [InlineData("US/Pacific", "America/Los_Angeles")]
    [InlineData("Asia/Calcutta", "Asia/Kolkata")]
    [InlineData("UTC", "Etc/UTC")]
    [InlineData("Europe/Amsterdam", "Europe/Amsterdam")]
    [InlineData("Europe/Berlin", "Europe/Berlin")]
    public void Compile_resolves_an_alias_and_keeps_a_countrys_own_zone(string given, string stored)
    {
        var rules = Rules(Chairs with { TimeZone = given });

        Assert.Equal((stored, stored), (rules.Definition.TimeZone, rules.Zone.Id));
    }

    [Fact]
    [Trait("Fault", "25")]
    public void Every_zone_of_the_data_compiles_and_keeps_time()
    {
        foreach (var id in DateTimeZoneProviders.Tzdb.Ids)
        {
            var agenda = Empty(OneChair with { TimeZone = id });
            var given = DateTimeZoneProviders.Tzdb[id];

            foreach (var year in new[] { 1970, 2011, 2026, 2037, 2099 })
            {
                var date = new LocalDate(year, 3, 28);
                var place = Accepted(agenda.Judge(Booking(At(date, 12), ActorKind.Staff), Now));
                Assert.Equal(given.AtLeniently(date.At(new LocalTime(12, 0))).ToInstant(), place.Start);
                Assert.Equal(16, agenda.Free(date, date, ActorKind.Staff).Times.Count);
            }

            Assert.Equal(agenda.Rules.Definition.TimeZone, Rules(agenda.Rules.Definition).Definition.TimeZone);
        }
    }

    [Theory]
    [Trait("Fault", "26")]
    [InlineData(2028, 2, 29)]
    [InlineData(2027, 1, 31)]
    [InlineData(2026, 12, 31)]
    [InlineData(2027, 1, 3)]
    public void Odd_days_of_the_calendar_are_days_like_others(int year, int month, int day)
    {
        var date = new LocalDate(year, month, day);
        var now = Berlin(date.PlusDays(-3), 12);

        var times = Empty(OneChair).Free(date, date, now: now);

        Assert.Equal(16, times.Times.Count);
        Assert.Equal(date, times.Times[0].Start.InZone(DateTimeZoneProviders.Tzdb["Europe/Berlin"]).Date);
        Accepted(Empty(OneChair).Judge(Booking(At(date, 9)), now));
    }

    [Theory]
    [Trait("Fault", "26")]
    [InlineData(1, 1, 1)]
    [InlineData(-9998, 1, 1)]
    [InlineData(1969, 12, 31)]
    [InlineData(1970, 1, 1)]
    [InlineData(9989, 12, 31)]
    [InlineData(9990, 1, 1)]
    [InlineData(9999, 12, 31)]
    public void Ends_of_the_calendar_are_refused_and_never_throw(int year, int month, int day)
    {
        var date = new LocalDate(year, month, day);
        foreach (var zone in new[] { "Etc/UTC", "Pacific/Kiritimati", "Etc/GMT+12", "Europe/Amsterdam" })
        {
            var definition = OneChair with
            {
                TimeZone = zone,
                HorizonDays = 3_650,
                OpeningHours = WeeklyHours.On(EveryDay, Hours(0, 0)),
                BufferBeforeMinutes = 1_440,
                BufferAfterMinutes = 1_440,
                CustomerLimits = new CustomerLimits { Upcoming = 3 },
            };
            var agenda = new Agenda(Rules(definition), Instant.MinValue, []);
            foreach (var start in new[] { At(date, 0), At(date, 23, 59), Moment.At(Instant.MinValue), Moment.At(Instant.MaxValue) })
            {
                foreach (var kind in new[] { ActorKind.Customer, ActorKind.ApiKey, ActorKind.Staff, (ActorKind)99 })
                {
                    agenda.NeedsFrom(Booking(start, kind), Now);
                    var outcome = agenda.Judge(Booking(start, kind), Now);
                    Assert.True(kind == ActorKind.Staff || kind == ActorKind.ApiKey || !outcome.Accepted);
                    agenda.Judge(Booking(At(Tuesday, 9), kind) with { End = start }, Now);
                    agenda.Judge(Blocking(start, At(Tuesday, 9), kind), Now);
                    agenda.Judge(Blocking(At(Tuesday, 9), start, kind), Now);
                    var query = new FreeTimesQuery { From = date, To = date, Actor = kind };
                    agenda.NeedsFrom(query, Now);
                    agenda.FreeTimes(query, AgendaVersion, Now);
                    agenda.FreeTimes(query with { From = LocalDate.MinIsoValue, To = LocalDate.MaxIsoValue }, AgendaVersion, Now);
                    agenda.FreeTimes(query with { From = LocalDate.MaxIsoValue, To = LocalDate.MinIsoValue }, AgendaVersion, Now);
                    agenda.FreeTimes(query with { From = LocalDate.MaxIsoValue, To = LocalDate.MaxIsoValue }, AgendaVersion, Now);
                    agenda.FreeTimes(query with { LengthMinutes = int.MaxValue }, AgendaVersion, Now);
                    agenda.FreeTimes(query with { LengthMinutes = int.MinValue }, AgendaVersion, Now);
                    agenda.NearestFree(new NearestFreeQuery { Around = start, Actor = kind, Count = int.MaxValue }, AgendaVersion, Now);
                    agenda.NearestFree(new NearestFreeQuery { Around = default, Actor = kind, Count = -1 }, AgendaVersion, Now);
                }
            }
        }
    }
}
