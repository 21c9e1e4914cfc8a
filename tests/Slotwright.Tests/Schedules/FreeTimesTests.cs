using NodaTime;
using Slotwright.Appointments;
using static Slotwright.Schedules.AgendaExamples;

namespace Slotwright.Schedules;

public sealed class FreeTimesTests
{
    [Fact]
    public void Times_ascend_and_name_every_free_resource_in_the_order_shown()
    {
        var agenda = Holding(
            Chairs with { OpeningHours = WeeklyHours.On(EveryDay, Hours(9, 11)) },
            Placed(1, Berlin(Tuesday, 9), resourceId: SecondChair),
            Placed(2, Berlin(Tuesday, 9, 30)),
            Placed(3, Berlin(Tuesday, 10)),
            Placed(4, Berlin(Tuesday, 10), resourceId: SecondChair));

        var times = agenda.Free(Tuesday, Tuesday);

        Assert.Equal("09:00 09:30 10:30", times.Starts());
        Assert.Equal([[FirstChair], [SecondChair], [FirstChair, SecondChair]], times.Times.Select(time => time.ResourceIds));
        Assert.Equal((AgendaVersion, 3L, "Europe/Berlin"), (times.AgendaVersion, times.RulesEdition, times.Zone));
        Assert.Equal(Berlin(Tuesday, 9, 30), times.Times[0].End);
    }

    [Fact]
    public void Customers_see_neither_the_past_nor_the_notice_nor_beyond_the_horizon()
    {
        var agenda = Empty(Chairs with { MinimumNoticeMinutes = 300, HorizonDays = 1 });

        Assert.Equal("15:00 15:30 16:00 16:30", agenda.Free(Monday, Monday).Starts());
        Assert.Equal(16, agenda.Free(Tuesday, Tuesday.PlusDays(5)).Times.Count);
        Assert.Equal(14, agenda.Free(Monday, Monday, ActorKind.ApiKey).Times.Count);
        Assert.Equal(16, agenda.Free(Monday, Monday, ActorKind.Staff).Times.Count);
        Assert.Equal(96, agenda.Free(Tuesday, Tuesday.PlusDays(5), ActorKind.ApiKey).Times.Count);
    }

    [Fact]
    public void One_resource_or_another_length_may_be_asked_for()
    {
        var definition = Chairs with
        {
            Length = new AppointmentLength { MinimumMinutes = 30, MaximumMinutes = 240, IncrementMinutes = 30, DefaultMinutes = 60 },
        };
        var agenda = Holding(definition, Placed(1, Berlin(Tuesday, 11), 240));
        var query = new FreeTimesQuery { From = Tuesday, To = Tuesday };

        Assert.Equal("09:00 09:30 10:00 15:00 15:30 16:00", Starts(agenda, query with { ResourceId = FirstChair }));
        Assert.Equal("09:00 15:00", Starts(agenda, query with { ResourceId = FirstChair, LengthMinutes = 120 }));
        Assert.Equal(
            "09:00 09:30 10:00 10:30 11:00 11:30 12:00 12:30 13:00", Starts(agenda, query with { LengthMinutes = 240 }));
        Refused(BookingRefusal.LengthNotOffered, agenda.FreeTimes(query with { LengthMinutes = 45 }, AgendaVersion, Now));
        Refused(BookingRefusal.UnknownResource, agenda.FreeTimes(query with { ResourceId = 99 }, AgendaVersion, Now));
        Assert.Equal("09:00", Starts(agenda, query with { LengthMinutes = 475, Actor = ActorKind.Staff, ResourceId = SecondChair }));
        Refused(BookingRefusal.LengthNotOffered, agenda.FreeTimes(query with { LengthMinutes = 0, Actor = ActorKind.Staff }, AgendaVersion, Now));
    }

    [Fact]
    public void Appointment_that_is_moved_is_ignored_and_may_keep_its_length()
    {
        var agenda = Holding(OneChair, Placed(1, Berlin(Tuesday, 9), 45), Placed(2, Berlin(Tuesday, 10), 390));
        var query = new FreeTimesQuery { From = Tuesday, To = Tuesday, LengthMinutes = 45, Ignoring = 1 };

        Assert.Equal("09:00", Starts(agenda, query));
        Refused(BookingRefusal.LengthNotOffered, agenda.FreeTimes(query with { Ignoring = null }, AgendaVersion, Now));
    }

    [Fact]
    public void Spans_of_a_day_each_have_their_grid_and_those_that_touch_are_one()
    {
        var definition = OneChair with
        {
            Length = AppointmentLength.Fixed(60),
            StepMinutes = 40,
            OpeningHours = WeeklyHours.On(
                EveryDay,
                new OpeningSpan(new(14, 10), new(16, 0)),
                new OpeningSpan(new(10, 0), new(11, 0)),
                new OpeningSpan(new(9, 0), new(10, 30)),
                new OpeningSpan(new(11, 0), new(11, 50))),
        };

        Assert.Equal("09:00 09:40 10:20 14:10 14:50", Empty(definition).Free(Tuesday, Tuesday).Starts());
    }

