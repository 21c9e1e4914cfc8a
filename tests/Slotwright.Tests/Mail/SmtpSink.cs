using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MimeKit;

namespace Slotwright.Mail;

/// <summary>What a sink was given.</summary>
internal sealed record SunkMail(string EnvelopeFrom, IReadOnlyList<string> EnvelopeTo, byte[] Bytes)
{
    public string Raw => Encoding.Latin1.GetString(Bytes);

    public MimeMessage Message => MimeMessage.Load(new MemoryStream(Bytes));
}

/// <summary>A mail server on loopback that does as it is told: takes mails, refuses, hangs, stalls after the data, hangs up.</summary>
internal sealed class SmtpSink : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource closing = new();
    private readonly ConcurrentBag<Task> sessions = [];
    private readonly Lock gate = new();
    private readonly List<SunkMail> mails = [];
    private readonly List<(int Count, TaskCompletionSource Reached)> waiting = [];
    private readonly Task accepting;

    public SmtpSink()
    {
        listener.Start();
        accepting = Accept();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Connections are closed without a word, as by a server that is down.</summary>
    public bool Down { get; set; }

    /// <summary>Nothing is ever answered, not even the greeting.</summary>
    public bool Tarpit { get; set; }

    /// <summary>The answer to a recipient; null: 250.</summary>
    public Func<string, string?> OnRecipient { get; set; } = _ => null;

    /// <summary>The answer to a mail's data; null: 250; empty: the connection is dropped; "hang": none.</summary>
    public Func<SunkMail, string?> OnData { get; set; } = _ => null;

    /// <summary>Connections so far.</summary>
    public int Connections { get; private set; }

    /// <summary>Mails whose data arrived, answered or not.</summary>
    public IReadOnlyList<SunkMail> Mails
    {
        get
        {
            lock (gate)
            {
                return [.. mails];
            }
        }
    }

    public Dictionary<string, string?> Settings => new()
    {
        ["Smtp:Host"] = "127.0.0.1",
        ["Smtp:Port"] = Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ["Smtp:Security"] = "None",
    };

    /// <summary>Completes when so many mails' data have arrived.</summary>
    public Task Received(int count)
    {
        lock (gate)
        {
            if (mails.Count >= count)
            {
                return Task.CompletedTask;
            }

            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            waiting.Add((count, reached));
            return reached.Task.WaitAsync(TimeSpan.FromSeconds(30));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        listener.Stop();
        await accepting;
        await Task.WhenAll(sessions);
        closing.Dispose();
    }

    private async Task Accept()
    {
        while (!closing.IsCancellationRequested)
        {
            try
            {
                var client = await listener.AcceptTcpClientAsync(closing.Token);
                Connections++;
                sessions.Add(Task.Run(() => Session(client)));
            }
            catch (Exception closed) when (closed is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task Session(TcpClient client)
    {
        using (client)
        {
            try
            {
                if (Down)
                {
                    return;
                }

                if (Tarpit)
                {
                    await Task.Delay(Timeout.Infinite, closing.Token);
                }

                await Talk(client.GetStream());
            }
            catch (Exception gone) when (gone is OperationCanceledException or IOException or SocketException)
            {
                // The other side hung up, or the sink closes.
            }
        }
    }

    private async Task Talk(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.Latin1);
        var from = "";
        var to = new List<string>();
        await Say("220 sink ESMTP");
        while (await reader.ReadLineAsync(closing.Token) is { } line)
        {
            switch (line.ToUpperInvariant())
            {
                case var ehlo when ehlo.StartsWith("EHLO", StringComparison.Ordinal):
                    await Say("250-sink\r\n250 8BITMIME");
                    break;
                case var mail when mail.StartsWith("MAIL FROM:", StringComparison.Ordinal):
                    (from, to) = (Address(line), []);
                    await Say("250 sender ok");
                    break;
                case var rcpt when rcpt.StartsWith("RCPT TO:", StringComparison.Ordinal):
                    var answer = OnRecipient(Address(line));
                    if (answer is null)
                    {
                        to.Add(Address(line));
                    }

                    await Say(answer ?? "250 recipient ok");
                    break;
                case "DATA":
                    await Say("354 go on");
                    var sunk = new SunkMail(from, to, await Data(reader));
                    var reply = OnData(sunk);
                    Add(sunk);
                    if (reply is "")
                    {
                        return;
                    }

                    if (reply is "hang")
                    {
                        await Task.Delay(Timeout.Infinite, closing.Token);
                    }

                    await Say(reply ?? "250 taken");
                    break;
                case "QUIT":
                    await Say("221 bye");
                    return;
                default:
                    await Say("250 ok");
                    break;
            }
        }

        async Task Say(string reply) => await stream.WriteAsync(Encoding.ASCII.GetBytes(reply + "\r\n"), closing.Token);
    }

    private async Task<byte[]> Data(StreamReader reader)
    {
        var data = new StringBuilder();
        while (await reader.ReadLineAsync(closing.Token) is { } line && line != ".")
        {
            data.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
        }

        return Encoding.Latin1.GetBytes(data.ToString());
    }

    private void Add(SunkMail mail)
    {
        lock (gate)
        {
            mails.Add(mail);
            foreach (var (_, reached) in waiting.Where(one => mails.Count >= one.Count))
            {
                reached.TrySetResult();
            }
        }
    }

    private static string Address(string line) => line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..line.IndexOf('>', StringComparison.Ordinal)];
}
