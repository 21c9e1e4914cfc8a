using AngleSharp.Html.Parser;
using MimeKit;
using Slotwright.Accounts;
using Slotwright.Appointments;

namespace Slotwright.Mail;

public sealed class HostileDataTests
{
    public static TheoryData<string> Payloads() =>
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "\"><svg onload=alert(1)>",
        "' onmouseover='alert(1)",
        "</title></style><script>alert(1)</script>",
        "<!--body-->",
        "<!--footer--><b>x</b>",
        "-->",
        "{{ 7*7 }}",
        "{{ manage_url }}",
        "{{ for i in 1..1000000 }}x{{ end }}",
        "{%- assign x = 1 -%}",
        "${7*7}",
        "#{7*7}",
        "&lt;b&gt;",
        "<a href=\"javascript:alert(1)\">x</a>",
        "<style>*{display:none}</style>",
        "`${alert(1)}`",
        "Jane \u202Egnp.exe",
        "Jane\u0000Doe\u001B[31m",
        "\uD800 half",
        "half \uDC00",
        "\uFEFFJane\u200F",
        "👩‍👩‍👧 Ünïcødé 漢字",
        "BEGIN:VEVENT\r\nEND:VCALENDAR",
        "a;b,c\\n\\d:e",
        "=HYPERLINK(\"http://evil.example\")",
        ".\r\n.\r\nQUIT",
        new string('x', 10_000),
        new string('<', 5_000),
    ];

    [Theory, Trait("Fault", "37")]
    [MemberData(nameof(Payloads))]
    public async Task Whatever_people_type_comes_out_as_text(string payload)
    {
        await using var world = await MailWorld.Open();
        await using var sink = new SmtpSink();
        var barber = Samples.Barber();
        await world.Account(barber with
        {
            Brand = barber.Brand with { DisplayName = payload, Contact = payload, Colour = payload },
            Support = new SupportDetails { Name = payload, Email = payload, Phone = payload, Website = payload },
        });
        world.Brand.Face = Samples.Chairs with { Name = payload, Location = payload, Resources = [new(1, payload), new(2, payload)] };
        var haircut = Samples.Haircut(name: payload) with { Note = payload };
        await world.Fact(ChangeKind.Booked, haircut with { Customer = haircut.Customer with { Phone = payload } });
        await world.Process(sink.Settings).Round();

        Assert.Equal(2, sink.Mails.Count);
        Assert.All(sink.Mails, mail =>
        {
            var page = new HtmlParser().ParseDocument(mail.Message.HtmlBody!);
            Assert.Empty(page.QuerySelectorAll("script, img, svg, iframe, b, style ~ style"));
            Assert.Single(page.QuerySelectorAll("a"));
            Assert.StartsWith("https://book.example/", page.QuerySelector("a")!.GetAttribute("href"), StringComparison.Ordinal);
            Assert.Equal(["href", "class"], page.QuerySelector("a")!.Attributes.Select(attribute => attribute.Name).OrderByDescending(name => name));
            Assert.DoesNotContain("49", page.Body!.TextContent, StringComparison.Ordinal);
            foreach (var text in new[] { mail.Message.HtmlBody, mail.Message.TextBody, mail.Message.Subject })
            {
                Assert.DoesNotContain(text!, character => char.IsControl(character) && character is not ('\n' or '\r'));
                Assert.DoesNotContain('\u202E', text!);
            }

            Assert.InRange(mail.Bytes.Length, 1, 100_000);
            var calendar = Ical.Net.Calendar.Load(mail.Message.BodyParts.OfType<TextPart>().Single(part => part.ContentType.IsMimeType("text", "calendar")).Text)!;
            Assert.Equal("appointment-101@post.example", Assert.Single(calendar.Events).Uid);
        });
        if (payload.Length < 60 && !payload.Any(char.IsControl) && !payload.Any(char.IsSurrogate) && payload.All(c => c is not ('\u202E' or '\uFEFF' or '\u200F')))
        {
            var owner = sink.Mails.Single(mail => mail.EnvelopeTo[0] == "owner@corner-barber.example").Message;
            Assert.Contains("Note: " + payload, owner.TextBody, StringComparison.Ordinal);
            Assert.Contains(payload, new HtmlParser().ParseDocument(owner.HtmlBody!).Body!.TextContent, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("Jane Doe", "Jane Doe")]
    [InlineData("J. Doe", "J. Doe")]
    [InlineData("Anne-Marie d’Été", "Anne-Marie d’Été")]
    [InlineData("Win at https://evil.example", "")]
    [InlineData("evil.example", "")]
    [InlineData("www evil", "www evil")]
    [InlineData("write to me@evil.example", "")]
    [InlineData("<b>", "")]
    public void Name_that_a_mail_program_would_make_a_link_of_is_no_greeting(string name, string greeting) =>
        Assert.Equal(greeting, CleanText.Greeting(name));
}
