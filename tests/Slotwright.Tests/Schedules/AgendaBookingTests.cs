using NodaTime;
using Slotwright.Appointments;
using Slotwright.Time;
using static Slotwright.Schedules.AgendaExamples;

namespace Slotwright.Schedules;

public sealed class AgendaBookingTests
{
    [Fact]
    public void Book_places_the_default_length_on_the_first_free_resource()
    {
        var agenda = Empty(Chairs);

        var first = Accepted(agenda.Judge(Booking(At(Tuesday, 9)), Now));
        agenda.Take(Placed(1, first));
        var second = Accepted(agenda.Judge(Booking(At(Tuesday, 9)), Now));
        agenda.Take(Placed(2, second));

        Assert.Equal(new Placement(FirstChair, Berlin(Tuesday, 9), Berlin(Tuesday, 9, 30)), first);
        Assert.Equal(SecondChair, second.ResourceId);
        Refused(BookingRefusal.PlaceTaken, agenda.Judge(Booking(At(Tuesday, 9)), Now));
    }

    [Fact]
    public void Book_takes_an_instant_as_well_as_a_time_on_the_clock()
    {
        var place = Accepted(Empty(Chairs).Judge(Booking(Moment.At(Berlin(Tuesday, 9))), Now));

        Assert.Equal(Berlin(Tuesday, 9), place.Start);
    }

    [Theory]
    [InlineData(ActorKind.Customer)]
    [InlineData(ActorKind.ApiKey)]
    [InlineData(ActorKind.Staff)]
    public void Book_refuses_a_resource_that_the_schedule_lacks(ActorKind kind)
    {
        var command = Booking(At(Tuesday, 9), kind) with { ResourceId = 99 };

        Refused(BookingRefusal.UnknownResource, Empty(Chairs).Judge(command, Now));
    }

    [Theory]
    [InlineData(ActorKind.Customer, BookingRefusal.InThePast)]
    [InlineData(ActorKind.ApiKey, BookingRefusal.InThePast)]
    [InlineData(ActorKind.Staff, null)]
    public void Book_refuses_a_start_that_has_passed_to_all_but_staff(ActorKind kind, BookingRefusal? expected) =>
        Assert.Equal(expected, Empty(Chairs).Judge(Booking(At(Monday, 9, 30), kind), Now).Refusal);

    [Fact]
    public void Book_grants_a_start_at_this_very_instant() =>
        Accepted(Empty(Chairs).Judge(Booking(At(Monday, 10)), Now));

    [Theory]
    [InlineData(ActorKind.Customer, 0, BookingRefusal.LengthNotOffered)]
    [InlineData(ActorKind.Customer, -30, BookingRefusal.LengthNotOffered)]
    [InlineData(ActorKind.Customer, 45, BookingRefusal.LengthNotOffered)]
    [InlineData(ActorKind.ApiKey, 45, BookingRefusal.LengthNotOffered)]
    [InlineData(ActorKind.Staff, 45, null)]
    [InlineData(ActorKind.Staff, 0, BookingRefusal.LengthNotOffered)]
    [InlineData(ActorKind.Staff, 366 * 1_440, null)]
    [InlineData(ActorKind.Staff, (366 * 1_440) + 1, BookingRefusal.LengthNotOffered)]
    public void Book_refuses_lengths_that_are_not_offered(ActorKind kind, int minutes, BookingRefusal? expected)
    {
        var end = Moment.At(Berlin(Tuesday, 9) + Duration.FromMinutes(minutes));
        var command = Booking(At(Tuesday, 9), kind) with { End = end };

        Assert.Equal(expected, Empty(Chairs).Judge(command, Now).Refusal);
    }

    [Theory]
    [InlineData(30, true)]
    [InlineData(45, false)]
    [InlineData(50, true)]
    [InlineData(90, true)]
    [InlineData(110, false)]
    [InlineData(20, false)]
    public void Book_grants_a_variable_length_by_its_increment(int minutes, bool granted)
    {
        var definition = Chairs with
        {
            Length = new AppointmentLength { MinimumMinutes = 30, MaximumMinutes = 100, IncrementMinutes = 20, DefaultMinutes = 30 },
        };
        var command = Booking(At(Tuesday, 9)) with { End = Moment.At(Berlin(Tuesday, 9) + Duration.FromMinutes(minutes)) };

        Assert.Equal(granted ? null : BookingRefusal.LengthNotOffered, Empty(definition).Judge(command, Now).Refusal);
    }

