using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Slotwright.Live;

/// <summary>An open booking page as far as the live connection goes: the hub's JSON protocol on a bare WebSocket.</summary>
internal sealed class LiveClient : IDisposable
{
    private const byte End = 0x1e;

    private readonly ClientWebSocket socket = new();
    private readonly List<byte> read = [];
    private readonly byte[] buffer = new byte[16 * 1024];

    public WebSocketState State => socket.State;

    public static async Task<LiveClient> Open(
        Uri site, string? origin = null, string path = "/live", string? cookie = null, CancellationToken cancellation = default)
    {
        var client = new LiveClient();
        if (origin is not null)
        {
            client.socket.Options.SetRequestHeader("Origin", origin);
        }

        if (cookie is not null)
        {
            client.socket.Options.SetRequestHeader("Cookie", cookie);
        }

        client.socket.Options.CollectHttpResponseDetails = true;
        try
        {
            await client.socket.ConnectAsync(new UriBuilder(site) { Scheme = "ws", Path = path }.Uri, cancellation);
        }
        catch (WebSocketException)
        {
            var status = (int)client.socket.HttpStatusCode;
            client.Dispose();
            throw new HttpRequestException($"refused with {status}", null, (System.Net.HttpStatusCode)status);
        }

        await client.Send("""{"protocol":"json","version":1}""", cancellation);
        await client.Next(cancellation);
        return client;
    }

    /// <summary>Asks for the changes of some days.</summary>
    public Task Watch(string account, string schedule, string from, string to, CancellationToken cancellation = default) => Send(
        new JsonObject
        {
            ["type"] = 4,
            ["invocationId"] = "1",
            ["target"] = "Watch",
            ["arguments"] = new JsonArray(new JsonObject { ["account"] = account, ["schedule"] = schedule, ["from"] = from, ["to"] = to }),
        }.ToJsonString(),
        cancellation);

    /// <summary>Asks for the changes of one schedule, as staff do.</summary>
    public Task WatchAsStaff(string account, int schedule, CancellationToken cancellation = default) => Send(
        new JsonObject { ["type"] = 4, ["invocationId"] = "1", ["target"] = "Watch", ["arguments"] = new JsonArray(account, schedule) }.ToJsonString(),
        cancellation);

    /// <summary>Asks for the changes of a reseller's dashboard.</summary>
    public Task WatchDashboard(string account, IEnumerable<int> shown, CancellationToken cancellation = default) => Send(
        new JsonObject
        {
            ["type"] = 4,
            ["invocationId"] = "1",
            ["target"] = "Watch",
            ["arguments"] = new JsonArray(account, new JsonArray([.. shown.Select(id => (JsonNode)id)])),
        }.ToJsonString(),
        cancellation);

    /// <summary>Ends what was asked for.</summary>
    public Task Leave(CancellationToken cancellation = default) => Send("""{"type":5,"invocationId":"1"}""", cancellation);

    /// <summary>The next change; null: the stream or the connection has ended, or was refused.</summary>
    public async Task<JsonElement?> NextChange(CancellationToken cancellation = default)
    {
        while (await Next(cancellation) is { } message)
        {
            var type = message.TryGetProperty("type", out var kind) ? kind.GetInt32() : 0;
            if (type == 2)
            {
                return message.GetProperty("item");
            }

            if (type is 3 or 7)
            {
                return null;
            }
        }

        return null;
    }

    public void Dispose() => socket.Dispose();

    private Task Send(string message, CancellationToken cancellation) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(message + (char)End), WebSocketMessageType.Text, true, cancellation);

    private async Task<JsonElement?> Next(CancellationToken cancellation)
    {
        while (true)
        {
            var end = read.IndexOf(End);
            if (end >= 0)
            {
                var message = JsonDocument.Parse(read.GetRange(0, end).ToArray()).RootElement;
                read.RemoveRange(0, end + 1);
                return message;
            }

            var got = await socket.ReceiveAsync(buffer.AsMemory(), cancellation);
            if (got.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            read.AddRange(buffer.AsSpan(0, got.Count));
        }
    }
}
