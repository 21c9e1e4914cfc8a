using System.Text;
using CsCheck;

namespace Slotwright.Api;

/// <summary>Whatever is sent, the answer is one of the API's own: never a fault, never a redirect, always with a length.</summary>
public sealed class HostileInputTests
{
    private const string Seed = "0N0XIzNsQ0O2";

    private static readonly string[] Names =
    [
        "start", "finish", "email", "full_name", "phone", "country", "resource_id", "slot_id", "quantity", "description", "field_1", "schedule_id", "user_id",
        "user", "form", "webhook", "from", "to", "today", "slot", "limit", "offset", "maxresults", "length", "resource", "full", "booking", "id", "account", "x", "",
    ];

    private static readonly string[] Values =
    [
        "null", "true", "[]", "{}", "0", "-1", "8101", "31", "1e400", "-1e999", "1.5", "99999999999999999999", "2147483648", "\"\"", "\"8101\"", "\"31\"", "\"0\"", "\"x\"",
        "\"2026-03-09 10:00\"", "\"9999-12-31 23:59:59\"", "\"0001-01-01\"", "\"2026-02-30 10:00\"", "\"2026-03-29 02:30\"", "\"2026-03-09T10:00:00+18:00\"",
        "\"\\ud800\"", "\"\\u0000\"", "\"a\\r\\nBcc: b@c.d\"", "\"ida@quill.example\"", "\"<script>\"", "\"%s%n\"", "\"'; drop table x; --\"", "\"\u202Eabc\"", "\"😀\"", "[[[[]]]]", "{\"a\":{\"b\":1}}",
    ];

    private static readonly string[] Addresses =
    [
        "/api/bookings.json", "/api/bookings", "/api/bookings.xml", "/api/bookings/550001.json", "/api/bookings/0.json", "/api/bookings/x", "/api/free/8101.json", "/api/range/8101.json",
        "/api/changes/8101.json", "/api/agenda/8101", "/api/resources.json", "/api/schedules.json", "/api/free-times/harbour_yoga/courts.json", "/api/free-times/x/8101.json", "/api/nothing",
    ];

    private static readonly string[] Methods = ["GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH"];

    private static readonly string[] Types = ["application/json", "application/x-www-form-urlencoded", "application/xml", "text/xml; charset=utf-16", "text/plain", "application/json; charset=latin1", ""];

    private static Gen<T> One<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(at => values[at]);

    private static readonly Gen<string> JsonObject = Gen.Select(One(Names), One(Values)).Array[0, 6]
        .Select(pairs => "{" + string.Join(',', pairs.Select(pair => $"\"{pair.Item1}\":{pair.Item2}")) + "}");

    private static readonly Gen<string> NestedJson = Gen.Select(JsonObject, JsonObject)
        .Select((top, booking) => top == "{}" ? $"{{\"booking\":{booking}}}" : $"{{\"schedule_id\":8101,\"booking\":{booking},{top[1..]}");

    private static readonly Gen<string> Query = Gen.Select(One(Names), One(Values), Gen.Bool).Array[0, 5]
        .Select(pairs => string.Join('&', pairs.Select(pair =>
            (pair.Item3 ? $"booking[{pair.Item1}]" : pair.Item1) + "=" + (pair.Item2.Contains('%', StringComparison.Ordinal) ? pair.Item2 : Uri.EscapeDataString(pair.Item2.Trim('"'))))));

    private static readonly Gen<string> Broken = Gen.Select(NestedJson, Gen.Int[0, 400], One("", "}", "\"", "\\", ",", "\u0000", "<", "&", "%zz", "[[[["))
        .Select((json, cut, rest) => json[..Math.Min(cut, json.Length)] + rest);

    private static readonly Gen<string> Xml = Gen.Select(One(Names), One(Values)).Array[0, 4]
        .Select(pairs => "<booking>" + string.Concat(pairs.Select(pair => $"<{pair.Item1}>{pair.Item2}</{pair.Item1}>")) + "</booking>");

    private static readonly Gen<byte[]> Body = Gen.OneOf(
        NestedJson.Select(Encoding.UTF8.GetBytes),
        JsonObject.Select(Encoding.UTF8.GetBytes),
        Broken.Select(Encoding.UTF8.GetBytes),
        Query.Select(Encoding.UTF8.GetBytes),
        Xml.Select(Encoding.UTF8.GetBytes),
        Gen.Byte.Array[0, 60]);