    [Fact]
    public void Opening_over_midnight_belongs_to_the_day_on_which_it_begins()
    {
        var definition = OneChair with
        {
            Length = AppointmentLength.Fixed(60),
            StepMinutes = 60,
            OpeningHours = WeeklyHours.On([IsoDayOfWeek.Tuesday], Hours(22, 2)),
        };

        Assert.Equal("22:00 23:00", Empty(definition).Free(Tuesday, Tuesday).Starts());
        Assert.Equal("00:00 01:00", Empty(definition).Free(Tuesday.PlusDays(1), Tuesday.PlusDays(1)).Starts());

        var closedTuesday = definition with { Exceptions = [new SpecialHours { From = Tuesday, To = Tuesday }] };

        Assert.Empty(Empty(closedTuesday).Free(Tuesday, Tuesday.PlusDays(1)).Times);
    }

    [Fact]
    public void Appointment_may_run_from_one_day_into_the_next_where_they_meet()
    {
        var definition = OneChair with
        {
            Length = AppointmentLength.Fixed(90),
            StepMinutes = 60,
            OpeningHours = WeeklyHours.On(EveryDay, Hours(22, 24), Hours(0, 1)),
        };

        Assert.Equal("22:00 23:00", Empty(definition).Free(Tuesday, Tuesday).Starts());
    }

    [Fact]
    public void Overlapping_openings_of_two_days_offer_both_grids_once_each()
    {
        var definition = OneChair with
        {
            StepMinutes = 60,
            OpeningHours = WeeklyHours.On(EveryDay, new OpeningSpan(new(20, 30), new(4, 0)), new OpeningSpan(new(2, 0), new(5, 0))),
        };

        Assert.Equal(
            "00:30 01:30 02:00 02:30 03:00 03:30 04:00 20:30 21:30 22:30 23:30", Empty(definition).Free(Tuesday, Tuesday).Starts());
        Assert.Equal(22, Empty(definition).Free(Tuesday, Tuesday.PlusDays(1)).Times.Count);
    }

    [Fact]
    public void Narrowest_exception_wins_then_the_later_one()
    {
        var definition = Chairs with
        {
            Exceptions =
            [
                new SpecialHours { From = Tuesday, To = Tuesday, ResourceId = SecondChair, Spans = [Hours(20, 21)] },
                new SpecialHours { From = Monday, To = Tuesday.PlusDays(7), Note = "Holidays" },
                new SpecialHours { From = Tuesday, To = Tuesday.PlusDays(1), Spans = [Hours(12, 13)] },
            ],
        };
        var times = Empty(definition).Free(Tuesday, Tuesday.PlusDays(9));

        Assert.Equal("12:00 12:30 20:00 20:30 12:00 12:30", string.Join(' ', times.Starts().Split(' ')[..6]));
        Assert.Equal([FirstChair], times.Times[0].ResourceIds);
        Assert.Equal([SecondChair], times.Times[2].ResourceIds);
        Assert.Equal([FirstChair, SecondChair], times.Times[4].ResourceIds);
        Assert.Equal(6 + 32, times.Times.Count);
    }

    [Fact]
    public void Schedule_without_hours_is_open_by_exception_only()
    {
        var definition = OneChair with
        {
            OpeningHours = new WeeklyHours { Spans = [] },
            Exceptions = [new SpecialHours { From = Tuesday, To = Tuesday, Spans = [Hours(0, 0)] }],
        };

        Assert.Equal(48, Empty(definition).Free(Monday, Tuesday.PlusDays(9)).Times.Count);
    }

    [Fact]
    public void Range_is_looked_at_for_63_days_at_most_and_may_be_empty()
    {
        var agenda = Empty(Chairs);

        Assert.Equal(63 * 16, agenda.Free(Tuesday, Tuesday.PlusDays(300)).Times.Count);
        Assert.Empty(agenda.Free(Tuesday, Monday).Times);
    }

    [Fact]
    public void Two_hundred_resources_keep_their_sets_apart()
    {
        var definition = Chairs with
        {
            OpeningHours = WeeklyHours.On(EveryDay, Hours(9, 10)),
            Resources = [.. Enumerable.Range(1, 200).Select(id => new Resource { Id = id, Name = $"Room {id}" })],
        };
        var agenda = Holding(definition, [.. Enumerable.Range(1, 199).Select(id => Placed(id, Berlin(Tuesday, 9), resourceId: id))]);

        var times = agenda.Free(Tuesday, Tuesday).Times;

        Assert.Equal([200], times[0].ResourceIds);
        Assert.Equal(Enumerable.Range(1, 200), times[1].ResourceIds);
    }

