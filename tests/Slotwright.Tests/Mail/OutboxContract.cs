using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Slotwright.Appointments;
using Slotwright.Storage;
using Slotwright.WhiteLabel;

namespace Slotwright.Mail;

/// <summary>The same outbox on both databases.</summary>
public abstract partial class OutboxContract
{
    /// <summary>Settings of an empty database; null: SQLite in the world's own folder.</summary>
    protected abstract ValueTask<Dictionary<string, string?>?> NewDatabase();

    private async Task<MailWorld> Open() => await MailWorld.Open(await NewDatabase());

    [Fact]
    public async Task Booking_becomes_one_mail_to_the_customer_and_one_to_the_owner()
    {
        await using var world = await Open();
        await world.Account(Samples.Barber());
        await world.Fact(ChangeKind.Booked, Samples.Haircut());

        await world.Process().Round();

        var mails = world.Written();
        Assert.Equal(["jane@customer.example", "owner@corner-barber.example"], mails.Select(mail => mail.To.ToString()));
        Assert.Equal("Your appointment at The Corner Barber: Thursday 10 December, 14:30", mails[0].Subject);
        Assert.All(await world.Rows(), row => Assert.Equal(DeliveryState.Sent, row.InState));
        Assert.Equal(0, await world.Pending());
    }

    [Fact]
    public async Task Blocks_amendments_and_customers_without_address_get_no_mail()
    {
        await using var world = await Open();
        await world.Account(Samples.Barber());
        var block = Samples.Haircut(1) with { Kind = AppointmentKind.Block, Customer = CustomerDetails.None };
        await world.Fact(ChangeKind.Blocked, block);
        await world.Fact(ChangeKind.Moved, block.MovedTo(block.Start + Duration.FromHours(1)), block.Start);
        await world.Fact(ChangeKind.Booked, Samples.Haircut(2, email: ""));
        await world.Fact(ChangeKind.Amended, Samples.Haircut(2, email: "") with { Revision = 2 });

        await world.Process().Round();

        Assert.Equal("owner@corner-barber.example", Assert.Single(world.Written()).To.ToString());
        Assert.Equal(0, await world.Pending());
    }

    [Fact]
    public async Task Expand_twice_makes_the_rows_once()
    {
        await using var world = await Open();
        await world.Account(Samples.Barber());
        var (one, other) = (world.Process(), world.Process());
        for (var id = 1; id <= 300; id++)
        {
            await world.Fact(ChangeKind.Booked, Samples.Haircut(id));
        }

        await Task.WhenAll(
            one.Dispatcher.Expand(CancellationToken.None), other.Dispatcher.Expand(CancellationToken.None));

        Assert.Equal(600, (await world.Rows()).Count);
    }

    [Fact]
    public async Task Two_dispatchers_on_one_database_never_send_twice()
    {
        await using var world = await Open();
        await using var sink = new SmtpSink();
        await world.Account(Samples.Barber());
        for (var id = 1; id <= 60; id++)
        {
            await world.Fact(ChangeKind.Booked, Samples.Haircut(id));
        }

        var settings = sink.Settings;
        settings["Mail:LeaseRows"] = "5";
        var (one, other) = (world.Process(settings), world.Process(settings));
        await Task.WhenAll(one.Round(), other.Round());
        await one.Round();

        Assert.Equal(120, sink.Mails.Count);
        Assert.Equal(120, sink.Mails.Select(mail => mail.Message.MessageId).Distinct().Count());
    }

