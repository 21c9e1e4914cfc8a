using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Slotwright.Load;

/// <summary>
/// One kept-alive HTTP/1.1 connection that sends prepared bytes and reads status and length of the answer: an order of magnitude
/// less work than a full client, so that the caller is not what is measured.
/// </summary>
internal sealed class Connection : IDisposable
{
    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] buffer = new byte[64 * 1024];

    public static async Task<Connection[]> Open(Uri address, int count)
    {
        var connections = new Connection[count];
        for (var each = 0; each < count; each++)
        {
            connections[each] = new Connection();
            await connections[each].socket.ConnectAsync(IPAddress.Loopback, address.Port);
        }

        return connections;
    }

    /// <summary>A whole request in the bytes that go over the wire.</summary>
    public static byte[] Request(string method, string path, string? authorization = null, string? body = null)
    {
        var text = new StringBuilder($"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n");
        if (authorization is not null)
        {
            text.Append("Authorization: Basic ").Append(Convert.ToBase64String(Encoding.UTF8.GetBytes(authorization))).Append("\r\n");
        }

        if (body is not null)
        {
            text.Append("Content-Type: application/json\r\nContent-Length: ").Append(Encoding.UTF8.GetByteCount(body)).Append("\r\n");
        }

        return Encoding.UTF8.GetBytes(text.Append("\r\n").Append(body).ToString());
    }

    /// <summary>Sends and reads one answer; its status. The answer must carry its length or come in chunks.</summary>
    public async Task<int> Ask(ReadOnlyMemory<byte> request)
    {
        await socket.SendAsync(request);
        var read = 0;
        while (true)
        {
            var got = await socket.ReceiveAsync(buffer.AsMemory(read));
            if (got == 0)
            {
                throw new IOException("The server closed the connection.");
            }

            read += got;
            if (Answer(buffer.AsSpan(0, read), out var status, out var whole) && read >= whole)
            {
                return status;
            }
        }
    }

    public void Dispose() => socket.Dispose();

    private static bool Answer(ReadOnlySpan<byte> bytes, out int status, out int whole)
    {
        status = whole = 0;
        var end = bytes.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return false;
        }

        var head = bytes[..end];
        if (!Utf8Parser.TryParse(head[9..], out status, out _))
        {
            throw new IOException("Not an answer of HTTP/1.1: " + Encoding.ASCII.GetString(head));
        }

        // Pages come in chunks of a length that is not known before, and end with an empty one.
        if (head.IndexOf("Transfer-Encoding: chunked"u8) >= 0)
        {
            whole = bytes.EndsWith("\r\n0\r\n\r\n"u8) ? bytes.Length : int.MaxValue;
            return true;
        }

        var at = head.IndexOf("Content-Length: "u8);
        if (at < 0 || !Utf8Parser.TryParse(head[(at + 16)..], out int length, out _))
        {
            throw new IOException("An answer came without its length: " + Encoding.ASCII.GetString(head));
        }

        whole = end + 4 + length;
        return true;
    }
}
