using System.Net;
using System.Net.Sockets;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;
using Slotwright.Appointments;
using Slotwright.Platform;
using Slotwright.WhiteLabel;

namespace Slotwright.Mail;

/// <summary>The name leads nowhere, or not only to addresses of the public net.</summary>
internal sealed class NotPublicException() : Exception("The mail server's name does not lead to the public net");

/// <summary>
/// Sends by the servers that accounts and resellers have of their own. Their names are resolved once, every address must be the public
/// net's, and the connection goes to one that was looked at: a name that answers otherwise the next time leads nowhere else.
/// </summary>
internal sealed class OwnServers(
    IWhiteLabelStore store, IAddressBook addresses, ISecrets secrets, IOptions<WhiteLabelOptions> options, IOptions<SmtpOptions> smtp, IOptions<PlatformOptions> platform, TimeProvider time)
    : IMailServerProbe
{
    /// <summary>Somebody waits for the answer, and a grain is given no longer than half a minute to give one.</summary>
    private static readonly TimeSpan LongestTry = TimeSpan.FromSeconds(15);

    public bool AllowsPrivate => options.Value.AllowPrivateMailServers;

    /// <summary>Throws as <see cref="IMailTransport.Connect"/> does, also when the lane's server has been replaced meanwhile.</summary>
    public async Task<IMailConnection> Connect(string lane, CancellationToken cancellation)
    {
        var server = OwnLane.Parse(lane) is var (account, scope) ? await store.MailServer(account, scope) : null;
        return server is null || OwnLane.Of(server) != lane
            ? throw new InvalidOperationException("The mail server is another by now")
            : await Open(server, cancellation);
    }

    public async Task<bool> IsPublic(string host) => await Checked(host, CancellationToken.None) is not null;

    public async Task<MailTry> Try(MailServerRow server, string recipient, string subject, string text)
    {
        var patience = TimeSpan.FromSeconds(smtp.Value.TimeoutSeconds);
        using var timeout = new CancellationTokenSource(patience < LongestTry ? patience : LongestTry, time);
        try
        {
            await using var connection = await Open(server, timeout.Token);
            var (message, returnPath) = (new MimeMessage { Subject = subject, Body = new TextPart("plain") { Text = text } }, MailAddresses.NoReply(platform.Value));
            var to = MailAddresses.Parse(recipient, "") ?? throw new ArgumentException("Not an address", nameof(recipient));
            message.From.Add(returnPath);
            message.To.Add(to);
            message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
            message.Prepare(EncodingConstraint.SevenBit);
            var refusal = await connection.Send(new OutgoingMail(message, returnPath, to, Nobodys), timeout.Token);
            return refusal is null
                ? new MailTry(MailTryResult.Sent, 250)
                : new MailTry(MailTryResult.MailRefused, int.TryParse(refusal.Text.AsSpan(0, Math.Min(3, refusal.Text.Length)), out var code) ? code : 0);
        }
        catch (NotPublicException)
        {
            return new MailTry(MailTryResult.NotPublic, 0);
        }
        catch (AuthenticationException)
        {
            return new MailTry(MailTryResult.SignInRefused, 0);
        }
        catch (Exception fault) when (fault is SslHandshakeException or NotSupportedException)
        {
            return new MailTry(MailTryResult.NotProtected, 0);
        }
#pragma warning disable CA1031 // Whatever else it is, the server could not be used; its words could be those of something that is no mail server.
        catch (Exception)
#pragma warning restore CA1031
        {
            return new MailTry(MailTryResult.Unreachable, 0);
        }
    }

    // A trial has no row.
    private static Delivery Nobodys { get; } = new()
    {
        Id = 0,
        ChangeId = 0,
        AccountId = 0,
        AppointmentId = 0,
        Version = 0,
        Kind = ChangeKind.Booked,
        Role = DeliveryRole.Person,
        Recipient = "",
        Lane = "",
        FactAt = default,
        MadeAt = default,
        Attempts = 0,
        LeaseUntil = default,
        LeaseOwner = "",
        MessageId = "",
    };

    private async Task<SmtpConnection> Open(MailServerRow server, CancellationToken cancellation)
    {
        var found = await Checked(server.Host, cancellation) ?? throw new NotPublicException();
        if (server.Security == MailServerSecurity.None && !(AllowsPrivate && found.All(IPAddress.IsLoopback)))
        {
            throw new NotSupportedException("Plain text is for this machine alone");
        }

        var client = new SmtpClient { LocalDomain = platform.Value.NoReplyAddress.Split('@')[^1], Timeout = smtp.Value.TimeoutSeconds * 1000 };
        Socket? socket = null;
        try
        {
            socket = await Dial(found, server.Port, cancellation);
            await client.ConnectAsync(socket, server.Host, server.Port, Security(server.Security), cancellation);
            if (server.User.Length > 0)
            {
                await client.AuthenticateAsync(server.User, secrets.Unseal(SenderRules.PasswordPurpose, server.PasswordSealed), cancellation);
            }

            return new SmtpConnection(client);
        }
        catch
        {
            client.Dispose();
            socket?.Dispose();
            throw;
        }
    }

    private static async Task<Socket> Dial(IReadOnlyList<IPAddress> found, int port, CancellationToken cancellation)
    {
        SocketException? last = null;
        foreach (var address in found)
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(new IPEndPoint(address, port), cancellation);
                return socket;
            }
            catch (SocketException unreachable)
            {
                last = unreachable;
                socket.Dispose();
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }

        throw last!;
    }

    /// <summary>Null: none, or not only public ones.</summary>
    private async Task<IReadOnlyList<IPAddress>?> Checked(string host, CancellationToken cancellation)
    {
        var found = await addresses.Of(host, cancellation);
        return found.Count > 0 && (AllowsPrivate || found.All(PublicAddresses.Contains)) ? found : null;
    }

    private static SecureSocketOptions Security(MailServerSecurity security) => security switch
    {
        MailServerSecurity.SslOnConnect => SecureSocketOptions.SslOnConnect,
        MailServerSecurity.None => SecureSocketOptions.None,
        _ => SecureSocketOptions.StartTls,
    };
}
