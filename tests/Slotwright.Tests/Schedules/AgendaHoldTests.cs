using NodaTime;
using Slotwright.Appointments;
using static Slotwright.Schedules.AgendaExamples;

namespace Slotwright.Schedules;

/// <summary>A place that is kept while a visitor fills in the form.</summary>
public sealed class AgendaHoldTests
{
    private static readonly Instant Ten = Berlin(Tuesday, 10);

    [Fact]
    public void A_held_place_is_busy_for_others_and_free_for_whoever_holds_it()
    {
        var agenda = Empty(OneChair);

        var held = agenda.Hold(Holding("ann"), Now).Value!;

        Assert.Equal(Now + Duration.FromMinutes(5), held.Until);
        Assert.DoesNotContain("10:00", agenda.Free(Tuesday, Tuesday).Starts(), StringComparison.Ordinal);
        Refused(BookingRefusal.PlaceTaken, agenda.Judge(Booking(At(Tuesday, 10)), Now));
        Refused(BookingRefusal.PlaceTaken, agenda.Judge(Booking(At(Tuesday, 10)) with { Visitor = "bob" }, Now));
        Refused(BookingRefusal.PlaceTaken, agenda.Hold(Holding("bob"), Now));
        Assert.Equal(Ten, Accepted(agenda.Judge(Booking(At(Tuesday, 10)) with { Visitor = "ann" }, Now)).Start);
    }

    [Fact, Trait("Fault", "61")]
    public void A_hold_ends_at_its_instant_and_leaves_the_place_to_whoever_comes_first()
    {
        var agenda = Empty(OneChair);
        agenda.Hold(Holding("ann"), Now);
        var last = Now + Held.Lifetime - Duration.Epsilon;
        Refused(BookingRefusal.PlaceTaken, agenda.Judge(Booking(At(Tuesday, 10)), last));
        Assert.NotNull(agenda.HeldBy("ann", last));

        var after = Now + Held.Lifetime;

        Assert.Null(agenda.HeldBy("ann", after));
        Accepted(agenda.Judge(Booking(At(Tuesday, 10)), after));

        // Ann, who typed for too long, still gets it while nobody else has it.
        Accepted(agenda.Judge(Booking(At(Tuesday, 10)) with { Visitor = "ann" }, after));
    }

    [Fact]
    public void A_hold_over_which_staff_put_something_keeps_nothing_any_more()
    {
        var agenda = Empty(OneChair with { BufferBeforeMinutes = 10 });
        agenda.Hold(Holding("ann"), Now);
        var booking = Booking(At(Tuesday, 10, 40), ActorKind.Staff) with { ResourceId = FirstChair, AllowOverlap = true };
        agenda.Take(Placed(1, Accepted(agenda.Judge(booking, Now))));
        Assert.NotNull(agenda.HeldBy("ann", Now));

        var over = Placed(2, Accepted(agenda.Judge(booking with { Start = At(Tuesday, 10, 15) }, Now)));
        agenda.Take(over);

        Assert.Null(agenda.HeldBy("ann", Now));
        Refused(BookingRefusal.PlaceTaken, agenda.Judge(Booking(At(Tuesday, 10)) with { Visitor = "ann" }, Now));
        agenda.Release(over);
        Assert.Equal(Ten, agenda.HeldBy("ann", Now)?.Start);
    }

    [Fact]
    public void An_answer_lives_until_the_next_hold_ends_and_holds_tell_answers_apart()
    {
        var agenda = Empty(OneChair);
        var none = agenda.Free(Tuesday, Tuesday);
        agenda.Hold(Holding("ann"), Now);
        var one = agenda.Free(Tuesday, Tuesday);
        agenda.Hold(Holding("ann") with { Start = At(Tuesday, 11) }, Now);
        var other = agenda.Free(Tuesday, Tuesday);
        var over = agenda.Free(Tuesday, Tuesday, now: Now + Held.Lifetime);

        Assert.Equal(Now + Held.Lifetime, one.ValidUntil);
        Assert.Equal(0, none.Holds);
        Assert.NotEqual(one.Holds, other.Holds);
        Assert.Contains("10:00", other.Starts(), StringComparison.Ordinal);
        Assert.DoesNotContain("11:00", other.Starts(), StringComparison.Ordinal);
        Assert.Equal(none.Starts(), over.Starts());
        Assert.Equal(0, over.Holds);
    }