    [Fact]
    public async Task Move_before_the_confirmation_went_out_is_told_alone_and_from_the_time_the_customer_knows()
    {
        await using var world = await Open();
        await world.Account(Samples.Barber());
        var booked = Samples.Haircut();
        var once = booked.MovedTo(booked.Start + Duration.FromHours(1));
        var twice = once.MovedTo(booked.Start + Duration.FromHours(2));
        await world.Fact(ChangeKind.Booked, booked);
        await world.Fact(ChangeKind.Moved, once, booked.Start);
        await world.Fact(ChangeKind.Moved, twice, once.Start);

        await world.Process().Round();

        var mail = world.Written()[0];
        Assert.Equal(2, world.Written().Count);
        Assert.Equal("New time at The Corner Barber: Thursday 10 December, 16:30", mail.Subject);
        Assert.Contains("Old time: Thursday 10 December 2026, 14:30 (Paris time)", mail.TextBody, StringComparison.Ordinal);
        Assert.Equal(4, (await world.Rows()).Count(row => row.InState == DeliveryState.Dropped));
    }

    [Fact]
    public async Task Cancellation_before_the_confirmation_went_out_is_told_alone()
    {
        await using var world = await Open();
        await world.Account(Samples.Barber());
        await world.Fact(ChangeKind.Booked, Samples.Haircut());
        await world.Fact(ChangeKind.Cancelled, Samples.Haircut().Cancelled());

        await world.Process().Round();

        Assert.Equal(
            ["Cancelled: The Corner Barber, Thursday 10 December, 14:30", "Cancelled: Jane Doe, Thursday 10 December, 14:30"],
            world.Written().Select(mail => mail.Subject));
    }

    [Fact]
    public async Task Confirmation_goes_to_the_address_and_name_as_amended_meanwhile()
    {
        await using var world = await Open();
        await world.Account(Samples.Barber());
        await world.Fact(ChangeKind.Booked, Samples.Haircut(email: "jane@typo.example"));
        await world.Fact(ChangeKind.Amended, Samples.Haircut(name: "Jane Roe", email: "jane@right.example") with { Revision = 2 });

        await world.Process().Round();

        Assert.Equal("jane@right.example", world.Written()[0].To.ToString());
        Assert.Contains("Hello Jane Roe,", world.Written()[0].TextBody, StringComparison.Ordinal);
        Assert.Equal("jane@right.example", (await world.Rows())[0].Recipient);
    }

    [Fact]
    public async Task Nothing_is_told_about_an_appointment_that_is_over()
    {
        await using var world = await Open();
        await world.Account(Samples.Barber());
        await world.Fact(ChangeKind.Booked, Samples.Haircut());
        var process = world.Process();
        await process.Dispatcher.Expand(CancellationToken.None);

        world.Time.Advance(Samples.Haircut().End.ToDateTimeOffset() - world.Time.GetUtcNow());
        await process.Round();

        Assert.Empty(world.Written());
        Assert.All(await world.Rows(), row => Assert.Equal((DeliveryState.Dropped, "The appointment is over"), (row.InState, row.LastError)));
    }

    [Fact, Trait("Fault", "11")]
    public async Task Mails_of_an_account_with_a_server_of_its_own_never_wait_for_the_platforms()
    {
        await using var world = await Open();
        await world.Account(Samples.Barber());
        await world.Account(Samples.Yoga());
        var process = world.Process();
        world.Brand.Face = Samples.Chairs with { ReminderHours = 24 };
        var resellers = await world.OwnServer(9, 25, WhiteLabelScope.Clients);
        await world.Fact(ChangeKind.Booked, Samples.Haircut());
        await world.Fact(ChangeKind.Booked, Samples.Haircut(102) with { AccountId = Samples.Yoga().Id });
        await process.Dispatcher.Expand(CancellationToken.None);
        var own = await world.OwnServer(1, 25);
        await world.Fact(ChangeKind.Booked, Samples.Haircut(103));
        await process.Dispatcher.Expand(CancellationToken.None);

        // To the customer, to the owner, and the reminder.
        Assert.Equal(
            [(101L, resellers, 3), (102L, Outbox.PlatformLane, 3), (103L, own, 3)],
            (await world.Rows()).GroupBy(row => (row.ChangeId, row.Lane)).Select(group => (group.Key.ChangeId, group.Key.Lane, group.Count())));
    }

