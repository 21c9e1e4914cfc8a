using Slotwright.Appointments;
using static Slotwright.Schedules.AgendaExamples;

namespace Slotwright.Schedules;

public sealed class AgendaBufferTests
{
    private static readonly ScheduleDefinition Buffered = OneChair with { BufferBeforeMinutes = 30, BufferAfterMinutes = 60 };

    [Theory]
    [InlineData(11, 0, BookingRefusal.PlaceTaken)]
    [InlineData(11, 30, null)]
    [InlineData(8, 30, BookingRefusal.OutsideOpeningHours)]
    public void Gap_after_an_appointment_is_its_own_buffer_when_that_is_longer(int hour, int minute, BookingRefusal? expected)
    {
        var agenda = Holding(Buffered, Placed(1, Berlin(Tuesday, 10), before: 30, after: 60));

        Assert.Equal(expected, agenda.Judge(Booking(At(Tuesday, hour, minute)), Now).Refusal);
    }

    [Theory]
    [InlineData(10, 30, BookingRefusal.PlaceTaken)]
    [InlineData(11, 0, null)]
    public void Gap_after_an_appointment_is_the_newcomers_buffer_when_that_is_longer(int hour, int minute, BookingRefusal? expected)
    {
        var agenda = Holding(Buffered, Placed(1, Berlin(Tuesday, 10)));

        Assert.Equal(expected, agenda.Judge(Booking(At(Tuesday, hour, minute)), Now).Refusal);
    }

    [Theory]
    [InlineData(13, 0, BookingRefusal.PlaceTaken)]
    [InlineData(12, 30, null)]
    public void Gap_before_an_appointment_is_the_longer_of_the_two_buffers(int hour, int minute, BookingRefusal? expected)
    {
        var agenda = Holding(Buffered, Placed(1, Berlin(Tuesday, 14), before: 30, after: 60));

        Assert.Equal(expected, agenda.Judge(Booking(At(Tuesday, hour, minute)), Now).Refusal);
    }

    [Fact]
    public void Buffers_of_two_neighbours_may_overlap_each_other()
    {
        var agenda = Holding(Buffered, Placed(1, Berlin(Tuesday, 10), before: 30, after: 60));

        var place = Accepted(agenda.Judge(Booking(At(Tuesday, 11, 30)), Now));

        Assert.Equal((30, 60), (place.BufferBeforeMinutes, place.BufferAfterMinutes));
    }

    [Fact]
    public void Blocks_have_no_buffer_but_an_appointment_keeps_its_own_from_them()
    {
        var agenda = Holding(Buffered, Block(1, Berlin(Tuesday, 12), 60));

        Refused(BookingRefusal.PlaceTaken, agenda.Judge(Booking(At(Tuesday, 11)), Now));
        Accepted(agenda.Judge(Booking(At(Tuesday, 10, 30)), Now));
        Refused(BookingRefusal.PlaceTaken, agenda.Judge(Booking(At(Tuesday, 13)), Now));
        Accepted(agenda.Judge(Booking(At(Tuesday, 13, 30)), Now));
    }

    [Fact]
    public void Block_may_touch_a_block_but_not_the_buffer_of_an_appointment()
    {
        var agenda = Holding(Buffered, Block(1, Berlin(Tuesday, 12), 60), Placed(2, Berlin(Tuesday, 15), before: 30, after: 60));

        var place = Accepted(agenda.Judge(Blocking(At(Tuesday, 13), At(Tuesday, 14)), Now));

        Assert.Equal((0, 0), (place.BufferBeforeMinutes, place.BufferAfterMinutes));
        Refused(BookingRefusal.PlaceTaken, agenda.Judge(Blocking(At(Tuesday, 13), At(Tuesday, 14, 45)), Now));
        Refused(BookingRefusal.PlaceTaken, agenda.Judge(Blocking(At(Tuesday, 16), At(Tuesday, 17)), Now));
    }

    [Fact]
    public void Appointments_keep_the_buffers_they_were_placed_with()
    {
        var agenda = Holding(Buffered, Placed(1, Berlin(Tuesday, 10), before: 30, after: 60));

        agenda.Follow(Rules(OneChair));

        Refused(BookingRefusal.PlaceTaken, agenda.Judge(Booking(At(Tuesday, 11)), Now));
        Accepted(agenda.Judge(Booking(At(Tuesday, 11, 30)), Now));
        Assert.StartsWith("09:00 11:30 12:00", agenda.Free(Tuesday, Tuesday).Starts(), StringComparison.Ordinal);
    }

    [Fact]
    public void Long_block_bars_everything_it_covers()
    {
        var agenda = Holding(OneChair, Block(1, Berlin(Tuesday.PlusDays(-90), 12), 365 * 1_440));

        Refused(BookingRefusal.PlaceTaken, agenda.Judge(Booking(At(Tuesday, 12)), Now));
        Assert.Empty(agenda.Free(Tuesday, Tuesday.PlusDays(30)).Times);
        Accepted(agenda.Judge(Booking(At(Tuesday.PlusDays(276), 9)), Now));
    }
}
