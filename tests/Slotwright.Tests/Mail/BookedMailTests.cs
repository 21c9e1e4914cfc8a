using Slotwright.Appointments;

namespace Slotwright.Mail;

/// <summary>Facts as the store really writes them.</summary>
public sealed class BookedMailTests
{
    [Fact]
    public async Task Appointment_that_the_store_commits_becomes_mails_without_waiting_for_a_poll()
    {
        await using var world = await MailWorld.Open();
        await world.Account(Samples.Barber());
        await world.Run(
            """
            insert into agendas (id, account_id, epoch, version) values (1, 1, 0, 0);
            insert into schedules (id, account_id, agenda_id, name, created_at) values (1, 1, 1, 'Chairs', 0)
            """);
        var process = world.Process();
        var agendas = world.Agendas(process);
        var epoch = await agendas.TakeEpoch(1, 0);
        await process.Dispatcher.StartAsync(CancellationToken.None);
        await world.Time.Polling();

        var commit = await agendas.Append(new AgendaWrite
        {
            AgendaId = 1,
            Epoch = epoch!.Value,
            Appointment = Samples.Haircut(),
            ChangeId = 101,
            Kind = ChangeKind.Booked,
            Actor = Actor.Customer("jane@customer.example"),
            CountDelta = 1,
        });
        // Woken: it has worked and waits again, though no second has passed.
        await world.Time.Polling();
        await process.Dispatcher.StopAsync(CancellationToken.None);

        Assert.Equal(AgendaCommitResult.Stored, commit.Result);
        Assert.Equal(0, await world.Pending());
        Assert.Equal(2, (await world.Rows()).Count);
        Assert.Equal(MailWorld.Start, world.Now);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(4 * 24 * 60, false)]
    [InlineData(null, false)]
    public async Task Mail_offers_moving_and_cancelling_only_where_its_page_allows_one(int? deadline, bool offers)
    {
        await using var world = await MailWorld.Open();
        await world.Account(Samples.Barber());
        world.Brand.Face = Samples.Chairs with { ChangeDeadlineMinutes = deadline, CancelDeadlineMinutes = deadline };
        await world.Fact(ChangeKind.Booked, Samples.Haircut());

        await world.Process().Round();

        var mail = world.Written().Single(mail => mail.To.Mailboxes.Single().Address == "jane@customer.example");
        Assert.Equal(offers, mail.TextBody!.Contains("Move or cancel", StringComparison.Ordinal));
        Assert.Equal(offers, mail.HtmlBody!.Contains("Move or cancel", StringComparison.Ordinal));
        Assert.Equal(!offers, mail.HtmlBody.Contains("See your appointment", StringComparison.Ordinal));
    }
}
