using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Slotwright.Appointments;
using Slotwright.Storage;

namespace Slotwright.Mail;

/// <summary>Facts that cannot be told, and who waits for them.</summary>
public abstract partial class OutboxContract
{
    [Fact]
    public async Task Fact_that_cannot_be_read_does_not_stop_the_others()
    {
        await using var world = await Open();
        await world.Account(Samples.Barber());
        await world.Fact(ChangeKind.Booked, Samples.Haircut(1));
        await world.Run("update changes set snapshot = '{' where id = 1");
        await world.Fact(ChangeKind.Booked, Samples.Haircut(2));

        await world.Process().Round();

        Assert.Equal(2, world.Written().Count);
        Assert.Equal(1, await world.Pending());
    }

    [Fact]
    public async Task Page_full_of_facts_that_cannot_be_read_does_not_stop_those_behind_it()
    {
        await using var world = await Open();
        await world.Account(Samples.Barber());
        for (var id = 1; id <= 5; id++)
        {
            await world.Fact(ChangeKind.Booked, Samples.Haircut(id));
        }

        await world.Run("update changes set snapshot = '{' where id <= 4");

        await world.Process(new Dictionary<string, string?> { ["Mail:ExpandFacts"] = "2" }).Round();

        Assert.Equal(2, world.Written().Count);
        Assert.Equal(4, await world.Pending());
    }

    [Fact]
    public async Task Fact_that_cannot_be_read_is_tried_after_growing_delays_and_set_aside_after_twenty_tries()
    {
        await using var world = await Open();
        await world.Account(Samples.Barber());
        var id = await world.Limit(ChangeKind.LimitReached, 1, new LimitSnapshot(50, 50, "free"));
        world.Brand.Away = true;
        var process = world.Process();
        var meter = process.Services.GetRequiredService<IMeterFactory>().Create("Slotwright");
        var counted = 0L;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (ReferenceEquals(instrument.Meter, meter) && instrument.Name == "slotwright.outbox.failed")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => Interlocked.Add(ref counted, value));
        listener.Start();
        var tries = new List<double>();
        while (await world.Pending() == 1 && tries.Count < 100)
        {
            var asked = world.Brand.Asked;
            await process.Round();
            if (world.Brand.Asked > asked)
            {
                tries.Add((world.Now - MailWorld.Start).TotalSeconds);
            }

            // Exactly at the next try: 1, 2, 4 … seconds later, then an hour.
            world.Time.Advance(TimeSpan.FromSeconds(Math.Min(3600, Math.Pow(2, tries.Count - 1))));
        }

        world.Brand.Away = false;
        await process.Round();

        Assert.Equal(20, tries.Count);
        Assert.Equal([0, 1, 3, 7, 15], tries.Take(5));
        Assert.Equal(4095 + (7 * 3600), tries[^1]);
        Assert.Equal(3, await world.PendingOf(id));
        Assert.Equal(1, counted);
        Assert.Empty(await world.Rows());
    }

    [Fact]
    public async Task Fact_that_failed_is_not_tried_again_before_its_time()
    {
        await using var world = await Open();
        await world.Account(Samples.Barber());
        await world.Limit(ChangeKind.LimitReached, 1, new LimitSnapshot(50, 50, "free"));
        world.Brand.Away = true;
        var process = world.Process();
        await process.Round();
        await process.Round();
        var asked = world.Brand.Asked;

        world.Brand.Away = false;
        world.Time.Advance(TimeSpan.FromSeconds(1));
        await process.Round();

        Assert.Equal(1, asked);
        Assert.Equal(2, (await world.Rows()).Count);
    }

    [Fact]
    public async Task Resellers_that_cannot_be_asked_cost_one_question_per_page_and_hold_up_no_booking()
    {
        await using var world = await Open();
        await world.Account(Samples.Barber());
        for (var count = 0; count < 10; count++)
        {
            await world.Limit(ChangeKind.LimitReached, 1, new LimitSnapshot(50, 50, "free"));
        }

        await world.Fact(ChangeKind.Amended, Samples.Haircut() with { Revision = 2 });
        world.Brand.Away = true;
        await world.Process().Dispatcher.Expand(CancellationToken.None);

        Assert.Equal((1, 10), (world.Brand.Asked, await world.Pending()));
    }

    [Fact]
    public async Task Numbers_that_run_out_are_no_fault_of_a_fact()
    {
        await using var world = await Open();
        await world.Account(Samples.Barber());
        await world.Fact(ChangeKind.Booked, Samples.Haircut());
        var process = world.Process();
        world.Numbers.Away = true;
        await Assert.ThrowsAsync<TimeoutException>(() => process.Round());

        world.Numbers.Away = false;
        await process.Round();

        Assert.Equal(2, world.Written().Count);
    }
}
