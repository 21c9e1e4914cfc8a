using NodaTime;
using Slotwright.Appointments;
using Slotwright.Mail;
using Slotwright.Pages.BackOffice;
using Slotwright.Schedules;

namespace Slotwright.BackOffice;

/// <summary>When moving an appointment is worth a question: one of 14:30 – 15:00 on Thursday 10 December, open from 9 until 12 and from 13 until 18.</summary>
public sealed class PlaceDoubtTests
{
    private static readonly Appointment Haircut = Samples.Haircut();
    private static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb[Haircut.Zone];
    private static readonly LocalDate Thursday = new(2026, 12, 10);

    [Theory]
    [InlineData("10:00", "12:00", 1, null)]
    [InlineData("10:00", "12:15", 1, PlaceDoubt.Closed)]
    [InlineData("11:30", "13:30", 1, PlaceDoubt.Closed)]
    [InlineData("17:30", "18:00", 1, null)]
    [InlineData("17:45", "18:15", 1, PlaceDoubt.Closed)]
    [InlineData("17:30", "18:00", 2, PlaceDoubt.Closed)]
    [InlineData("09:00", "09:30", 1, PlaceDoubt.Passed)]
    [InlineData("09:15", "09:45", 1, PlaceDoubt.Begun)]
    [InlineData("09:30", "10:00", 1, null)]
    public void Asked_is_what_has_passed_or_is_closed(string from, string to, int resource, PlaceDoubt? doubt) =>
        Assert.Equal(doubt, Doubt(Haircut, from, to, resource));

    [Fact]
    public void Asked_is_nothing_that_merely_stays_nor_of_a_block()
    {
        var late = Haircut with { Start = At("19:00").ToInstant(), End = At("20:00").ToInstant() };
        var early = Haircut with { Start = At("09:00").ToInstant(), End = At("09:30").ToInstant() };

        Assert.Null(Doubt(late, "19:15", "20:00", 1));
        Assert.Equal(PlaceDoubt.Closed, Doubt(late, "19:00", "20:15", 1));
        Assert.Null(Doubt(early, "09:00", "10:00", 1));
        Assert.Null(Doubt(Haircut with { Kind = AppointmentKind.Block }, "06:00", "23:00", 1));
    }

    private static PlaceDoubt? Doubt(Appointment current, string from, string to, int resource) => PlaceDoubts.Of(
        current,
        At(from),
        At(to),
        resource,
        [Open("13:00", "18:00"), Open("09:00", "12:00")],
        At("09:30").ToInstant());

    private static OpenHours Open(string from, string to) => new(1, At(from).LocalDateTime, At(to).LocalDateTime);

    private static ZonedDateTime At(string time) =>
        Zone.AtStrictly(Thursday + NodaTime.Text.LocalTimePattern.CreateWithInvariantCulture("HH':'mm").Parse(time).Value);
}
