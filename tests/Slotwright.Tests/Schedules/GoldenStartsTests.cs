using NodaTime;
using NodaTime.Text;
using Slotwright.Appointments;
using Slotwright.Time;
using static Slotwright.Schedules.AgendaExamples;

namespace Slotwright.Schedules;

/// <summary>Days on which clocks are put forward or back, against a committed table.</summary>
[Trait("Fault", "22"), Trait("Fault", "23")]
public sealed class GoldenStartsTests
{
    private static readonly LocalTimePattern TimePattern = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    public static TheoryData<string> Lines()
    {
        using var stream = typeof(GoldenStartsTests).Assembly.GetManifestResourceStream("golden-starts.txt")!;
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n').Where(line => line.Length > 0 && line[0] != '#')];
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public void Free_times_are_those_of_the_table_and_each_is_bookable(string line)
    {
        var words = line.Split(' ', 5);
        var expected = words.Length == 5 ? words[4] : "";
        var date = LocalDatePattern.Iso.Parse(words[1]).Value;
        var open = words[2].Split('-').Select(time => TimePattern.Parse(time).Value).ToArray();
        var length = int.Parse(words[3].TrimEnd(':'), null);
        var agenda = Empty(OneChair with
        {
            TimeZone = words[0],
            OpeningHours = WeeklyHours.On(EveryDay, new OpeningSpan(open[0], open[1])),
            Length = AppointmentLength.Fixed(length),
        });
        var now = agenda.Rules.Zone.AtStartOfDay(date.PlusDays(-3)).ToInstant();

        var times = agenda.Free(date, date, now: now).Times;

        var shown = times.Select(time => time.Start.InZone(agenda.Rules.Zone)).ToList();
        Assert.Equal(expected, string.Join(' ', shown.Select(start => start.ToString("HH:mmo<+HH:mm>", null))));
        Assert.All(times, time => Assert.Equal(Duration.FromMinutes(length), time.End - time.Start));
        foreach (var start in shown)
        {
            var place = Accepted(agenda.Judge(Booking(Moment.OnTheClock(start.LocalDateTime, start.Offset.Seconds)), now));
            Assert.Equal(start.ToInstant(), place.Start);
        }
    }

    [Theory]
    [InlineData("Europe/Berlin", "2027-03-28T02:30", null)]
    [InlineData("America/New_York", "2027-03-14T02:00", null)]
    [InlineData("Australia/Lord_Howe", "2026-10-04T02:15", null)]
    [InlineData("Pacific/Apia", "2011-12-30T12:00", null)]
    [InlineData("Europe/Berlin", "2027-10-31T02:30", 3 * 3_600)]
    [InlineData("Europe/Berlin", "2027-06-08T10:00", 3_600)]
    public void Time_that_the_clock_never_shows_is_refused_to_everyone(string zone, string local, int? offset)
    {
        var time = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm").Parse(local).Value;
        var agenda = Empty(OneChair with { TimeZone = zone, OpeningHours = WeeklyHours.On(EveryDay, Hours(0, 24)) });
        var now = agenda.Rules.Zone.AtStartOfDay(time.Date.PlusDays(-3)).ToInstant();
        var start = Moment.OnTheClock(time, offset);

        Refused(BookingRefusal.TimeDoesNotExist, agenda.Judge(Booking(start), now));
        Refused(BookingRefusal.TimeDoesNotExist, agenda.Judge(Booking(start, ActorKind.Staff), now));
        Refused(BookingRefusal.TimeDoesNotExist, agenda.Judge(Blocking(start, Moment.At(now)), now));
        Refused(BookingRefusal.TimeDoesNotExist, agenda.Judge(Blocking(Moment.At(now), start), now));
    }

    [Fact]
    public void Repeated_hour_is_two_places_and_the_first_unless_the_offset_says_which()
    {
        var agenda = Empty(OneChair with { OpeningHours = WeeklyHours.On(EveryDay, Hours(0, 24)) });
        var local = new LocalDateTime(2027, 10, 31, 2, 30);

        var unsaid = Accepted(agenda.Judge(Booking(Moment.OnTheClock(local)), Now));
        var first = Accepted(agenda.Judge(Booking(Moment.OnTheClock(local, 7_200)), Now));
        var second = Accepted(agenda.Judge(Booking(Moment.OnTheClock(local, 3_600)), Now));

        Assert.Equal(unsaid, first);
        Assert.Equal(first.Start + Duration.FromHours(1), second.Start);
        agenda.Take(Placed(1, first));
        Refused(BookingRefusal.PlaceTaken, agenda.Judge(Booking(Moment.OnTheClock(local)), Now));
        Accepted(agenda.Judge(Booking(Moment.OnTheClock(local, 3_600)), Now));
    }

    [Fact]
    public void British_columbia_keeps_its_summer_offset_from_2026_on()
    {
        var agenda = Empty(OneChair with { TimeZone = "America/Vancouver" });

        var place = Accepted(agenda.Judge(Booking(At(new(2026, 12, 1), 10)), Instant.FromUtc(2026, 11, 20, 0, 0)));

        Assert.Equal(Instant.FromUtc(2026, 12, 1, 17, 0), place.Start);
    }
}