    [Fact]
    public void Every_start_keeps_its_own_set_of_resources_however_many_sets_there_are()
    {
        var definition = Chairs with
        {
            Length = AppointmentLength.Fixed(5),
            StepMinutes = 5,
            OpeningHours = WeeklyHours.On(EveryDay, Hours(0, 24)),
            Resources = [.. Enumerable.Range(1, 8).Select(id => new Resource { Id = id, Name = $"Room {id}" })],
        };

        // The number of each start, in binary, says which rooms are free.
        static int[] Rooms(int number) => [.. Enumerable.Range(1, 8).Where(id => (number & (1 << (id - 1))) != 0)];
        var start = Berlin(Tuesday, 0);
        var taken =
            from number in Enumerable.Range(0, 256)
            from room in Enumerable.Range(1, 8).Except(Rooms(number))
            select Placed((number * 8) + room, start + Duration.FromMinutes(number * 5), 5, room);

        var times = Holding(definition, [.. taken]).Free(Tuesday, Tuesday).Times;

        Assert.Equal(Enumerable.Range(1, 255).Select(Rooms), times.Take(255).Select(time => time.ResourceIds));
    }

    [Fact]
    public void Answer_holds_until_the_notice_reaches_its_first_time()
    {
        var agenda = Empty(Chairs with { MinimumNoticeMinutes = 60 });

        var times = agenda.Free(Monday, Monday);

        Assert.StartsWith("11:00", times.Starts(), StringComparison.Ordinal);
        Assert.Equal(Now + Duration.Epsilon, times.ValidUntil);
        Assert.StartsWith("11:30", agenda.Free(Monday, Monday, now: times.ValidUntil).Starts(), StringComparison.Ordinal);
    }

    [Fact]
    public void Answer_holds_until_the_horizon_opens_a_day_asked_for()
    {
        var agenda = Empty(Chairs with { HorizonDays = 10 });

        Assert.Equal(Berlin(Tuesday, 0), agenda.Free(Monday.PlusDays(9), Monday.PlusDays(30)).ValidUntil);
        Assert.Equal(Berlin(Monday.PlusDays(5), 0), agenda.Free(Monday.PlusDays(15), Monday.PlusDays(30)).ValidUntil);
        Assert.Equal(
            Berlin(Monday.PlusDays(9), 9) + Duration.Epsilon, agenda.Free(Monday.PlusDays(9), Monday.PlusDays(10)).ValidUntil);
        Assert.Equal(Instant.MaxValue, agenda.Free(Monday.PlusDays(9), Monday.PlusDays(30), ActorKind.Staff).ValidUntil);
    }

    [Fact]
    public void Nearest_are_the_nearest_first_and_the_earlier_of_two_equal_ones()
    {
        var agenda = Holding(OneChair, Placed(1, Berlin(Tuesday, 12)), Placed(2, Berlin(Tuesday, 12, 30)));

        Assert.Equal("11:30 11:00 13:00", Nearest(agenda, new NearestFreeQuery { Around = At(Tuesday, 12) }));
        Assert.Equal("13:00 13:30", Nearest(agenda, new NearestFreeQuery { Around = At(Tuesday, 12), Earlier = false, Count = 2 }));
        Assert.Equal("12:00", Nearest(Empty(OneChair), new NearestFreeQuery { Around = At(Tuesday, 12), Count = 1 }));
        Assert.Equal("11:00 11:30", Nearest(agenda, new NearestFreeQuery { Around = At(Tuesday, 11, 15), Count = 2 }));
    }

    [Fact]
    public void Nearest_stay_between_the_notice_and_the_horizon()
    {
        var agenda = Empty(OneChair with { MinimumNoticeMinutes = 60, HorizonDays = 2 });

        Assert.Equal("11:00 11:30 12:00", Nearest(agenda, new NearestFreeQuery { Around = At(Monday, 3) }));
        Assert.Equal("16:30 16:00 15:30", Nearest(agenda, new NearestFreeQuery { Around = At(Monday.PlusYears(3), 3) }));
        Assert.Equal("", Nearest(agenda, new NearestFreeQuery { Around = At(Monday.PlusYears(3), 3), Earlier = false }));
        Refused(BookingRefusal.UnknownResource, agenda.NearestFree(new NearestFreeQuery { Around = At(Monday, 3), ResourceId = 99 }, AgendaVersion, Now));
        Refused(BookingRefusal.LengthNotOffered, agenda.NearestFree(new NearestFreeQuery { Around = At(Monday, 3), LengthMinutes = 7 }, AgendaVersion, Now));
    }

    [Fact]
    public void Nearest_are_found_months_away()
    {
        var definition = OneChair with { Exceptions = [new SpecialHours { From = Monday.PlusDays(-9), To = Monday.PlusDays(299) }] };

        var outcome = Empty(definition).NearestFree(new NearestFreeQuery { Around = At(Tuesday, 12), Count = 1 }, AgendaVersion, Now);

        Assert.Equal(Berlin(Monday.PlusDays(300), 9), Assert.Single(outcome.Value!.Times).Start);
    }

    private static string Starts(Agenda agenda, FreeTimesQuery query)
    {
        var outcome = agenda.FreeTimes(query, AgendaVersion, Now);
        Assert.True(outcome.Accepted, $"Refused: {outcome.Refusal}");
        return outcome.Value.Starts();
    }

    private static string Nearest(Agenda agenda, NearestFreeQuery query) => agenda.NearestFree(query, AgendaVersion, Now).Value!.Starts();
}
