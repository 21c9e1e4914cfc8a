using MimeKit;
using Slotwright.Accounts;
using Slotwright.Appointments;
using Slotwright.Storage;

namespace Slotwright.Mail;

public sealed class MailHeaderTests
{
    private static readonly string[] Traces = ["slotwright", "orleans", "mailkit", "mimekit", "ical.net", "scriban"];
    private static readonly ChangeKind[] Limits = [ChangeKind.LimitNear, ChangeKind.LimitReached, ChangeKind.LimitRefused];

    [Fact, Trait("Requirement", "22")]
    public async Task Without_a_sender_of_its_own_the_business_writes_from_the_no_reply_address()
    {
        var mail = (await Sent(Samples.Barber()))[0];

        Assert.Equal("The Corner Barber <no-reply@post.example>", Unquoted(mail.Message.From));
        Assert.Null(mail.Message.Sender);
        Assert.Equal("owner@corner-barber.example", mail.Message.ReplyTo.Mailboxes.Single().Address);
        Assert.Equal("no-reply@post.example", mail.EnvelopeFrom);
    }

    [Fact]
    public async Task Every_mail_has_one_recipient_a_fixed_id_and_says_that_a_machine_wrote_it()
    {
        var mails = await Sent(Samples.Barber(), Limits);

        Assert.All(mails, mail =>
        {
            Assert.Equal(mail.EnvelopeTo, mail.Message.To.Mailboxes.Select(mailbox => mailbox.Address));
            Assert.Single(mail.EnvelopeTo);
            Assert.Empty(mail.Message.Cc);
            Assert.Equal("auto-generated", mail.Message.Headers[HeaderId.AutoSubmitted]);
            Assert.Matches(@"\A[0-9]+\.[0-9]+@post\.example\z", mail.Message.MessageId);
            Assert.Null(mail.Message.Headers["X-Mailer"]);
            Assert.Null(mail.Message.Headers["User-Agent"]);
        });
    }

    [Fact]
    public async Task Answer_to_the_owner_s_mail_goes_to_the_customer()
    {
        var mail = (await Sent(Samples.Barber())).Single(mail => mail.EnvelopeTo[0] == "owner@corner-barber.example");

        Assert.Equal("jane@customer.example", mail.Message.ReplyTo.Mailboxes.Single().Address);
    }

    [Fact, Trait("Requirement", "79"), Trait("Requirement", "80")]
    public async Task Limit_of_a_reseller_s_client_is_told_in_the_reseller_s_name_with_a_copy_to_the_reseller()
    {
        var mails = await Sent(Samples.Barber(), ChangeKind.LimitReached);

        Assert.Equal(["owner@corner-barber.example", "bonjour@atelier.example"], mails.Select(mail => mail.EnvelopeTo[0]));
        Assert.All(mails, mail =>
        {
            Assert.Equal("Atelier Web <no-reply@post.example>", Unquoted(mail.Message.From));
            Assert.Equal("bonjour@atelier.example", mail.Message.ReplyTo.Mailboxes.Single().Address);
        });
        Assert.Contains("Help: Atelier Web · bonjour@atelier.example", mails[0].Message.TextBody, StringComparison.Ordinal);
        Assert.Contains("this mail went to owner@corner-barber.example in your name", mails[1].Message.TextBody, StringComparison.Ordinal);
    }

    [Fact, Trait("Requirement", "81")]
    public async Task Limit_of_a_regular_account_is_told_by_the_platform_without_a_copy()
    {
        var mail = Assert.Single(await Sent(Samples.Yoga(), ChangeKind.LimitReached));

        Assert.Equal("Slotwright <no-reply@post.example>", Unquoted(mail.Message.From));
        Assert.Equal("owner@harbour-yoga.example", mail.EnvelopeTo[0]);
    }

    [Fact, Trait("Requirement", "11"), Trait("Requirement", "15"), Trait("Requirement", "80")]
    public async Task Nothing_in_a_mail_of_a_reseller_s_client_names_the_platform_or_its_libraries()
    {
        foreach (var language in new[] { "en", "fr", "nl" })
        {
            var mails = await Sent(Samples.Barber(language), [ChangeKind.Booked, ChangeKind.Moved, ChangeKind.Cancelled, .. Limits]);

            Assert.Equal(12, mails.Count);
            Assert.All(mails, mail =>
            {
                var everything = mail.Raw + mail.Message.TextBody + mail.Message.HtmlBody + string.Concat(mail.Message.BodyParts.OfType<TextPart>().Select(part => part.Text));
                foreach (var trace in Traces)
                {
                    Assert.DoesNotContain(trace, everything, StringComparison.OrdinalIgnoreCase);
                }
            });
        }
    }

