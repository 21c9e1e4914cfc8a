using NodaTime;
using Slotwright.Appointments;
using static Slotwright.Schedules.AgendaExamples;

namespace Slotwright.Schedules;

/// <summary>What the agenda holds: taking, releasing, looking back, forgetting.</summary>
public sealed class AgendaPlacesTests
{
    private static readonly Appointment Bobs = Placed(1, Berlin(Tuesday, 10));

    [Fact]
    public void Moved_appointment_holds_both_places_until_one_is_released()
    {
        var agenda = Holding(OneChair, Bobs);
        var moved = Bobs.MovedTo(Accepted(agenda.Judge(Move(Bobs, At(Tuesday, 12)), Bobs, Now)));

        agenda.Take(moved);

        Refused(BookingRefusal.PlaceTaken, agenda.Judge(Booking(At(Tuesday, 10)), Now));
        Refused(BookingRefusal.PlaceTaken, agenda.Judge(Booking(At(Tuesday, 12)), Now));
        Assert.Equal((moved, 2), (agenda.Find(1), agenda.Count));

        agenda.Release(Bobs);

        Accepted(agenda.Judge(Booking(At(Tuesday, 10)), Now));
        Refused(BookingRefusal.PlaceTaken, agenda.Judge(Booking(At(Tuesday, 12)), Now));
        Assert.Equal((moved, 1), (agenda.Find(1), agenda.Count));
    }

    [Fact]
    public void Move_that_was_not_stored_gives_back_exactly_the_new_place()
    {
        var agenda = Holding(OneChair, Bobs);
        var moved = Bobs.MovedTo(Accepted(agenda.Judge(Move(Bobs, At(Tuesday, 12)), Bobs, Now)));

        agenda.Take(moved);
        agenda.Release(moved);

        Refused(BookingRefusal.PlaceTaken, agenda.Judge(Booking(At(Tuesday, 10)), Now));
        Accepted(agenda.Judge(Booking(At(Tuesday, 12)), Now));
        Assert.Equal((Bobs, 1), (agenda.Find(1), agenda.Count));
    }

    [Fact]
    public void Release_of_what_is_not_held_changes_nothing()
    {
        var agenda = Holding(OneChair, Bobs);

        agenda.Release(Bobs with { Revision = 2 });
        agenda.Release(Placed(9, Berlin(Tuesday, 10)));

        Assert.Equal((Bobs, 1), (agenda.Find(1), agenda.Count));
        Refused(BookingRefusal.PlaceTaken, agenda.Judge(Booking(At(Tuesday, 10)), Now));
    }

    [Fact]
    public void Take_refuses_what_is_held_already_or_has_no_place()
    {
        var agenda = Holding(OneChair, Bobs);

        Assert.Throws<ArgumentException>(() => agenda.Take(Bobs));
        Assert.Throws<ArgumentException>(() => agenda.Take(Bobs with { Id = 2, Status = AppointmentStatus.Cancelled }));
        Assert.Equal(1, agenda.Count);
    }

    [Fact]
    public void Forget_drops_what_has_ended_with_its_buffer_and_raises_the_mark()
    {
        var ended = Placed(1, Berlin(Tuesday, 9), after: 0);
        var buffered = Placed(2, Berlin(Tuesday, 9, 30), after: 30);
        var later = Placed(3, Berlin(Tuesday, 11));
        var agenda = Holding(OneChair, ended, buffered, later);

        agenda.Forget(Berlin(Tuesday, 10));

        Assert.Null(agenda.Find(1));
        Assert.NotNull(agenda.Find(2));
        Assert.NotNull(agenda.Find(3));
        Assert.Equal(Berlin(Tuesday, 10), agenda.LoadedFrom);
        Assert.Equal(2, agenda.Count);
    }

    [Fact]
    public void Extend_looks_further_back_and_believes_what_it_holds_more_than_what_was_read()
    {
        var agenda = new Agenda(Rules(OneChair), Berlin(Tuesday, 9), [Bobs]);
        agenda.Take(Bobs with { Revision = 2, Start = Berlin(Tuesday, 12), End = Berlin(Tuesday, 12, 30) });
        agenda.Release(Bobs);

        agenda.Extend(Berlin(Monday, 0), [Placed(2, Berlin(Monday, 12)), Bobs]);

        Assert.Equal((2, Berlin(Monday, 0)), (agenda.Count, agenda.LoadedFrom));
        Accepted(agenda.Judge(Booking(At(Tuesday, 10)), Now));
        Refused(BookingRefusal.PlaceTaken, agenda.Judge(Booking(At(Monday, 12), ActorKind.Staff), Now));
    }

    [Fact]
    public void Customers_and_keys_never_ask_the_agenda_to_look_further_back_than_now()
    {
        var agenda = new Agenda(Rules(Chairs with { BufferBeforeMinutes = 60 }), Now, []);
        var earliest = Now - Duration.FromHours(1);
        var old = Moment(1999);

        Assert.Equal(earliest, agenda.NeedsFrom(Booking(old), Now));
        Assert.Equal(earliest, agenda.NeedsFrom(Booking(old, ActorKind.ApiKey), Now));
        Assert.Equal(earliest, agenda.NeedsFrom(new FreeTimesQuery { From = new(1999, 1, 1), To = new(1999, 1, 9) }, Now));
        Assert.Equal(old.Instant - Duration.FromHours(1), agenda.NeedsFrom(Booking(old, ActorKind.Staff), Now));
        Assert.Null(agenda.NeedsFrom(Booking(default), Now));
    }

    private static Time.Moment Moment(int year) => Time.Moment.At(Instant.FromUtc(year, 1, 1, 0, 0));
}
