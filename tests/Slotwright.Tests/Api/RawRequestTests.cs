using System.Net.Sockets;
using System.Text;

namespace Slotwright.Api;

/// <summary>What only bytes on a socket can do to the real web server.</summary>
public sealed class RawRequestTests
{
    private static string Credentials { get; } = Convert.ToBase64String(Encoding.UTF8.GetBytes($"Harbour_Yoga:{ApiWorld.HarbourKey}"));

    [Fact]
    public async Task A_call_is_answered_with_a_length_and_without_chunks_or_a_server_name()
    {
        await using var host = await ApiHost.Start(onKestrel: true);

        var answer = await Exchange(host, Request("GET /api/schedules.json", ""));

        Assert.StartsWith("HTTP/1.1 200 OK\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("Content-Length: 29\r\n", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("chunked", answer, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("\r\nServer:", answer, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_delete_without_length_and_a_get_with_a_json_type_are_fine()
    {
        await using var host = await ApiHost.Start(onKestrel: true);

        var get = await Exchange(host, Request("GET /api/schedules.json?", "Content-Type: application/json\r\n"));
        var delete = await Exchange(host, Request("DELETE /api/bookings/1.json?schedule_id=8101", "Content-Type: application/json\r\n"));

        Assert.StartsWith("HTTP/1.1 200", get, StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 404", delete, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_old_client_s_http_1_0_is_answered()
    {
        await using var host = await ApiHost.Start(onKestrel: true);

        var answer = await Exchange(host, $"GET /api/schedules.json HTTP/1.0\r\nAuthorization: Basic {Credentials}\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 200", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_creation_s_address_is_on_the_host_that_was_asked()
    {
        await using var host = await ApiHost.Start(onKestrel: true);
        const string Body = """{"schedule_id":8101,"booking":{"start":"2026-03-09 14:30"}}""";

        var answer = await Exchange(host, Request("POST /api/bookings.json", $"Content-Length: {Body.Length}\r\n") + Body);

        Assert.StartsWith("HTTP/1.1 201", answer, StringComparison.Ordinal);
        Assert.Contains("Location: http://book.harbour-yoga.example/api/bookings/550001.json\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("Content-Length: 0\r\n", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_chunked_body_is_read_whole()
    {
        await using var host = await ApiHost.Start(onKestrel: true);
        const string Half = """{"schedule_id":8101,"booking":{"sta""";
        const string Rest = """rt":"2026-03-09 14:30"}}""";

        var answer = await Exchange(host, Request("POST /api/bookings.json", "Transfer-Encoding: chunked\r\n") + $"{Half.Length:x}\r\n{Half}\r\n{Rest.Length:x}\r\n{Rest}\r\n0\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 201", answer, StringComparison.Ordinal);
    }

    [Theory, Trait("Fault", "51")]
    [InlineData("many headers", "431")]
    [InlineData("a long header", "431")]
    [InlineData("a long line", "414")]
    [InlineData("a large length", "413")]
    [InlineData("large chunks", "413")]
    [InlineData("deep json", "400")]
    [InlineData("no host", "400")]
    [InlineData("bytes above ascii in the path", "400")]
    [InlineData("two lengths", "400")]
    public async Task Oversized_and_malformed_requests_are_refused(string kind, string status)
    {
        await using var host = await ApiHost.Start(onKestrel: true);
        var request = kind switch
        {
            "many headers" => Request("GET /api/schedules.json", string.Concat(Enumerable.Range(0, 10_000).Select(i => $"X-{i}: 1\r\n"))),
            "a long header" => Request("GET /api/schedules.json", $"X: {new string('x', 64_000)}\r\n"),
            "a long line" => Request("GET /api/schedules.json?" + new string('x', 20_000), ""),
            "a large length" => Request("POST /api/bookings.json", "Content-Length: 1000000000\r\n"),
            "large chunks" => Request("POST /api/bookings.json", "Transfer-Encoding: chunked\r\n") + $"200000\r\n{new string(' ', 0x200000)}\r\n0\r\n\r\n",
            "deep json" => Body("{\"a\":" + new string('[', 10_000) + new string(']', 10_000) + "}"),
            "no host" => "GET /api/schedules.json HTTP/1.1\r\n\r\n",
            "bytes above ascii in the path" => Request("GET /api/b\u00e9", ""),
            _ => Request("POST /api/bookings.json", "Content-Length: 2\r\nContent-Length: 3\r\n") + "{}",
        };

        var answer = await Exchange(host, request);

        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 200", await Exchange(host, Request("GET /api/schedules.json", "")), StringComparison.Ordinal);
    }

    [Fact, Trait("Fault", "51")]
    public async Task Headers_that_never_end_are_cut_off()
    {
        await using var host = await ApiHost.Start(new() { ["Kestrel:Limits:RequestHeadersTimeout"] = "00:00:01" }, onKestrel: true);

        // The server ends it by itself: the end of the stream is awaited, not a time.
        var answer = await Exchange(host, "GET /api/schedules.json HTTP/1.1\r\nHost: x\r\nX-Slow: ");

        Assert.True(answer.Length == 0 || answer.StartsWith("HTTP/1.1 408", StringComparison.Ordinal), answer);
    }

    [Fact, Trait("Fault", "51")]
    public async Task A_body_that_never_ends_is_cut_off_and_nothing_is_booked()
    {
        await using var host = await ApiHost.Start(onKestrel: true);

        var answer = await Exchange(host, Request("POST /api/bookings.json", "Content-Length: 500\r\n") + "{\"schedule_id\":8101,");

        Assert.True(answer.Length == 0 || answer.StartsWith("HTTP/1.1 408", StringComparison.Ordinal), answer);
        Assert.Empty(host.World.CourtSchedule.Commands);
    }

    private static string Request(string line, string headers) =>
        $"{line} HTTP/1.1\r\nHost: book.harbour-yoga.example\r\nAuthorization: Basic {Credentials}\r\nConnection: close\r\n{headers}\r\n";

    private static string Body(string body) => Request("POST /api/bookings.json", $"Content-Length: {body.Length}\r\nContent-Type: application/json\r\n") + body;

    private static async Task<string> Exchange(ApiHost host, string request)
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", new Uri(host.Address).Port, cancellation);
        await using var stream = client.GetStream();
        var sending = Send(stream, Encoding.Latin1.GetBytes(request), cancellation);
        using var received = new MemoryStream();
        try
        {
            await stream.CopyToAsync(received, cancellation);
        }
        catch (IOException)
        {
            // A server that refuses in mid-request may reset the connection after its answer.
        }

        await sending;
        return Encoding.Latin1.GetString(received.ToArray());
    }

    private static async Task Send(NetworkStream stream, byte[] bytes, CancellationToken cancellation)
    {
        try
        {
            await stream.WriteAsync(bytes, cancellation);
        }
        catch (IOException)
        {
            // The server has answered and closed before it read all.
        }
    }
}
