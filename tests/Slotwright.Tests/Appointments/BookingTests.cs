using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Slotwright.Platform;
using Slotwright.Schedules;
using Slotwright.Time;

namespace Slotwright.Appointments;

public sealed class BookingTests : IAsyncLifetime
{
    private readonly FailingStore faults = new();
    private Product product = null!;

    public async ValueTask InitializeAsync() => product = await Product.Start(builder => faults.Wrap(builder.Services));

    public ValueTask DisposeAsync() => product.DisposeAsync();

    [Fact]
    [Trait("Fault", "1")]
    public async Task Of_64_rivals_for_one_place_exactly_one_books()
    {
        var schedule = await product.Schedule("corner-barber", "Chairs");
        var chair = (await schedule.Face())!.Resources[0].Id;
        for (var round = 0; round < Rounds.Of(50); round++)
        {
            var (hour, minute) = (9 + (round / 2 % 9), round % 2 * 30);
            var day = Asking.Tomorrow.PlusDays(7 * (round / 18));
            var start = Moment.OnTheClock(day.At(new LocalTime(hour, minute)));

            var outcomes = await Task.WhenAll(Enumerable.Range(0, 64).Select(rival =>
                Task.Run(() => schedule.Book(Asking.For($"rival{rival}@example.org", hour, minute, chair) with { Start = start }))));

            Assert.Single(outcomes, outcome => outcome.Accepted);
            Assert.All(outcomes.Where(outcome => !outcome.Accepted), outcome => Assert.Equal(BookingRefusal.PlaceTaken, outcome.Refusal));
        }
    }

