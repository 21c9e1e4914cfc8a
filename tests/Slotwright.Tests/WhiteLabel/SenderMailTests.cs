using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using MimeKit.Cryptography;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Security;
using Slotwright.Appointments;
using Slotwright.Mail;
using Slotwright.Storage;

namespace Slotwright.WhiteLabel;

/// <summary>In whose name mails go out, as a mail server gets them.</summary>
public sealed class SenderMailTests
{
    private const string Own = "hello@corner-barber.example";

    [Fact, Trait("Requirement", "21"), Trait("Requirement", "24")]
    public async Task A_proven_sender_is_From_signed_with_its_own_key_and_bounces_stay_with_the_operator()
    {
        await using var world = await MailWorld.Open();
        await using var sink = new SmtpSink();
        await world.Account(Samples.Barber());
        var shown = await world.Sender(1, Own, RecordState.Good);
        await world.Fact(ChangeKind.Booked, Samples.Haircut());

        await world.Process(sink.Settings).Round();

        Assert.Equal(2, sink.Mails.Count);
        Assert.All(sink.Mails, mail =>
        {
            Assert.Equal(Own, mail.Message.From.Mailboxes.Single().Address);
            Assert.Equal("no-reply@post.example", mail.Message.Sender!.Address);
            Assert.Equal("no-reply@post.example", mail.EnvelopeFrom);
            var signature = mail.Message.Headers.First(header => header.Id == HeaderId.DkimSignature);
            Assert.Contains("d=corner-barber.example", signature.Value, StringComparison.Ordinal);
            Assert.True(new DkimVerifier(new Shown(shown)).Verify(mail.Message, signature, TestContext.Current.CancellationToken));
        });
    }

    [Fact]
    public async Task A_mail_from_the_no_reply_address_bears_no_clients_signature()
    {
        await using var world = await MailWorld.Open();
        await using var sink = new SmtpSink();
        await world.Account(Samples.Barber());
        await world.Sender(1, Own, RecordState.Good);
        await world.Limit(ChangeKind.LimitReached, 1, new LimitSnapshot(50, 50, "free"));

        await world.Process(sink.Settings).Round();

        Assert.NotEmpty(sink.Mails);
        Assert.All(sink.Mails, mail =>
        {
            Assert.Equal("no-reply@post.example", mail.Message.From.Mailboxes.Single().Address);
            Assert.False(mail.Message.Headers.Contains(HeaderId.DkimSignature));
        });
    }

    [Fact, Trait("Fault", "11")]
    public async Task A_platform_server_that_is_down_keeps_no_mail_of_an_account_with_a_server_of_its_own()
    {
        await using var world = await MailWorld.Open();
        await using var own = new SmtpSink();
        await using var platform = new SmtpSink { Down = true };
        await world.Account(Samples.Barber());
        var lane = await world.OwnServer(1, own.Port);
        var process = world.Process(new Dictionary<string, string?>(platform.Settings) { ["WhiteLabel:AllowPrivateMailServers"] = "true" });
        await world.Fact(ChangeKind.Booked, Samples.Haircut());
        await process.Dispatcher.Expand(CancellationToken.None);

        Assert.Equal([lane], await process.Services.GetRequiredService<Outbox>().DueLanes());
        await process.Dispatcher.RunLane(lane, CancellationToken.None);

        Assert.Equal((2, 0), (own.Mails.Count, platform.Connections));
    }

    [Fact, Trait("Requirement", "22"), Trait("Requirement", "24")]
    public async Task A_sender_that_is_not_proven_gets_the_answers_and_no_mail_bears_its_name()
    {
        await using var world = await MailWorld.Open();
        await using var sink = new SmtpSink();
        await world.Account(Samples.Barber());
        await world.Sender(1, Own, RecordState.Missing);
        await world.Fact(ChangeKind.Booked, Samples.Haircut());

        await world.Process(sink.Settings).Round();

        var mail = sink.Mails.Single(mail => mail.EnvelopeTo[0] == "jane@customer.example");
        Assert.Equal("no-reply@post.example", mail.Message.From.Mailboxes.Single().Address);
        Assert.Equal(Own, mail.Message.ReplyTo.Mailboxes.Single().Address);
        Assert.False(mail.Message.Headers.Contains(HeaderId.DkimSignature));
    }

    [Fact, Trait("Requirement", "21")]
    public async Task A_resellers_sender_for_its_clients_serves_one_that_has_none_and_answers_go_to_the_business()
    {
        await using var world = await MailWorld.Open();
        await using var sink = new SmtpSink();
        await world.Account(Samples.Barber());
        await world.Sender(9, "termine@atelier.example", RecordState.Good, WhiteLabelScope.Clients);
        await world.Fact(ChangeKind.Booked, Samples.Haircut());

        await world.Process(sink.Settings).Round();

        var mail = sink.Mails.Single(mail => mail.EnvelopeTo[0] == "jane@customer.example");
        Assert.Equal("\"The Corner Barber\" <termine@atelier.example>", mail.Message.From.ToString());
        Assert.Equal("owner@corner-barber.example", mail.Message.ReplyTo.Mailboxes.Single().Address);
    }

    [Fact, Trait("Fault", "11")]
    public async Task Mails_of_an_account_with_a_server_of_its_own_leave_by_it_and_by_no_other_while_it_is_down()
    {
        await using var world = await MailWorld.Open();
        await using var own = new SmtpSink { Down = true };
        await using var platform = new SmtpSink();
        await world.Account(Samples.Barber());
        var lane = await world.OwnServer(9, own.Port, WhiteLabelScope.Clients);
        await world.Fact(ChangeKind.Booked, Samples.Haircut());
        var process = world.Process(new Dictionary<string, string?>(platform.Settings) { ["WhiteLabel:AllowPrivateMailServers"] = "true" });

        await process.Round();
        await process.Dispatcher.RunLane(lane, CancellationToken.None);

        Assert.All(await world.Rows(), row => Assert.Equal((lane, DeliveryState.Due), (row.Lane, row.InState)));
        own.Down = false;
        world.Time.Advance(TimeSpan.FromMinutes(10));
        await process.Dispatcher.RunLane(lane, CancellationToken.None);
        Assert.Equal((2, 0), (own.Mails.Count, platform.Mails.Count));
        Assert.All(own.Mails, mail => Assert.Equal("no-reply@post.example", mail.EnvelopeFrom));
    }

    private sealed class Shown(string key) : DkimPublicKeyLocatorBase
    {
        public override AsymmetricKeyParameter LocatePublicKey(string methods, string domain, string selector, CancellationToken cancellationToken = default)
        {
            Assert.Equal(("corner-barber.example", "m1"), (domain, selector));
            return PublicKeyFactory.CreateKey(Convert.FromBase64String(key));
        }

        public override Task<AsymmetricKeyParameter> LocatePublicKeyAsync(string methods, string domain, string selector, CancellationToken cancellationToken = default) =>
            Task.FromResult(LocatePublicKey(methods, domain, selector, cancellationToken));
    }
}
