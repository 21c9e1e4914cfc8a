using System.Net;
using System.Text;

namespace Slotwright.Pages;

public sealed class HostileInputTests
{
    private const string HalfPastTwo = "/schedule/corner-barber/Chairs/book?at=2026-12-09T14:30%2B01:00";

    public static TheoryData<string, string> Names => new()
    {
        { "<script>alert(1)</script>", "<script>alert(1)</script>" },
        { "{{ 7*7 }}", "{{ 7*7 }}" },
        { "Ada\u202Eecalevol", "Adaecalevol" },
        { "Ada\u2066\u200FX", "AdaX" },
        { "  Ada \t \r\n Lovelace\u0007 ", "Ada Lovelace" },
        { "=cmd|'/c calc'!A1", "=cmd|'/c calc'!A1" },
        { "E\u0301mile", "\u00c9mile" },
        { "O'Brien \"Bo\" & Søn", "O'Brien \"Bo\" & Søn" },
        { "👩‍👩‍👧 علی", "👩‍👩‍👧 علی" },
    };

    [Theory, MemberData(nameof(Names)), Trait("Fault", "37")]
    public async Task A_name_is_kept_as_text_without_what_cannot_be_seen(string typed, string kept)
    {
        await using var host = await PagesHost.Start();
        var visitor = host.Visitor("en");
        await visitor.Open(HalfPastTwo);

        await visitor.Submit("#booking", new Dictionary<string, string> { ["Name"] = typed, ["Email"] = "ada@example.com", ["Note"] = typed });

        Assert.Equal(HttpStatusCode.OK, visitor.Status);
        Assert.Equal(kept, Assert.Single(host.Chairs.Appointments.Values).Customer.Name);
        Assert.Contains(kept, visitor.Text(".facts"), StringComparison.Ordinal);
        Assert.Empty(visitor.Page.QuerySelectorAll("script:not([src])"));
    }

    [Theory, Trait("Fault", "52")]
    [InlineData("Name=%ED%A0%80&Email=%FF%FE")]
    [InlineData("Name=%00%00&Name=two&Email=a%40b.example")]
    [InlineData("%%%&=&&==&Name")]
    [InlineData("Name[0]=x&form.Name=y&Email.Length=3")]
    [InlineData("At=%F0%9F&Resource=1e400&Length=-1&Key=%0d%0a")]
    public async Task A_broken_form_is_answered_and_books_nothing(string body)
    {
        await using var host = await PagesHost.Start();
        var visitor = host.Visitor("en");
        await visitor.Open(HalfPastTwo);
        var token = visitor.Page.QuerySelector("[name=form-token]")!.GetAttribute("value")!;

        await visitor.PostRaw("/schedule/corner-barber/Chairs/book", $"{body}&At=2026-12-09T14:30%2B01:00&form-token={Uri.EscapeDataString(token)}");

        Assert.True((int)visitor.Status < 500, $"{visitor.Status}");
        Assert.Empty(host.Chairs.Appointments);
    }

    [Fact]
    public async Task A_form_beyond_all_measure_is_a_bad_request()
    {
        await using var host = await PagesHost.Start();
        var visitor = host.Visitor("en");
        await visitor.Open(HalfPastTwo);

        await visitor.Submit("#booking", new Dictionary<string, string> { ["Name"] = new('x', 300_000), ["Email"] = "ada@example.com" });

        Assert.Equal((HttpStatusCode.BadRequest, "This did not work"), (visitor.Status, visitor.Heading));
    }

    [Theory]
    [InlineData("/schedule/%FF%FE/Chairs")]
    [InlineData("/schedule/corner-barber/%ED%A0%80")]
    [InlineData("/schedule/corner-barber/..%2f..%2fetc")]
    [InlineData("/schedule/corner-barber/appointment/1/%FF")]
    [InlineData("/set-password/2147483647/%FF")]
    [InlineData("/set-password/99999999999/x")]
    [InlineData("/signin?return=%FF%00&lang=%00")]
    [InlineData("/a/%FF")]
    [InlineData("/brand/corner-barber/%FF.css")]
    [InlineData("/error?status=200")]
    [InlineData("/schedule/corner-barber/Chairs/book?at=9999-12-31T23:59%2B00:00")]
    [InlineData("/schedule/corner-barber/Chairs/book?at=0001-01-01T00:00%2B00:00")]
    public async Task Odd_addresses_are_answered_without_a_fault(string address)
    {
        await using var host = await PagesHost.Start();
        var visitor = host.Visitor("en");

        await visitor.Open(address);

        Assert.True((int)visitor.Status < 500, $"{visitor.Status}");
    }

    [Theory]
    [InlineData("ada@example.com", true)]
    [InlineData("ada.b+tag@mail.example.co.uk", true)]
    [InlineData("ada@xn--bcher-kva.example", true)]
    [InlineData("o'brien@example.com", true)]
    [InlineData("ada@example", false)]
    [InlineData("ada@@example.com", false)]
    [InlineData("ada @example.com", false)]
    [InlineData("Ada <ada@example.com>", false)]
    [InlineData("ada@example.com,eve@example.com", false)]
    [InlineData("ada@.example.com", false)]
    [InlineData("ada@example..com", false)]
    [InlineData("@example.com", false)]
    [InlineData("ada@example.com\r\nBcc: eve@example.com", false)]
    [InlineData("", false)]
    public void An_email_address_is_one_plain_address(string text, bool good) => Assert.Equal(good, TypedText.IsEmail(text));

    [Fact]
    public void Cleaning_never_fails_and_is_done_at_once() => CsCheck.Check.Sample(
        CsCheck.Gen.String[CsCheck.Gen.Char, 0, 60],
        typed =>
        {
            foreach (var clean in new Func<string?, string>[] { TypedText.Line, TypedText.Lines })
            {
                var once = clean(typed);
                Assert.Equal(once, clean(once));
                Assert.DoesNotContain(once, character => char.IsControl(character) && character is not ('\n' or '\t'));
                Assert.Equal(once, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(once)));
            }
        },
        seed: "0000000000000");
}