    [Fact]
    [Trait("Fault", "5")]
    public async Task A_command_repeated_50_times_at_once_books_once_and_answers_alike()
    {
        var schedule = await product.Schedule("corner-barber", "Chairs");

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ =>
            Task.Run(() => schedule.Book(Asking.For("ida@example.org", 10, key: "once")))));

        Assert.All(outcomes, outcome => Assert.True(outcome.Accepted));
        Assert.Single(outcomes.Select(outcome => outcome.Value!.Appointment.Id).Distinct());
        Assert.Single(outcomes.Select(outcome => outcome.Value!.ManageToken).Distinct());
        Assert.Single(outcomes, outcome => !outcome.Value!.Repeated);
    }

    [Fact]
    [Trait("Fault", "6")]
    public async Task A_key_that_comes_again_with_another_request_is_refused()
    {
        var schedule = await product.Schedule("corner-barber", "Chairs");
        await schedule.Book(Asking.For("ida@example.org", 10, key: "k", fingerprint: "one"));

        var outcome = await schedule.Book(Asking.For("ida@example.org", 11, key: "k", fingerprint: "two"));

        Assert.Equal(BookingRefusal.KeyReused, outcome.Refusal);
    }

    [Fact]
    public async Task A_repeat_gets_its_first_answer_even_after_the_appointment_was_cancelled()
    {
        var schedule = await product.Schedule("corner-barber", "Chairs");
        var first = await schedule.Book(Asking.For("ida@example.org", 10, key: "k"));
        await schedule.Cancel(new CancelAppointment { AppointmentId = first.Value!.Appointment.Id, Actor = Actor.Staff(1, "owner@example.org") });

        var again = await schedule.Book(Asking.For("ida@example.org", 10, key: "k"));

        Assert.True(again.Value!.Repeated);
        Assert.Equal(first.Value.Appointment.Id, again.Value.Appointment.Id);
        Assert.Equal(AppointmentStatus.Live, again.Value.Appointment.Status);
    }

    [Fact]
    public async Task A_commit_that_fails_leaves_no_trace_in_memory()
    {
        var schedule = await product.Schedule("corner-barber", "Chairs");
        await schedule.Book(Asking.For("first@example.org", 9));
        faults.FailNextAppend();

        await Assert.ThrowsAnyAsync<Exception>(() => schedule.Book(Asking.For("ida@example.org", 10)));

        var outcome = await Eventually(() => schedule.Book(Asking.For("ida@example.org", 10)));
        Assert.True(outcome.Accepted);
    }

    [Fact]
    [Trait("Fault", "3")]
    public async Task An_activation_whose_agenda_was_taken_over_stores_nothing_and_gives_way()
    {
        var (accountId, scheduleId) = await product.Find("corner-barber", "Chairs");
        var schedule = product.Grains.Schedule(accountId, scheduleId);
        var store = product.Services.GetRequiredService<IAgendaStore>();
        await schedule.Book(Asking.For("first@example.org", 9));
        var loaded = await store.Load(accountId, scheduleId, Product.Morning);
        Assert.NotNull(await store.TakeEpoch(scheduleId, loaded!.Version));

        await Assert.ThrowsAsync<StaleAgendaException>(() => schedule.Book(Asking.For("ida@example.org", 10)));

        Assert.Single((await store.Load(accountId, scheduleId, Product.Morning))!.Live);
        var outcome = await Eventually(() => schedule.Book(Asking.For("ida@example.org", 10)));
        Assert.True(outcome.Accepted);
    }

    [Fact]
    [Trait("Fault", "60")]
    public async Task Of_a_cancel_and_two_moves_at_once_one_chain_remains()
    {
        var schedule = await product.Schedule("corner-barber", "Chairs");
        for (var round = 0; round < Rounds.Of(50); round++)
        {
            var booked = (await schedule.Book(Asking.For($"ida{round}@example.org", 9))).Value!;
            var id = booked.Appointment.Id;
            var staff = Actor.Staff(1, "owner@example.org");

            var outcomes = await Task.WhenAll(
                Task.Run(() => schedule.Cancel(new CancelAppointment { AppointmentId = id, Actor = staff, ExpectedRevision = 1 })),
                Task.Run(() => schedule.Reschedule(Move(id, 14, staff))),
                Task.Run(() => schedule.Reschedule(Move(id, 15, staff))));

            Assert.Single(outcomes, outcome => outcome.Accepted);
            var present = (await schedule.Find(id))!;
            Assert.Equal(2, present.Revision);
            if (present.Status == AppointmentStatus.Live)
            {
                await schedule.Cancel(new CancelAppointment { AppointmentId = id, Actor = staff });
            }

            var free = await schedule.FreeTimes(Asking.Day(Asking.Tomorrow));
            Assert.Equal(18, free.Value!.Times.Count(time => time.ResourceIds.Count == 2));
        }
    }

    [Fact]
    public async Task A_manage_token_opens_its_own_appointment_only()
    {
        var schedule = await product.Schedule("corner-barber", "Chairs");
        var mine = (await schedule.Book(Asking.For("ida@example.org", 10))).Value!;
        var other = (await schedule.Book(Asking.For("bob@example.org", 11))).Value!;

        Assert.NotNull(await schedule.Open(mine.Appointment.Id, mine.ManageToken));
        Assert.Null(await schedule.Open(other.Appointment.Id, mine.ManageToken));
        product.Clock.Reset(mine.Appointment.End + ManageToken.Lifetime);
        Assert.NotNull(await schedule.Open(mine.Appointment.Id, mine.ManageToken));
        product.Clock.Advance(Duration.FromSeconds(1));
        Assert.Null(await schedule.Open(mine.Appointment.Id, mine.ManageToken));
        product.Clock.Reset(Product.Morning);
        var forged = await schedule.Cancel(new CancelAppointment
        {
            AppointmentId = other.Appointment.Id,
            Actor = Actor.Customer("ida@example.org"),
            ManageToken = mine.ManageToken,
        });
        Assert.Equal(BookingRefusal.UnknownAppointment, forged.Refusal);
    }

    [Fact]
    public async Task A_move_frees_the_old_place_and_takes_the_new_one()
    {
        var schedule = await product.Schedule("corner-barber", "Chairs");
        var chair = (await schedule.Face())!.Resources[0].Id;
        var booked = (await schedule.Book(Asking.For("ida@example.org", 10, resource: chair))).Value!;

        var moved = await schedule.Reschedule(new RescheduleAppointment
        {
            AppointmentId = booked.Appointment.Id,
            Start = Moment.OnTheClock(Asking.Tomorrow.At(new LocalTime(15, 0))),
            Actor = Actor.Customer("ida@example.org"),
            ManageToken = booked.ManageToken,
        });

        Assert.Equal(2, moved.Value!.Appointment.Revision);
        Assert.True((await schedule.Book(Asking.For("bob@example.org", 10, resource: chair))).Accepted);
        Assert.Equal(BookingRefusal.PlaceTaken, (await schedule.Book(Asking.For("eve@example.org", 15, resource: chair))).Refusal);
    }

    [Fact]
    public async Task A_move_to_where_it_is_changes_nothing_and_tells_nobody()
    {
        var schedule = await product.Schedule("corner-barber", "Chairs");
        var booked = (await schedule.Book(Asking.For("ida@example.org", 10))).Value!;

        var moved = await schedule.Reschedule(Move(booked.Appointment.Id, 10, Actor.Staff(1, "owner@example.org")));

        Assert.Equal(1, moved.Value!.Appointment.Revision);
        Assert.Single(await schedule.Changes(new ChangesQuery { AppointmentId = booked.Appointment.Id, Limit = 10 }));
    }

    [Fact]
    public async Task An_agenda_reads_the_same_after_its_activation_ended()
    {
        var schedule = await product.Schedule("corner-barber", "Chairs");
        await schedule.Book(Asking.For("ida@example.org", 10));
        var before = await schedule.FreeTimes(Asking.Day(Asking.Tomorrow));
        faults.FailNextAppend();
        await Assert.ThrowsAnyAsync<Exception>(() => schedule.Book(Asking.For("bob@example.org", 11)));

        var after = await Eventually(() => schedule.FreeTimes(Asking.Day(Asking.Tomorrow)));

        Assert.Equal(before.Value!.Times.Select(time => (time.Start, time.ResourceIds.Count)), after.Value!.Times.Select(time => (time.Start, time.ResourceIds.Count)));
    }

    [Fact]
    [Trait("Fault", "3")]
    public async Task An_activation_that_only_read_sees_what_another_wrote_before_it_writes()
    {
        var (accountId, scheduleId) = await product.Find("corner-barber", "Chairs");
        var schedule = product.Grains.Schedule(accountId, scheduleId);
        var chair = (await schedule.Face())!.Resources[0].Id;
        await schedule.FreeTimes(Asking.Day(Asking.Tomorrow));
        await Elsewhere(accountId, scheduleId, chair, 10);

        var outcome = await schedule.Book(Asking.For("ida@example.org", 10, resource: chair));

        Assert.Equal(BookingRefusal.PlaceTaken, outcome.Refusal);
        Assert.True((await schedule.Book(Asking.For("ida@example.org", 11, resource: chair))).Accepted);
    }

    [Fact]
    public async Task Staff_look_back_further_and_further()
    {
        var schedule = await product.Schedule("corner-barber", "Chairs");
        foreach (var days in (int[])[10, 40, 400])
        {
            var day = Asking.Tomorrow.PlusDays(-days);
            var free = await schedule.FreeTimes(Asking.Day(day) with { Actor = ActorKind.Staff });
            Assert.True(free.Accepted);
        }

        var chair = (await schedule.Face())!.Resources[0].Id;
        var past = Asking.For("ida@example.org", 10, resource: chair) with
        {
            Start = Moment.OnTheClock(Asking.Tomorrow.PlusDays(-40).At(new LocalTime(10, 0))),
            Actor = Actor.Staff(1, "owner@example.org"),
        };
        Assert.True((await schedule.Book(past)).Accepted);
        Assert.Equal(BookingRefusal.PlaceTaken, (await schedule.Book(past)).Refusal);
    }

    [Fact]
    public async Task A_resource_with_something_upcoming_cannot_be_removed_and_two_changes_at_once_are_told_apart()
    {
        var schedule = await product.Schedule("corner-barber", "Chairs");
        var definition = (await schedule.Definition())!;
        await schedule.Book(Asking.For("ida@example.org", 10, resource: definition.Resources[1].Id));

        var removed = await schedule.Define(definition with { Resources = [definition.Resources[0]] });
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => schedule.Define(definition with { StepMinutes = 15 }))));

        Assert.Equal(ScheduleRefusal.ResourceInUse, removed.Refusal);
        Assert.Single(outcomes, outcome => outcome.Accepted);
        Assert.All(outcomes.Where(outcome => !outcome.Accepted), outcome => Assert.Equal(ScheduleRefusal.ChangedMeanwhile, outcome.Refusal));
        Assert.Equal(15, (await schedule.Definition())!.StepMinutes);
    }

    /// <summary>What an activation on another silo would have stored.</summary>
    private async Task Elsewhere(int accountId, int scheduleId, int resourceId, int hour)
    {
        var store = product.Services.GetRequiredService<IAgendaStore>();
        var loaded = await store.Load(accountId, scheduleId, Product.Morning);
        var epoch = await store.TakeEpoch(scheduleId, loaded!.Version);
        var start = Asking.Tomorrow.At(new LocalTime(hour, 0)).InZoneStrictly(DateTimeZoneProviders.Tzdb["Europe/Paris"]);
        await product.StoreElsewhere(accountId, scheduleId, resourceId, epoch!.Value, start.ToInstant(), start.Offset);
    }

    private static RescheduleAppointment Move(int id, int hour, Actor actor) => new()
    {
        AppointmentId = id,
        Start = Moment.OnTheClock(Asking.Tomorrow.At(new LocalTime(hour, 0))),
        Actor = actor,
        ExpectedRevision = 1,
    };

    /// <summary>An activation that ends refuses the calls that are already in its queue; the next ones find a fresh one.</summary>
    private static async Task<T> Eventually<T>(Func<Task<T>> call)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await call();
            }
            catch (StaleAgendaException) when (attempt < 200)
            {
                await Task.Yield();
            }
        }
    }
}