    [Theory]
    [InlineData(8, 30, BookingRefusal.OutsideOpeningHours)]
    [InlineData(17, 0, BookingRefusal.OutsideOpeningHours)]
    [InlineData(16, 45, BookingRefusal.OutsideOpeningHours)]
    [InlineData(16, 30, null)]
    [InlineData(9, 10, BookingRefusal.StartNotOffered)]
    public void Book_grants_customers_what_is_open_and_on_the_grid(int hour, int minute, BookingRefusal? expected) =>
        Assert.Equal(expected, Empty(Chairs).Judge(Booking(At(Tuesday, hour, minute)), Now).Refusal);

    [Theory]
    [InlineData(3, 0)]
    [InlineData(9, 7)]
    public void Book_lets_staff_leave_hours_and_grid(int hour, int minute) =>
        Accepted(Empty(Chairs).Judge(Booking(At(Tuesday, hour, minute), ActorKind.Staff), Now));

    [Fact]
    public void Book_refuses_a_start_within_a_second_to_everyone()
    {
        var start = Moment.At(Berlin(Tuesday, 9) + Duration.FromMilliseconds(500));

        Refused(BookingRefusal.StartNotOffered, Empty(Chairs).Judge(Booking(start), Now));
        Refused(BookingRefusal.StartNotOffered, Empty(Chairs).Judge(Booking(start, ActorKind.Staff), Now));
    }

    [Theory]
    [InlineData(11, 30, ActorKind.Customer, BookingRefusal.TooSoon)]
    [InlineData(12, 0, ActorKind.Customer, null)]
    [InlineData(11, 30, ActorKind.ApiKey, null)]
    [InlineData(11, 30, ActorKind.Staff, null)]
    public void Book_refuses_customers_a_start_inside_the_minimum_notice(int hour, int minute, ActorKind kind, BookingRefusal? expected)
    {
        var agenda = Empty(Chairs with { MinimumNoticeMinutes = 120 });

        Assert.Equal(expected, agenda.Judge(Booking(At(Monday, hour, minute), kind), Now).Refusal);
    }

    [Theory]
    [InlineData(6, ActorKind.Customer, null)]
    [InlineData(7, ActorKind.Customer, BookingRefusal.TooFarAhead)]
    [InlineData(7, ActorKind.ApiKey, null)]
    [InlineData(7, ActorKind.Staff, null)]
    public void Book_refuses_customers_a_start_beyond_the_horizon(int days, ActorKind kind, BookingRefusal? expected)
    {
        var agenda = Empty(Chairs with { HorizonDays = 6 });

        Assert.Equal(expected, agenda.Judge(Booking(At(Monday.PlusDays(days), 16, 30), kind), Now).Refusal);
    }

    [Fact]
    public void Book_counts_the_horizon_in_local_days_of_the_schedule()
    {
        // In Auckland it is Tuesday already.
        var definition = Chairs with { TimeZone = "Pacific/Auckland", HorizonDays = 0 };
        var late = Instant.FromUtc(2027, 6, 7, 13, 0);

        Accepted(Empty(definition).Judge(Booking(At(Tuesday, 9)), late));
        Refused(BookingRefusal.TooFarAhead, Empty(definition).Judge(Booking(At(Tuesday.PlusDays(1), 9)), late));
    }

    [Fact]
    public void Book_for_anyone_is_refused_by_the_resource_that_came_furthest()
    {
        var definition = Chairs with
        {
            Resources = [Chairs.Resources[0], Chairs.Resources[1] with { OpeningHours = WeeklyHours.On(EveryDay, Hours(12, 20)) }],
        };
        var agenda = Holding(definition, Placed(1, Berlin(Tuesday, 18), resourceId: SecondChair));

        Refused(BookingRefusal.PlaceTaken, agenda.Judge(Booking(At(Tuesday, 18)), Now));
        Refused(BookingRefusal.StartNotOffered, agenda.Judge(Booking(At(Tuesday, 18, 40)), Now));
        Refused(BookingRefusal.OutsideOpeningHours, agenda.Judge(Booking(At(Tuesday, 21)), Now));
    }