    [Fact, Trait("Requirement", "31"), Trait("Requirement", "32")]
    public async Task Footer_shows_the_support_details_as_the_reseller_has_them_now()
    {
        await using var world = await MailWorld.Open();
        await world.Account(Samples.Barber());
        await world.Fact(ChangeKind.Booked, Samples.Haircut());
        world.Brand.Accounts[1] = Samples.Barber() with { Support = new SupportDetails { Name = "New Studio", Phone = "0800 1" } };

        await world.Process().Round();

        Assert.All(world.Written(), mail =>
        {
            Assert.Contains("Help: New Studio · 0800 1\n", mail.TextBody!.ReplaceLineEndings("\n"), StringComparison.Ordinal);
            Assert.DoesNotContain("Atelier", mail.TextBody + mail.HtmlBody, StringComparison.Ordinal);
        });
    }

    [Fact, Trait("Requirement", "16")]
    public async Task Links_lie_on_the_account_s_own_host_when_it_has_one()
    {
        await using var world = await MailWorld.Open();
        await world.Account(Samples.Barber());
        await world.Run("insert into names (kind, normalised, owner) values ('host', 'book.corner-barber.example', 1)");
        await world.Fact(ChangeKind.Booked, Samples.Haircut());

        await world.Process().Round();

        Assert.Contains("https://book.corner-barber.example/appointment/101/", world.Written()[0].TextBody, StringComparison.Ordinal);
        Assert.Contains("https://book.corner-barber.example/dashboard", world.Written()[1].TextBody, StringComparison.Ordinal);
        Assert.All(world.Written(), mail => Assert.DoesNotContain("book.example", mail.TextBody + mail.HtmlBody, StringComparison.Ordinal));
    }

    [Theory, Trait("Fault", "38")]
    [InlineData("Jane\r\nBcc: victim@other.example")]
    [InlineData("Jane\nTo: victim@other.example\n\nBuy this")]
    [InlineData("Jane\u0000\u0001\u007F\u0085")]
    [InlineData("Jane\u2028Bcc: victim@other.example")]
    [InlineData("Jane <victim@other.example>, \"x\" <y@other.example>")]
    public async Task Name_with_line_breaks_stays_in_one_line_and_adds_no_recipient(string name)
    {
        var barber = Samples.Barber();
        var mails = await Sent(barber with { Brand = barber.Brand with { DisplayName = name } }, Samples.Haircut(name: name));

        Assert.Equal(2, mails.Count);
        Assert.All(mails, mail =>
        {
            Assert.Single(mail.EnvelopeTo);
            Assert.DoesNotContain(mail.Message.Headers, header => header.Id == HeaderId.Bcc);
            Assert.Single(mail.Message.From);
            Assert.Equal("no-reply@post.example", mail.Message.From.Mailboxes.Single().Address);
            Assert.DoesNotContain(mail.Message.Subject!, char.IsControl);
        });
    }

    [Theory, Trait("Fault", "38")]
    [InlineData("jane@customer.example\r\nBcc: victim@other.example")]
    [InlineData("jane@customer.example, victim@other.example")]
    [InlineData("\"a\r\nRCPT TO:<victim@other.example>\"@customer.example")]
    [InlineData("Jane <jane@customer.example>")]
    [InlineData("jane")]
    [InlineData("@customer.example")]
    [InlineData("jane@")]
    public async Task Address_that_is_not_one_plain_address_fails_and_reaches_nobody(string address)
    {
        var mails = await Sent(Samples.Barber(), Samples.Haircut(email: address));

        Assert.Equal("owner@corner-barber.example", Assert.Single(mails).EnvelopeTo[0]);
        Assert.Empty(mails[0].Message.ReplyTo);
    }

    private static string Unquoted(InternetAddressList addresses) => addresses.ToString().Replace("\"", "", StringComparison.Ordinal);

    private static Task<IReadOnlyList<SunkMail>> Sent(AccountFace account, params ChangeKind[] kinds) => Sent(account, Samples.Haircut(language: account.Brand.Language), kinds);

    private static async Task<IReadOnlyList<SunkMail>> Sent(AccountFace account, Appointment appointment, params ChangeKind[] kinds)
    {
        await using var world = await MailWorld.Open();
        await using var sink = new SmtpSink();
        await world.Account(account);
        var process = world.Process(new Dictionary<string, string?>(sink.Settings) { ["Mail:ConnectionsPerLane"] = "1" });
        foreach (var kind in kinds.Length == 0 ? [ChangeKind.Booked] : kinds)
        {
            switch (kind)
            {
                case ChangeKind.Booked:
                    await world.Fact(kind, appointment);
                    break;
                case ChangeKind.Moved:
                    await world.Fact(kind, appointment.MovedTo(appointment.Start + NodaTime.Duration.FromHours(1)), appointment.Start);
                    break;
                case ChangeKind.Cancelled:
                    await world.Fact(kind, appointment.Cancelled() with { Revision = 3 });
                    break;
                default:
                    await world.Limit(kind, account.Id, new LimitSnapshot(50, 50, "free"));
                    break;
            }

            await process.Round();
            world.Time.Advance(TimeSpan.FromMinutes(1));
        }

        return sink.Mails;
    }
}
