using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Slotwright.Appointments;
using Slotwright.Platform;

namespace Slotwright.Mail;

public sealed class DispatcherTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact, Trait("Fault", "9")]
    public async Task Server_down_for_six_hours_delays_every_mail_that_is_still_wanted_and_loses_none()
    {
        await using var world = await MailWorld.Open();
        await using var sink = new SmtpSink { Down = true };
        await world.Account(Samples.Barber());
        var process = world.Process(sink.Settings);
        for (var id = 1; id <= 20; id++)
        {
            await world.Fact(ChangeKind.Booked, Samples.Haircut(id, email: $"c{id}@customer.example"));
        }

        await world.Fact(ChangeKind.Cancelled, Samples.Haircut(1, email: "c1@customer.example").Cancelled());
        for (var minutes = 0; minutes < 6 * 60; minutes += 5)
        {
            await process.Round();
            world.Time.Advance(TimeSpan.FromMinutes(5));
        }

        var triedWhileDown = sink.Connections;
        sink.Down = false;
        world.Time.Advance(TimeSpan.FromMinutes(15));
        await process.Round();

        Assert.Equal(40, sink.Mails.Count);
        Assert.All((await world.Rows()).Where(row => row.ChangeId == 1), row => Assert.Equal(DeliveryState.Dropped, row.InState));
        Assert.All((await world.Rows()).Where(row => row.ChangeId != 1), row => Assert.Equal((DeliveryState.Sent, 1), (row.InState, row.Attempts)));
        Assert.InRange(triedWhileDown, 20, 110);
    }

    [Fact, Trait("Fault", "10")]
    public async Task Address_refused_for_good_is_shown_and_harms_no_other()
    {
        await using var world = await MailWorld.Open();
        await using var sink = new SmtpSink { OnRecipient = address => address == "gone@customer.example" ? "550 no such user" : null };
        await world.Account(Samples.Barber());
        await world.Fact(ChangeKind.Booked, Samples.Haircut(1, email: "gone@customer.example"));
        await world.Fact(ChangeKind.Booked, Samples.Haircut(2, email: "here@customer.example"));
        var process = world.Process(sink.Settings);

        await process.Round();
        world.Time.Advance(TimeSpan.FromHours(5));
        await process.Round();

        var gone = Assert.Single(await world.Rows(), row => row.Recipient == "gone@customer.example");
        Assert.Equal((DeliveryState.Failed, "550 no such user"), (gone.InState, gone.LastError));
        Assert.Equal(3, sink.Mails.Count);
    }

    [Fact]
    public async Task Mail_not_taken_for_now_is_tried_again_after_growing_delays_and_given_up_after_two_days()
    {
        await using var world = await MailWorld.Open();
        await using var sink = new SmtpSink { OnData = _ => "451 later" };
        await world.Account(Samples.Barber());
        await world.Fact(ChangeKind.Booked, Samples.Haircut(email: "") with { Start = MailWorld.Start + Duration.FromDays(30), End = MailWorld.Start + Duration.FromDays(31) });
        var process = world.Process(sink.Settings);
        var delays = new List<double>();
        await process.Round();
        while (Assert.Single(await world.Rows()) is { InState: DeliveryState.Due } row)
        {
            var wait = TimeSpan.FromMilliseconds(row.DueAt - world.Now.ToUnixTimeMilliseconds());
            delays.Add(wait.TotalMinutes);
            world.Time.Advance(wait);
            await process.Round();
        }

        double[] schedule = [1, 5, 15, 60, 240, 240];
        Assert.All(schedule.Zip(delays), pair => Assert.InRange(pair.Second, pair.First, pair.First * 1.2));
        Assert.InRange(world.Now - MailWorld.Start, Duration.FromHours(40), Duration.FromHours(48));
        Assert.Equal((DeliveryState.Failed, "451 later"), ((await world.Rows())[0].InState, (await world.Rows())[0].LastError));
        Assert.Single(sink.Mails.Select(mail => mail.Message.MessageId).Distinct());
    }

    [Fact, Trait("Fault", "8")]
    public async Task Process_killed_after_the_server_took_the_mail_sends_it_again_under_the_same_Message_Id()
    {
        await using var world = await MailWorld.Open();
        await using var sink = new SmtpSink();
        await world.Account(Samples.Barber());
        await world.Fact(ChangeKind.Booked, Samples.Haircut(email: ""));
        var killed = world.Process(sink.Settings);
        await killed.Dispatcher.Expand(CancellationToken.None);
        sink.OnData = _ =>
        {
            world.Database.WritesFail = true;
            return null;
        };

        await Assert.ThrowsAsync<StorageUnavailableException>(() => killed.Dispatcher.RunLane(Outbox.PlatformLane, CancellationToken.None));
        (world.Database.WritesFail, sink.OnData) = (false, _ => null);
        var next = world.Process(sink.Settings);
        await next.Round();
        var duringLease = sink.Mails.Count;
        world.Time.Advance(TimeSpan.FromSeconds(61));
        await next.Round();

        Assert.Equal(1, duringLease);
        Assert.Equal(2, sink.Mails.Count);
        Assert.Equal(sink.Mails[0].Message.MessageId, sink.Mails[1].Message.MessageId);
        Assert.Equal(DeliveryState.Sent, Assert.Single(await world.Rows()).InState);
    }

    [Theory, Trait("Fault", "8")]
    [InlineData("hang")]
    [InlineData("")]
    public async Task Server_that_stalls_or_hangs_up_after_the_data_gets_the_same_Message_Id_again(string behaviour)
    {
        await using var world = await MailWorld.Open();
        await using var sink = new SmtpSink { OnData = _ => behaviour };
        await world.Account(Samples.Barber());
        await world.Fact(ChangeKind.Booked, Samples.Haircut(email: ""));
        var process = world.Process(sink.Settings);

        var round = process.Round();
        await sink.Received(1);
        world.Time.Advance(TimeSpan.FromSeconds(30));
        await round.WaitAsync(Patience, CancellationToken.None);
        sink.OnData = _ => null;
        world.Time.Advance(TimeSpan.FromMinutes(2));
        await process.Round();

        Assert.Equal(2, sink.Mails.Count);
        Assert.Single(sink.Mails.Select(mail => mail.Message.MessageId).Distinct());
        Assert.Equal((DeliveryState.Sent, 2), ((await world.Rows())[0].InState, (await world.Rows())[0].Attempts));
    }

    [Fact, Trait("Fault", "11")]
    public async Task Lane_whose_server_hangs_does_not_delay_another_lane()
    {
        await using var world = await MailWorld.Open();
        await using var tarpit = new SmtpSink { Tarpit = true };
        await using var good = new SmtpSink();
        await world.Account(Samples.Barber());
        await world.Account(Samples.Yoga());
        var hangingLane = await world.OwnServer(Samples.Barber().Id, tarpit.Port);
        for (var id = 1; id <= 40; id++)
        {
            await world.Fact(ChangeKind.Booked, Samples.Haircut(id) with { AccountId = id <= 20 ? Samples.Barber().Id : Samples.Yoga().Id });
        }

        var process = world.Process(new Dictionary<string, string?>(good.Settings) { ["WhiteLabel:AllowPrivateMailServers"] = "true" });
        await process.Dispatcher.Expand(CancellationToken.None);
        // The hanging lane's rows are the oldest.
        await world.Run("update deliveries set lane = @hangingLane, due_at = due_at - 1000 where change_id <= 20", new { hangingLane });

        await process.Dispatcher.StartAsync(CancellationToken.None);
        await good.Received(40);
        while ((await world.Rows()).Any(row => row.Lane != hangingLane && row.InState != DeliveryState.Sent))
        {
            await Task.Yield();
        }

        var hanging = (await world.Rows()).Where(row => row.Lane == hangingLane).ToList();
        world.Time.Advance(TimeSpan.FromSeconds(30));
        await process.Dispatcher.StopAsync(CancellationToken.None);

        Assert.Equal(40, hanging.Count);
        Assert.All(hanging, row => Assert.Equal((DeliveryState.Due, 0), (row.InState, row.Attempts)));
        Assert.Empty(tarpit.Mails);
        Assert.All((await world.Rows()).Where(row => row.Lane != hangingLane), row => Assert.Equal(DeliveryState.Sent, row.InState));
    }

    [Fact]
    public async Task Committed_fact_is_sent_at_once_when_the_process_is_woken_and_else_by_the_next_poll()
    {
        await using var world = await MailWorld.Open();
        await world.Account(Samples.Barber());
        var transport = new Recorder();
        var process = world.Process(transport: transport);
        await world.Fact(ChangeKind.Booked, Samples.Haircut(1, email: ""));
        await process.Dispatcher.StartAsync(CancellationToken.None);
        await transport.Next();

        await world.Fact(ChangeKind.Booked, Samples.Haircut(2, email: ""));
        process.Services.GetRequiredService<IDispatcherSignal>().Wake();
        await transport.Next();
        await world.Fact(ChangeKind.Booked, Samples.Haircut(3, email: ""));
        var polled = transport.Next();
        while (!polled.IsCompleted)
        {
            await world.Time.Polling();
            world.Time.Advance(TimeSpan.FromSeconds(1));
        }

        await polled;
        await process.Dispatcher.StopAsync(CancellationToken.None);

        Assert.All(await world.Rows(), row => Assert.Equal(DeliveryState.Sent, row.InState));
    }

    [Fact]
    public async Task Paused_keeps_facts_and_sends_nothing()
    {
        await using var world = await MailWorld.Open();
        await world.Account(Samples.Barber());
        await world.Fact(ChangeKind.Booked, Samples.Haircut());
        var process = world.Process(new Dictionary<string, string?> { ["Mail:Paused"] = "true" });

        await process.Dispatcher.StartAsync(CancellationToken.None);
        process.Services.GetRequiredService<IDispatcherSignal>().Wake();
        await process.Dispatcher.StopAsync(CancellationToken.None);

        Assert.Equal(1, await world.Pending());
        Assert.Empty(await world.Rows());
    }

    [Fact, Trait("Fault", "55")]
    public async Task Stop_finishes_the_mail_in_hand_and_hands_the_rest_back()
    {
        await using var world = await MailWorld.Open();
        await world.Account(Samples.Barber());
        for (var id = 1; id <= 5; id++)
        {
            await world.Fact(ChangeKind.Booked, Samples.Haircut(id, email: ""));
        }

        var transport = new Recorder { Held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously) };
        var process = world.Process(new Dictionary<string, string?> { ["Mail:ConnectionsPerLane"] = "1" }, transport);
        await process.Dispatcher.StartAsync(CancellationToken.None);
        await transport.Next();

        var stopping = process.Dispatcher.StopAsync(CancellationToken.None);
        var stoppedBefore = stopping.IsCompleted;
        transport.Held.SetResult();
        await stopping.WaitAsync(Patience, CancellationToken.None);
        var left = await process.Services.GetRequiredService<Outbox>().LeaseDue(Outbox.PlatformLane, "next", 10);

        Assert.False(stoppedBefore);
        Assert.Single(await world.Rows(), row => row.InState == DeliveryState.Sent);
        Assert.Equal(4, left.Count);
    }

    [Fact]
    public async Task Account_that_cannot_be_asked_costs_no_attempt()
    {
        await using var world = await MailWorld.Open();
        await world.Account(Samples.Barber());
        await world.Fact(ChangeKind.Booked, Samples.Haircut(email: ""));
        var process = world.Process();
        world.Brand.Away = true;
        await process.Round();
        var (waiting, written) = (Assert.Single(await world.Rows()), world.Written().Count);

        world.Brand.Away = false;
        world.Time.Advance(TimeSpan.FromSeconds(5));
        await process.Round();

        Assert.Equal((DeliveryState.Due, 0, 0), (waiting.InState, waiting.Attempts, written));
        Assert.Single(world.Written());
    }

    /// <summary>Takes every mail, and tells; holds each until it is let go when asked to.</summary>
    private sealed class Recorder : IMailTransport, IMailConnection
    {
        private readonly Channel<OutgoingMail> mails = Channel.CreateUnbounded<OutgoingMail>();

        public TaskCompletionSource? Held { get; init; }

        public Task<OutgoingMail> Next() => mails.Reader.ReadAsync().AsTask().WaitAsync(Patience);

        public Task<IMailConnection> Connect(string lane, CancellationToken cancellation) => Task.FromResult<IMailConnection>(this);

        public async Task<MailRefusal?> Send(OutgoingMail mail, CancellationToken cancellation)
        {
            await mails.Writer.WriteAsync(mail, cancellation);
            await (Held?.Task ?? Task.CompletedTask);
            return null;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