    [Fact]
    public void Book_by_staff_for_anyone_prefers_who_offers_the_time()
    {
        var definition = Chairs with
        {
            Resources = [Chairs.Resources[0], Chairs.Resources[1] with { OpeningHours = WeeklyHours.On(EveryDay, Hours(12, 20)) }],
        };

        var evening = Accepted(Empty(definition).Judge(Booking(At(Tuesday, 18), ActorKind.Staff), Now));
        var night = Accepted(Empty(definition).Judge(Booking(At(Tuesday, 22), ActorKind.Staff), Now));

        Assert.Equal(SecondChair, evening.ResourceId);
        Assert.Equal(FirstChair, night.ResourceId);
    }

    [Theory]
    [InlineData(8, 30, 60)]
    [InlineData(9, 20, 10)]
    [InlineData(9, 45, 30)]
    [InlineData(8, 0, 240)]
    public void Book_refuses_any_overlap_not_only_equal_starts(int hour, int minute, int minutes)
    {
        var agenda = Holding(OneChair, Placed(1, Berlin(Tuesday, 9), 60));
        var start = At(Tuesday, hour, minute);
        var end = Moment.At(Berlin(Tuesday, hour, minute) + Duration.FromMinutes(minutes));

        Refused(BookingRefusal.PlaceTaken, agenda.Judge(Booking(start, ActorKind.Staff) with { End = end }, Now));
    }

    [Fact]
    public void Book_grants_what_only_touches()
    {
        var agenda = Holding(OneChair, Placed(1, Berlin(Tuesday, 10)));

        Accepted(agenda.Judge(Booking(At(Tuesday, 9, 30)), Now));
        Accepted(agenda.Judge(Booking(At(Tuesday, 10, 30)), Now));
    }

    [Fact]
    public void Book_by_staff_overlaps_only_by_the_explicit_flag_and_says_so()
    {
        var agenda = Holding(OneChair, Placed(1, Berlin(Tuesday, 10)));
        var command = Booking(At(Tuesday, 10), ActorKind.Staff) with { ResourceId = FirstChair };

        Refused(BookingRefusal.PlaceTaken, agenda.Judge(command, Now));
        Assert.True(Accepted(agenda.Judge(command with { AllowOverlap = true }, Now)).Overlaps);
        Assert.False(Accepted(agenda.Judge(command with { AllowOverlap = true, Start = At(Tuesday, 11) }, Now)).Overlaps);
        Refused(BookingRefusal.UnknownResource, agenda.Judge(command with { AllowOverlap = true, ResourceId = null }, Now));
    }

    [Theory]
    [InlineData(ActorKind.Customer)]
    [InlineData(ActorKind.ApiKey)]
    public void Book_with_the_overlap_flag_is_for_staff_alone(ActorKind kind)
    {
        var command = Booking(At(Tuesday, 10), kind) with { ResourceId = FirstChair, AllowOverlap = true };

        Refused(BookingRefusal.NotAllowed, Empty(OneChair).Judge(command, Now));
    }

    [Fact]
    public void Book_refuses_a_moment_without_any_time() =>
        Refused(BookingRefusal.TimeDoesNotExist, Empty(Chairs).Judge(Booking(default), Now));

    [Fact]
    public void Book_without_the_rows_it_would_have_to_look_at_is_a_bug_and_throws()
    {
        var agenda = new Agenda(Rules(Chairs), Now, []);
        var command = Booking(At(Monday, 9), ActorKind.Staff);

        Assert.True(agenda.NeedsFrom(command, Now) < agenda.LoadedFrom);
        Assert.Throws<InvalidOperationException>(() => agenda.Judge(command, Now));

        agenda.Extend(Now - Duration.FromDays(1), [Placed(1, Berlin(Monday, 9)), Placed(2, Berlin(Monday, 9), resourceId: SecondChair)]);

        Refused(BookingRefusal.PlaceTaken, agenda.Judge(command, Now));
    }
}