    [Fact]
    public async Task News_never_overtakes_older_news_that_is_being_sent()
    {
        await using var world = await Open();
        await world.Account(Samples.Barber());
        var process = world.Process();
        var outbox = process.Services.GetRequiredService<Outbox>();
        await world.Fact(ChangeKind.Booked, Samples.Haircut());
        await process.Dispatcher.Expand(CancellationToken.None);
        var first = await outbox.LeaseDue(Outbox.PlatformLane, "one", 10);
        await world.Fact(ChangeKind.Cancelled, Samples.Haircut().Cancelled());
        await process.Dispatcher.Expand(CancellationToken.None);

        var meanwhile = await outbox.LeaseDue(Outbox.PlatformLane, "other", 10);
        await outbox.Finish(first[0], DeliveryState.Sent);
        var afterwards = await outbox.LeaseDue(Outbox.PlatformLane, "other", 10);

        Assert.Equal(2, first.Count);
        Assert.Empty(meanwhile);
        Assert.Equal((ChangeKind.Cancelled, first[0].Role), (Assert.Single(afterwards).Kind, afterwards[0].Role));
    }

    [Fact]
    public async Task Lease_of_a_dead_process_ends_after_a_minute_and_its_marks_count_no_more()
    {
        await using var world = await Open();
        await world.Account(Samples.Barber());
        var process = world.Process();
        var outbox = process.Services.GetRequiredService<Outbox>();
        await world.Fact(ChangeKind.Booked, Samples.Haircut(email: ""));
        await process.Dispatcher.Expand(CancellationToken.None);
        var dead = Assert.Single(await outbox.LeaseDue(Outbox.PlatformLane, "dead", 10));

        world.Time.Advance(TimeSpan.FromSeconds(59));
        var early = await outbox.LeaseDue(Outbox.PlatformLane, "living", 10);
        world.Time.Advance(TimeSpan.FromSeconds(1));
        var living = await outbox.LeaseDue(Outbox.PlatformLane, "living", 10);
        await outbox.Finish(dead, DeliveryState.Failed, "late");

        Assert.Empty(early);
        Assert.Equal(dead.MessageId, Assert.Single(living).MessageId);
        Assert.Equal(DeliveryState.Due, Assert.Single(await world.Rows()).InState);
    }

    [Fact]
    public async Task Limit_mail_is_dropped_when_a_later_one_says_more_or_the_limit_is_another_or_there_is_room()
    {
        await using var world = await Open();
        await world.Account(Samples.Yoga());
        var process = world.Process();
        await world.Limit(ChangeKind.LimitNear, 2, new LimitSnapshot(40, 50, "free"));
        await world.Limit(ChangeKind.LimitReached, 2, new LimitSnapshot(50, 50, "free"));
        await process.Round();
        var both = world.Written().Count;

        await world.Limit(ChangeKind.LimitRefused, 2, new LimitSnapshot(50, 50, "free"));
        await world.Run("update accounts set allowed = 100 where id = 2");
        await process.Round();
        await world.Run("update accounts set allowed = 50 where id = 2");
        await world.Limit(ChangeKind.LimitRefused, 2, new LimitSnapshot(50, 50, "free"));
        await world.Run("update accounts set refused_sent = 0 where id = 2");
        await process.Round();

        Assert.Equal(1, both);
        Assert.Equal(
            ["A later mail says more", null, "The limit has changed", "There is room again"], (await world.Rows()).Select(row => row.LastError));
        Assert.Single(world.Written());
    }

    [Fact]
    public async Task Oldest_waiting_is_the_age_of_what_is_unsent()
    {
        await using var world = await Open();
        await world.Account(Samples.Barber());
        var process = world.Process();
        var outbox = process.Services.GetRequiredService<Outbox>();
        var before = await outbox.OldestWaiting();
        await world.Fact(ChangeKind.Booked, Samples.Haircut());

        var pending = await outbox.OldestWaiting();
        await process.Round();

        Assert.Equal((null, MailWorld.Start, null), (before, pending, await outbox.OldestWaiting()));
    }
}