    [Fact, Trait("Fault", "52")]
    public async Task No_request_is_answered_by_a_fault()
    {
        await using var host = await ApiHost.Start();
        await host.Post("/api/bookings.json", """{"schedule_id":8101,"booking":{"start":"2026-03-09 14:30"}}""");
        var client = host.Client();

        await Gen.Select(One(Methods), One(Addresses), Query, One(Types), Body).SampleAsync(
            async (method, address, query, type, body) =>
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), address + "?" + query);
                if (method is not ("HEAD" or "OPTIONS"))
                {
                    request.Content = new ByteArrayContent(body);
                    request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
                }

                var reply = await host.Send(request, client);

                Assert.InRange(reply.Status, 200, 499);
                Assert.NotInRange(reply.Status, 301, 303);
                Assert.NotNull(reply.Length);
                Assert.True(reply.Status >= 400 || reply.ContentType is not null);
            },
            seed: Seed,
            iter: 4_000,
            threads: 1);
    }

    [Fact, Trait("Fault", "52")]
    public void Inputs_read_any_bytes_without_throwing() =>
        Gen.Select(Body, Gen.Int[1, 3]).Sample(
            (body, kind) =>
            {
                var input = new ApiInput();
                var bytes = new System.Buffers.ReadOnlySequence<byte>(body);
                var error = kind switch
                {
                    1 => JsonInput.Read(bytes, input),
                    2 => FormInput.ReadBody(bytes, input),
                    _ => XmlInput.Read(bytes, input),
                };
                Assert.True(error is null or { Status: 400 });
            },
            seed: Seed,
            iter: 20_000,
            threads: 1);

    [Fact, Trait("Fault", "26")]
    public void Times_read_any_text_without_throwing() =>
        Gen.OneOf(
            Gen.String[Gen.Char["0123456789-:. TZ+"], 0, 30],
            Gen.Select(Gen.Int[0, 10_000], Gen.Int[0, 14], Gen.Int[0, 33], Gen.Int[-20, 20]).Select((year, month, day, offset) => $"{year:0000}-{month}-{day} 12:00:00 {offset:+00;-00}:30"))
            .Sample(
                text =>
                {
                    var error = ApiTime.Parse(text, ApiField.Start, out var time);
                    Assert.True(error is null or { Status: 400 or 422 });
                    if (error is null)
                    {
                        _ = time.ToMoment();
                        _ = ApiFormat.Utc(time.ToInstant(ApiFormat.Zone("Pacific/Apia")));
                    }
                },
                seed: Seed,
                iter: 50_000,
                threads: 1);

    [Theory, Trait("Fault", "51")]
    [InlineData("application/json", 415, "gzip")]
    [InlineData("multipart/form-data; boundary=x", 415, null)]
    [InlineData("application/octet-stream", 415, null)]
    [InlineData("application/json; charset=utf-16", 415, null)]
    public async Task Bodies_of_other_kinds_are_415(string type, int status, string? coding)
    {
        await using var host = await ApiHost.Start();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/bookings.json") { Content = new ByteArrayContent("{}"u8.ToArray()) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        if (coding is not null)
        {
            request.Content.Headers.ContentEncoding.Add(coding);
        }

        var reply = await host.Send(request);

        Assert.Equal(status, reply.Status);
        Assert.Equal("application/problem+json; charset=utf-8", reply.ContentType);
        Assert.Equal(status, reply.Json.GetProperty("status").GetInt32());
    }

    [Fact, Trait("Fault", "51")]
    public async Task A_body_above_one_megabyte_is_413()
    {
        await using var host = await ApiHost.Start();

        var most = await host.Post("/api/bookings.json", new string(' ', ApiRoutes.LargestBody));
        var more = await host.Post("/api/bookings.json", new string(' ', ApiRoutes.LargestBody + 1));

        Assert.Equal(400, most.Status);
        Assert.Equal(413, more.Status);
    }

    [Theory]
    [InlineData("GET", "/api/nothing", 404)]
    [InlineData("GET", "/api", 404)]
    [InlineData("GET", "/api/bookings/1/2", 404)]
    [InlineData("PATCH", "/api/bookings/1.json", 405)]
    [InlineData("DELETE", "/api/bookings.json", 405)]
    [InlineData("POST", "/api/free/8101.json", 405)]
    public async Task What_is_no_call_is_a_problem(string method, string address, int status)
    {
        await using var host = await ApiHost.Start();

        var reply = await host.Send(method, address, null);

        Assert.Equal(status, reply.Status);
        Assert.Equal("application/problem+json; charset=utf-8", reply.ContentType);
        Assert.False(string.IsNullOrEmpty(reply.Json.GetProperty("traceId").GetString()));
    }
}
