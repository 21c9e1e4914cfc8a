using NodaTime;
using Slotwright.Appointments;
using Slotwright.Time;

namespace Slotwright.Accounts;

public sealed class LimitTests : IAsyncLifetime
{
    private Product product = null!;

    public async ValueTask InitializeAsync() => product = await Product.Start();

    public ValueTask DisposeAsync() => product.DisposeAsync();

    [Fact]
    [Trait("Requirement", "68")]
    public async Task A_free_account_stops_at_exactly_50_over_all_its_schedules_whatever_races()
    {
        var terrace = await product.Schedule("petite-table", "Terrace");
        var indoor = await product.Schedule("petite-table", "Indoor");

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 128).Select(rival => Task.Run(() =>
            (rival % 2 == 0 ? terrace : indoor).Book(Nth(rival / 2)))));

        Assert.Equal(50, outcomes.Count(outcome => outcome.Accepted));
        Assert.All(outcomes.Where(outcome => !outcome.Accepted), outcome => Assert.Equal(BookingRefusal.AccountFull, outcome.Refusal));
        var account = await product.Account("petite-table");
        Assert.Equal(50, (await account.Usage())!.Upcoming);
        product.Clock.AdvanceSeconds(5);
        Assert.False((await account.Face())!.TakesBookings);
    }

    [Fact]
    [Trait("Requirement", "75")]
    public async Task A_cancelled_appointment_makes_room_and_so_does_time()
    {
        var schedule = await product.Schedule("petite-table", "Terrace");
        var booked = new List<Booked>();
        for (var place = 0; place < 50; place++)
        {
            booked.Add((await schedule.Book(Nth(place))).Value!);
        }

        Assert.Equal(BookingRefusal.AccountFull, (await schedule.Book(Nth(50))).Refusal);

        await schedule.Cancel(new CancelAppointment { AppointmentId = booked[49].Appointment.Id, Actor = Actor.Staff(1, "owner@example.org") });
        Assert.True((await schedule.Book(Nth(50))).Accepted);
        Assert.Equal(BookingRefusal.AccountFull, (await schedule.Book(Nth(51))).Refusal);

        product.Clock.Reset(booked[1].Appointment.End);
        Assert.True((await schedule.Book(Nth(51))).Accepted);
        Assert.True((await schedule.Book(Nth(52))).Accepted);
        Assert.Equal(BookingRefusal.AccountFull, (await schedule.Book(Nth(53))).Refusal);
    }

    [Fact]
    public async Task Blocks_never_count_and_staff_bookings_do()
    {
        var schedule = await product.Schedule("petite-table", "Terrace");
        var table = (await schedule.Face())!.Resources[1].Id;
        var staff = Actor.Staff(1, "owner@example.org");
        var blocked = await schedule.Block(new BlockTime
        {
            Start = Moment.OnTheClock(Asking.Tomorrow.At(new LocalTime(12, 0))),
            End = Moment.OnTheClock(Asking.Tomorrow.At(new LocalTime(22, 0))),
            ResourceId = table,
            Actor = staff,
        });
        Assert.True(blocked.Accepted);

        for (var place = 0; place < 50; place++)
        {
            Assert.True((await schedule.Book(Nth(place + 7) with { Actor = staff })).Accepted);
        }

        Assert.Equal(BookingRefusal.AccountFull, (await schedule.Book(Nth(60) with { Actor = staff })).Refusal);
    }

    [Fact]
    [Trait("Requirement", "70")]
    [Trait("Requirement", "71")]
    [Trait("Requirement", "73")]
    [Trait("Requirement", "75")]
    public async Task A_trial_lifts_the_limit_for_168_hours_and_deletes_nothing_afterwards()
    {
        var account = await product.Account("petite-table");
        var schedule = await product.Schedule("petite-table", "Terrace");
        Assert.True((await account.Usage())!.MayStartTrial);

        var usage = (await account.StartTrial()).Value!;

        Assert.Equal(product.Clock.GetCurrentInstant() + Duration.FromHours(168), usage.TrialEndsAt);
        Assert.Null(usage.Allowed);
        Assert.Equal(AccountStanding.Trial, usage.Standing);
        Assert.True((await account.Face())!.HasFeeds);
        Assert.Null((await account.Face())!.AdvertLine);
        for (var place = 84; place < 144; place++)
        {
            Assert.True((await schedule.Book(Nth(place))).Accepted);
        }

        product.Clock.Advance(Duration.FromHours(168) - Duration.FromSeconds(1));
        Assert.True((await schedule.Book(Nth(144))).Accepted);
        product.Clock.AdvanceSeconds(1);

        Assert.Equal(BookingRefusal.AccountFull, (await schedule.Book(Nth(145))).Refusal);
        Assert.Equal(61, (await account.Usage())!.Upcoming);
        Assert.Equal(AccountStanding.Free, (await account.Usage())!.Standing);
        Assert.False((await account.Face())!.HasFeeds);
    }

    [Fact]
    [Trait("Requirement", "74")]
    public async Task A_trial_is_started_once_ever()
    {
        var account = await product.Account("petite-table");
        var attempts = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(account.StartTrial)));
        Assert.Single(attempts, attempt => attempt.Accepted);

        product.Clock.Advance(Duration.FromDays(400));

        Assert.Equal(TrialRefusal.AlreadyUsed, (await account.StartTrial()).Refusal);
        Assert.False((await account.Usage())!.MayStartTrial);
    }

    [Fact]
    public async Task A_plan_with_more_room_lifts_the_limit_at_once()
    {
        var account = await product.Account("petite-table");
        var schedule = await product.Schedule("petite-table", "Terrace");
        for (var place = 0; place < 50; place++)
        {
            await schedule.Book(Nth(place));
        }

        Assert.Equal(100, (await account.ChangePlan("s")).Value!.Allowed);

        Assert.True((await schedule.Book(Nth(50))).Accepted);
        Assert.Equal(PlanRefusal.UnknownPlan, (await account.ChangePlan("enormous")).Refusal);
    }

    /// <summary>Seven sittings a day and table, from tomorrow on.</summary>
    private static BookAppointment Nth(int place) => Asking.For($"guest{place}@example.org", 12) with
    {
        Start = Moment.OnTheClock(Asking.Tomorrow.PlusDays(place / 7).At(new LocalTime(12, 0).PlusMinutes(90 * (place % 7)))),
        Language = "nl",
    };
}