    [Fact]
    public void A_visitor_holds_one_place_and_lets_go_of_that_one_only()
    {
        var agenda = Empty(OneChair);
        agenda.Hold(Holding("ann"), Now);
        agenda.Hold(Holding("ann") with { Start = At(Tuesday, 11) }, Now);

        Accepted(agenda.Judge(Booking(At(Tuesday, 10)), Now));
        Assert.False(agenda.LetGo("ann", Ten, Now));
        Assert.False(agenda.LetGo("bob", null, Now));
        Refused(BookingRefusal.PlaceTaken, agenda.Judge(Booking(At(Tuesday, 11)), Now));
        Assert.True(agenda.LetGo("ann", Berlin(Tuesday, 11), Now));
        Accepted(agenda.Judge(Booking(At(Tuesday, 11)), Now));
    }

    [Fact]
    public void An_address_holds_twenty_places_and_no_more()
    {
        var agenda = Empty(Chairs with { StepMinutes = 5, Length = AppointmentLength.Fixed(5) });
        for (var visitor = 0; visitor < HoldPlace.MostPerAddress; visitor++)
        {
            Assert.True(agenda.Hold(Holding($"v{visitor}") with { Start = At(Tuesday, 10 + (visitor / 12), visitor % 12 * 5) }, Now).Accepted);
        }

        Refused(BookingRefusal.TooManyHeld, agenda.Hold(Holding("late") with { Start = At(Tuesday, 15) }, Now));
        Assert.True(agenda.Hold(Holding("v3") with { Start = At(Tuesday, 15) }, Now).Accepted);
        Assert.True(agenda.Hold(Holding("late") with { Start = At(Tuesday, 16), Address = "2.2.2.2" }, Now).Accepted);
        Assert.True(agenda.Hold(Holding("late") with { Start = At(Tuesday, 14) }, Now + Held.Lifetime).Accepted);
    }

    [Fact]
    public void A_hold_keeps_its_buffers_and_is_judged_as_a_customers_booking()
    {
        var agenda = Empty(OneChair with { BufferAfterMinutes = 30, MinimumNoticeMinutes = 60 });
        agenda.Hold(Holding("ann"), Now);

        Refused(BookingRefusal.PlaceTaken, agenda.Judge(Booking(At(Tuesday, 10, 30)), Now));
        Accepted(agenda.Judge(Booking(At(Tuesday, 11)), Now));
        Refused(BookingRefusal.TooSoon, agenda.Hold(Holding("bob") with { Start = At(Monday, 10, 30) }, Now));
        Refused(BookingRefusal.OutsideOpeningHours, agenda.Hold(Holding("bob") with { Start = At(Tuesday, 20) }, Now));
    }

    [Fact]
    public void Each_day_is_closed_over_full_or_free()
    {
        var definition = OneChair with
        {
            OpeningHours = WeeklyHours.On(EveryDay[..2], Hours(9, 10)),
            Length = AppointmentLength.Fixed(60),
            StepMinutes = 60,
            HorizonDays = 5,
        };
        var agenda = AgendaExamples.Holding(definition, Placed(1, Berlin(Tuesday, 9), 60));

        var days = agenda.FreeTimes(new FreeTimesQuery { From = Monday, To = Monday.PlusDays(7), WithDays = true }, AgendaVersion, Now).Value!.Days;

        Assert.Equal(
            [DayOffer.Over, DayOffer.Full, DayOffer.Closed, DayOffer.Closed, DayOffer.Closed, DayOffer.Closed, DayOffer.Closed, DayOffer.Over],
            days);
        Assert.Equal(DayOffer.Free, agenda.FreeTimes(new FreeTimesQuery { From = Monday, To = Monday, WithDays = true }, AgendaVersion, Now - Duration.FromHours(2)).Value!.Days[0]);
    }

    [Fact]
    public void A_customer_gives_what_the_schedule_asks_for_and_staff_what_they_know()
    {
        var agenda = Empty(OneChair with { Fields = new CustomerFields { Phone = FieldUse.Required, Address = FieldUse.Required } });
        var without = Booking(At(Tuesday, 10));
        var with = without with { Customer = without.Customer with { Phone = "1", Address = "Here 1" } };

        Refused(BookingRefusal.DetailsMissing, agenda.Judge(without, Now));
        Refused(BookingRefusal.DetailsMissing, agenda.Judge(with with { Customer = with.Customer with { Address = " " } }, Now));
        Accepted(agenda.Judge(with, Now));
        Accepted(agenda.Judge(without with { Actor = As(ActorKind.Staff) }, Now));
        Assert.Equal(ScheduleRefusal.FieldsInvalid, ScheduleRules.Compile(OneChair with { Fields = new CustomerFields { Note = (FieldUse)9 } }).Refusal);
    }

    private static HoldPlace Holding(string visitor) => new() { Start = At(Tuesday, 10), Visitor = visitor, Address = "1.1.1.1" };
}
