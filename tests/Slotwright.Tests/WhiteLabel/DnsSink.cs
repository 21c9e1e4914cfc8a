using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Slotwright.WhiteLabel;

/// <summary>A name server on loopback with a few records in memory; UDP only. What it has no record of does not exist.</summary>
internal sealed class DnsSink : IAsyncDisposable
{
    private readonly UdpClient socket = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly CancellationTokenSource closing = new();
    private readonly ConcurrentDictionary<(string Name, ushort Type), byte[][]> records = new();
    private readonly Task answering;

    public DnsSink() => answering = Answer();

    /// <summary>Names whose servers fail.</summary>
    public ConcurrentDictionary<string, bool> Broken { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Questions so far.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    public string Setting => string.Create(CultureInfo.InvariantCulture, $"--WhiteLabel:NameServers:0=127.0.0.1:{((IPEndPoint)socket.Client.LocalEndPoint!).Port}");

    public string Address => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{((IPEndPoint)socket.Client.LocalEndPoint!).Port}");

    public void Text(string name, params string[] texts) => Put(name, 16, [.. texts.Select(Strings)]);

    public void Alias(string name, string target) => Put(name, 5, [Name(target)]);

    public void Host(string name, string address) => Put(name, 1, [IPAddress.Parse(address).GetAddressBytes()]);

    public void Forget(string name)
    {
        foreach (var key in records.Keys.Where(key => key.Name == name))
        {
            records.TryRemove(key, out _);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        await answering;
        socket.Dispose();
        closing.Dispose();
    }

    private void Put(string name, ushort type, byte[][] data) => records[(name.ToLowerInvariant(), type)] = data;

    private async Task Answer()
    {
        while (!closing.IsCancellationRequested)
        {
            try
            {
                var query = await socket.ReceiveAsync(closing.Token);
                await socket.SendAsync(Reply(query.Buffer), query.RemoteEndPoint, closing.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private byte[] Reply(byte[] query)
    {
        // The question: labels, type, class.
        var (at, labels) = (12, new List<string>());
        while (query[at] != 0)
        {
            labels.Add(Encoding.ASCII.GetString(query, at + 1, query[at]));
            at += query[at] + 1;
        }

        var name = string.Join('.', labels).ToLowerInvariant();
        var type = BinaryPrimitives.ReadUInt16BigEndian(query.AsSpan(at + 1));
        var question = query[12..(at + 5)];
        Asked.Enqueue(name);
        var found = records.GetValueOrDefault((name, type)) ?? [];
        var exists = records.Keys.Any(key => key.Name == name);
        var code = Broken.ContainsKey(name) ? 2 : exists ? 0 : 3;
        using var reply = new MemoryStream();
        reply.Write(query.AsSpan(0, 2));
        Write(reply, (ushort)(0x8180 | code), 1, (ushort)(code == 0 ? found.Length : 0), 0, 0);
        reply.Write(question);
        foreach (var data in code == 0 ? found : [])
        {
            Write(reply, 0xC00C, type, 1, 0, 60, (ushort)data.Length);
            reply.Write(data);
        }

        return reply.ToArray();
    }

    private static void Write(MemoryStream reply, params ReadOnlySpan<ushort> numbers)
    {
        Span<byte> bytes = stackalloc byte[2];
        foreach (var number in numbers)
        {
            BinaryPrimitives.WriteUInt16BigEndian(bytes, number);
            reply.Write(bytes);
        }
    }

    // A text is written in strings of at most 255 bytes.
    private static byte[] Strings(string text) =>
        [.. Encoding.ASCII.GetBytes(text).Chunk(255).SelectMany(chunk => chunk.Prepend((byte)chunk.Length))];

    private static byte[] Name(string name) =>
        [.. name.Split('.').SelectMany(label => Encoding.ASCII.GetBytes(label).Prepend((byte)label.Length)), 0];
}
