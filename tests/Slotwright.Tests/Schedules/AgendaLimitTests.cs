using Slotwright.Appointments;
using static Slotwright.Schedules.AgendaExamples;

namespace Slotwright.Schedules;

public sealed class AgendaLimitTests
{
    private const string Ann = "ann@example.com";

    // Ann holds a Tuesday and the Sunday of the same ISO week.
    private static readonly Appointment[] Held =
    [
        Placed(1, Berlin(Tuesday, 10), email: " ANN@example.com "),
        Placed(2, Berlin(Monday.PlusDays(6), 10), email: Ann),
    ];

    [Theory]
    [InlineData(1, null, null, 1, BookingRefusal.DayLimit)]
    [InlineData(1, null, null, 2, null)]
    [InlineData(null, 2, null, 3, BookingRefusal.WeekLimit)]
    [InlineData(null, 2, null, 7, null)]
    [InlineData(null, null, 2, 7, BookingRefusal.UpcomingLimit)]
    [InlineData(null, null, 3, 7, null)]
    [InlineData(1, 1, 1, 1, BookingRefusal.DayLimit)]
    public void Book_refuses_a_customer_more_than_the_limit(int? day, int? week, int? upcoming, int daysAfterMonday, BookingRefusal? expected)
    {
        var limits = new CustomerLimits { PerDay = day, PerWeek = week, Upcoming = upcoming };
        var agenda = Holding(Chairs with { CustomerLimits = limits }, Held);

        Assert.Equal(expected, agenda.Judge(Booking(At(Monday.PlusDays(daysAfterMonday), 12), email: "Ann@Example.com"), Now).Refusal);
        Assert.Null(agenda.Judge(Booking(At(Monday.PlusDays(daysAfterMonday), 12), ActorKind.ApiKey, Ann), Now).Refusal);
        Assert.Null(agenda.Judge(Booking(At(Monday.PlusDays(daysAfterMonday), 12), ActorKind.Staff, Ann), Now).Refusal);
        Assert.Null(agenda.Judge(Booking(At(Monday.PlusDays(daysAfterMonday), 12), email: "carl@example.com"), Now).Refusal);
    }

    [Fact]
    public void Limits_count_local_days_of_the_schedule()
    {
        // Tuesday 00:30 in Berlin is still Monday in UTC.
        var definition = Chairs with
        {
            OpeningHours = WeeklyHours.On(EveryDay, Hours(0, 24)),
            CustomerLimits = new CustomerLimits { PerDay = 1 },
        };
        var agenda = Holding(definition, Placed(1, Berlin(Tuesday, 0, 30), email: Ann));

        Accepted(agenda.Judge(Booking(At(Monday, 23)), Now));
        Refused(BookingRefusal.DayLimit, agenda.Judge(Booking(At(Tuesday, 23)), Now));
    }

    [Fact]
    public void Limits_count_iso_weeks_over_the_turn_of_a_year()
    {
        // 2026 has a week 53, which ends on Sunday 2027-01-03.
        var definition = Chairs with { CustomerLimits = new CustomerLimits { PerWeek = 1 } };
        var agenda = Holding(definition, Placed(1, Berlin(new(2026, 12, 28), 10), email: Ann));
        var before = Berlin(new(2026, 12, 1), 10);

        Refused(BookingRefusal.WeekLimit, agenda.Judge(Booking(At(new(2027, 1, 3), 10)), before));
        Accepted(agenda.Judge(Booking(At(new(2027, 1, 4), 10)), before));
        Accepted(agenda.Judge(Booking(At(new(2026, 12, 27), 10)), before));
    }

    [Fact]
    public void Limits_forget_what_has_ended_and_never_count_blocks()
    {
        var definition = Chairs with { CustomerLimits = new CustomerLimits { Upcoming = 1 } };
        var agenda = Holding(
            definition,
            Placed(1, Berlin(Monday, 9, 30), email: Ann),
            Block(2, Berlin(Tuesday, 15), 30) with { Customer = new CustomerDetails { Email = Ann } });

        Accepted(agenda.Judge(Booking(At(Tuesday, 9)), Now));

        agenda.Take(Placed(3, Berlin(Monday, 9, 45), email: Ann));

        Refused(BookingRefusal.UpcomingLimit, agenda.Judge(Booking(At(Tuesday, 9)), Now));
    }

    [Fact]
    public void Move_does_not_count_itself_and_what_is_being_moved_counts_once()
    {
        var definition = Chairs with { CustomerLimits = new CustomerLimits { PerDay = 2, Upcoming = 2 } };
        var first = Placed(1, Berlin(Tuesday, 9), email: Ann);
        var agenda = Holding(definition, first, Placed(2, Berlin(Tuesday, 15), email: Ann));

        var place = Accepted(agenda.Judge(Move(first, At(Tuesday, 10)), first, Now));
        agenda.Take(first.MovedTo(place));
        agenda.Release(Placed(2, Berlin(Tuesday, 15), email: Ann));

        Accepted(agenda.Judge(Booking(At(Tuesday, 12)), Now));
    }

    [Fact]
    public void Limits_do_not_apply_without_an_email()
    {
        var definition = Chairs with { CustomerLimits = new CustomerLimits { Upcoming = 1 } };
        var agenda = Holding(definition, Placed(1, Berlin(Tuesday, 10), email: ""));

        Accepted(agenda.Judge(Booking(At(Tuesday, 9), email: " "), Now));
    }

    [Fact]
    public void Limits_follow_new_rules_and_an_amended_email()
    {
        var agenda = Holding(Chairs, Held);
        agenda.Follow(Rules(Chairs with { CustomerLimits = new CustomerLimits { Upcoming = 2 } }));

        Refused(BookingRefusal.UpcomingLimit, agenda.Judge(Booking(At(Tuesday, 9)), Now));

        var amended = Held[1] with { Revision = 2, Customer = new CustomerDetails { Email = "carl@example.com" } };
        agenda.Take(amended);
        Accepted(agenda.Judge(Booking(At(Tuesday, 9)), Now));
        agenda.Release(Held[1]);

        Accepted(agenda.Judge(Booking(At(Tuesday, 9)), Now));
        Accepted(agenda.Judge(Booking(At(Tuesday, 9), email: "carl@example.com"), Now));
    }
    [Fact]
    public void Change_of_email_that_was_not_stored_leaves_the_customer_as_before()
    {
        var agenda = Holding(Chairs with { CustomerLimits = new CustomerLimits { Upcoming = 2 } }, Held);
        var noted = Held[1] with { Revision = 2, Note = "By the window" };
        var amended = Held[1] with { Revision = 3, Customer = new CustomerDetails { Email = "carl@example.com" } };
        agenda.Take(noted);
        agenda.Take(amended);
        agenda.Release(Held[1]);

        agenda.Release(amended);

        Refused(BookingRefusal.UpcomingLimit, agenda.Judge(Booking(At(Tuesday, 9)), Now));
    }
}
