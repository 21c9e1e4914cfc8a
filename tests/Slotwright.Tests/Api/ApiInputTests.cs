using System.Buffers;
using System.Text;

namespace Slotwright.Api;

public sealed class ApiInputTests
{
    [Theory]
    [InlineData("""{"booking":{"start":"a","finish":"b"},"schedule_id":12}""")]
    [InlineData("""{"start":"a","finish":"b","schedule_id":"12"}""")]
    [InlineData("""{"schedule_id":12,"account_name":"x","submit.x":3,"nested":{"deep":[1,2]},"booking":{"start":"a","finish":"b"}}""")]
    [InlineData("""{"schedule\u005fid":12,"booking":{"st\u0061rt":"a","finish":"b","phone":null}}""")]
    public void Json_nested_or_not_says_the_same(string body)
    {
        var input = FromJson(body, out var error);

        Assert.Null(error);
        Assert.Equal("12", input[ApiField.ScheduleId]);
        Assert.Equal("a", input.Attribute(ApiField.Start));
        Assert.Equal("b", input.Attribute(ApiField.Finish));
        Assert.Null(input.Attribute(ApiField.Phone));
    }

    [Theory]
    [InlineData("")]
    [InlineData("  \r\n\t")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"booking":null}""")]
    [InlineData("""{"booking":[]}""")]
    [InlineData("\uFEFF{}")]
    public void Json_that_says_nothing_is_no_error(string body)
    {
        var input = FromJson(body, out var error);

        Assert.Null(error);
        Assert.Null(input.Attribute(ApiField.Start));
    }

    [Theory, Trait("Fault", "52")]
    [InlineData("{", "malformed at line 1")]
    [InlineData("{\"a\":1,}", "malformed")]
    [InlineData("{} {}", "malformed")]
    [InlineData("[1]", "not an object")]
    [InlineData("\"text\"", "not an object")]
    [InlineData("12", "not an object")]
    [InlineData("""{"booking":"x"}""", "booking is not an object")]
    [InlineData("""{"booking":{"start":{"a":1}}}""", "start is not a plain value")]
    [InlineData("""{"booking":{"start":["2026"]}}""", "start is not a plain value")]
    [InlineData("""{"schedule_id":1,"schedule_id":2}""", "schedule_id is given twice")]
    [InlineData("""{"booking":{"start":"a","start":"b"}}""", "start is given twice")]
    [InlineData("""{"booking":{"start":"a"},"booking":{"start":"b"}}""", "start is given twice")]
    [InlineData("""{"schedule_id":1e400}""", "out of range")]
    [InlineData("""{"booking":{"phone":-1e999}}""", "out of range")]
    [InlineData("""{"booking":{"full_name":"\ud800"}}""", "invalid text")]
    [InlineData("""{"booking":{"\ud800":"x"}}""", "invalid text")]
    [InlineData("""{"booking":{"schedule_id":1}}""", "unknown attribute 'schedule_id'")]
    [InlineData("""{"booking":{"a/b~c":1}}""", "unknown attribute 'a/b~c'")]
    public void Json_that_is_wrong_says_where(string body, string title)
    {
        FromJson(body, out var error);

        Assert.Equal(400, error?.Status);
        Assert.Contains(title, error!.Title, StringComparison.Ordinal);
    }

    [Fact, Trait("Fault", "52")]
    public void Json_pointers_name_the_member()
    {
        FromJson("""{"booking":{"a/b~c":1}}""", out var unknown);
        FromJson("""{"booking":{"phone":[]}}""", out var notPlain);

        Assert.Equal("/booking/a~1b~0c", unknown?.Pointer);
        Assert.Equal("/booking/phone", notPlain?.Pointer);
    }

    [Fact, Trait("Fault", "51")]
    public void Json_ten_thousand_deep_is_malformed()
    {
        FromJson("{\"a\":" + new string('[', 10_000) + new string(']', 10_000) + "}", out var error);

        Assert.Equal(400, error?.Status);
    }

    [Fact, Trait("Fault", "52")]
    public void Json_bytes_that_are_no_text_are_malformed()
    {
        var input = new ApiInput();
        byte[] body = [.. "{\"booking\":{\"full_name\":\""u8, 0xFF, 0xC0, .. "\"}}"u8];

        Assert.Equal(400, JsonInput.Read(new ReadOnlySequence<byte>(body), input)?.Status);
    }

    [Fact]
    public void Json_in_pieces_reads_as_one()
    {
        var body = Encoding.UTF8.GetBytes("""{"schedule_id":8101,"booking":{"start":"2026-03-09 14:30","full_name":"Zoë Müller"}}""");
        for (var cut = 1; cut < body.Length; cut++)
        {
            var input = new ApiInput();

            Assert.Null(JsonInput.Read(Pieces.Of(body.AsMemory(0, cut), body.AsMemory(cut)), input));
            Assert.Equal("8101", input[ApiField.ScheduleId]);
            Assert.Equal("Zoë Müller", input.Attribute(ApiField.FullName));
        }
    }

    [Theory]
    [InlineData("booking[start]=2026-03-09+14%3A30&schedule_id=12&submit.x=3&submit.y=4")]
    [InlineData("booking%5Bstart%5D=2026-03-09%2014:30&schedule_id=12&&=&x")]
    [InlineData("start=2026-03-09+14:30&schedule_id=12&schedule_id=12")]
    public void Forms_nested_or_not_say_the_same(string body)
    {
        var input = FromForm(body, out var error);

        Assert.Null(error);
        Assert.Equal("12", input[ApiField.ScheduleId]);
        Assert.Equal("2026-03-09 14:30", input.Attribute(ApiField.Start));
    }

    [Theory]
    [InlineData("booking[full_name]=100%25+%E2%82%AC", "100% €")]
    [InlineData("booking[full_name]=50%+off", "50% off")]
    [InlineData("booking[full_name]=%zz", "%zz")]
    [InlineData("booking[full_name]=a%2", "a%2")]
    [InlineData("booking[full_name]=", "")]
    public void Forms_are_percent_decoded_once(string body, string expected) =>
        Assert.Equal(expected, FromForm(body, out _).Attribute(ApiField.FullName));

    [Theory, Trait("Fault", "52")]
    [InlineData("booking[shoe_size]=44", "unknown attribute 'shoe_size'")]
    [InlineData("booking[]=44", "unknown attribute ''")]
    [InlineData("booking[a][b]=44", "unknown attribute 'a][b'")]
    [InlineData("booking[start=44", "unknown attribute")]
    [InlineData("schedule_id=1&schedule_id=2", "schedule_id is given twice")]
    [InlineData("booking[full_name]=%FF", "not UTF-8")]
    [InlineData("booking[full_name]=%C0%AF", "not UTF-8")]
    public void Forms_that_are_wrong_say_where(string body, string title)
    {
        FromForm(body, out var error);

        Assert.Equal(400, error?.Status);
        Assert.Contains(title, error!.Title, StringComparison.Ordinal);
    }

    [Fact]
    public void Forms_have_a_most_of_parameters()
    {
        FromForm(string.Join('&', Enumerable.Repeat("x=1", 1_001)), out var error);

        Assert.Equal(400, error?.Status);
    }

    [Theory]
    [InlineData("<booking><start>a</start><full-name>Ida &amp; Co</full-name><schedule-id>12</schedule-id></booking>")]
    [InlineData("<?xml version='1.0' encoding='UTF-8'?><!-- x --><request><schedule_id>12</schedule_id><booking><start><![CDATA[a]]></start><full_name>Ida &amp; Co</full_name></booking></request>")]
    [InlineData("<request><extra><deep>1</deep></extra><booking><full_name>Ida &amp; Co</full_name><start>a</start></booking><schedule_id>12</schedule_id></request>")]
    public void Xml_is_read_with_hyphens_or_underscores(string body)
    {
        var input = FromXml(body, out var error);

        Assert.Null(error);
        Assert.Equal("12", input[ApiField.ScheduleId]);
        Assert.Equal("a", input.Attribute(ApiField.Start));
        Assert.Equal("Ida & Co", input.Attribute(ApiField.FullName));
    }

    [Theory, Trait("Fault", "52")]
    [InlineData("<booking>")]
    [InlineData("<booking><start>a</booking></start>")]
    [InlineData("<!DOCTYPE booking [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><booking><start>&x;</start></booking>")]
    [InlineData("<!DOCTYPE l [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><booking><start>&b;</start></booking>")]
    [InlineData("<booking><start>&#0;</start></booking>")]
    [InlineData("<?xml version='1.0' encoding='x-none'?><booking/>")]
    [InlineData("<booking><shoe-size>44</shoe-size></booking>")]
    [InlineData("<booking><start>a</start><start>b</start></booking>")]
    [InlineData("<booking><start><x>1</x></start></booking>")]
    public void Xml_that_is_wrong_is_malformed(string body)
    {
        FromXml(body, out var error);

        Assert.Equal(400, error?.Status);
    }

    [Fact, Trait("Fault", "51")]
    public void Xml_ten_thousand_deep_is_malformed()
    {
        FromXml("<r>" + string.Concat(Enumerable.Repeat("<x>", 10_000)) + string.Concat(Enumerable.Repeat("</x>", 10_000)) + "</r>", out var error);

        Assert.Equal(400, error?.Status);
    }

    [Fact]
    public void The_body_wins_over_the_query_and_null_does_not()
    {
        var input = new ApiInput();
        FormInput.ReadQuery("?schedule_id=1&user_id=2&booking[start]=q&booking[phone]=q", input);

        JsonInput.Read(Bytes("""{"schedule_id":8101,"user_id":null,"booking":{"start":"b"}}"""), input);

        Assert.Equal("8101", input[ApiField.ScheduleId]);
        Assert.Equal("2", input[ApiField.UserId]);
        Assert.Equal("b", input.Attribute(ApiField.Start));
        Assert.Equal("q", input.Attribute(ApiField.Phone));
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("True", true)]
    [InlineData("TRUE", true)]
    [InlineData("1", true)]
    [InlineData("on", true)]
    [InlineData("false", false)]
    [InlineData("0", false)]
    [InlineData("", false)]
    [InlineData("perhaps", false)]
    public void Flags_come_in_any_spelling(string text, bool expected)
    {
        var input = new ApiInput();
        FormInput.ReadQuery("?today=" + text, input);

        Assert.Equal(expected, input.Flag(ApiField.Today));
    }

    private static ApiInput FromJson(string body, out ApiError? error)
    {
        var input = new ApiInput();
        error = JsonInput.Read(Bytes(body), input);
        return input;
    }

    private static ApiInput FromForm(string body, out ApiError? error)
    {
        var input = new ApiInput();
        error = FormInput.ReadBody(Bytes(body), input);
        return input;
    }

    private static ApiInput FromXml(string body, out ApiError? error)
    {
        var input = new ApiInput();
        error = XmlInput.Read(Bytes(body), input);
        return input;
    }

    private static ReadOnlySequence<byte> Bytes(string text) => new(Encoding.UTF8.GetBytes(text));

    private sealed class Pieces : ReadOnlySequenceSegment<byte>
    {
        private Pieces(ReadOnlyMemory<byte> memory) => Memory = memory;

        public static ReadOnlySequence<byte> Of(ReadOnlyMemory<byte> first, ReadOnlyMemory<byte> second)
        {
            var head = new Pieces(first);
            var tail = new Pieces(second) { RunningIndex = first.Length };
            head.Next = tail;
            return new ReadOnlySequence<byte>(head, 0, tail, second.Length);
        }
    }
}
