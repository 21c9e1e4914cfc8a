using System.Globalization;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using Slotwright.Platform;

namespace Slotwright.Mail;

/// <summary>Sends by the mail server of the configuration.</summary>
internal sealed class SmtpTransport(IOptions<SmtpOptions> options, IOptions<PlatformOptions> platform) : IMailTransport
{
    public async Task<IMailConnection> Connect(string lane, CancellationToken cancellation)
    {
        var smtp = options.Value;
        var client = new SmtpClient
        {
            // The machine's own name is nobody's business.
            LocalDomain = platform.Value.NoReplyAddress.Split('@')[^1],
            Timeout = smtp.TimeoutSeconds * 1000,
        };
        try
        {
            await client.ConnectAsync(smtp.Host, smtp.Port, Security(smtp.Security), cancellation);
            if (smtp.User.Length > 0)
            {
                await client.AuthenticateAsync(smtp.User, smtp.Password, cancellation);
            }

            return new Connection(client);
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    private static SecureSocketOptions Security(SmtpSecurity security) => security switch
    {
        SmtpSecurity.StartTls => SecureSocketOptions.StartTls,
        SmtpSecurity.SslOnConnect => SecureSocketOptions.SslOnConnect,
        SmtpSecurity.None => SecureSocketOptions.None,
        _ => throw new ArgumentOutOfRangeException(nameof(security), security, null),
    };

    private sealed class Connection(SmtpClient client) : IMailConnection
    {
        public async Task<MailRefusal?> Send(OutgoingMail mail, CancellationToken cancellation)
        {
            try
            {
                await client.SendAsync(mail.Message, mail.ReturnPath, [mail.Recipient], cancellation);
                return null;
            }
            catch (SmtpCommandException refused) when (client.IsConnected)
            {
                // A sender that is refused is refused for every mail: that is set right at the server, and the mails wait for it.
                var permanent = (int)refused.StatusCode >= 500 && refused.ErrorCode != SmtpErrorCode.SenderNotAccepted;
                return new MailRefusal(
                    permanent, string.Create(CultureInfo.InvariantCulture, $"{(int)refused.StatusCode} {refused.Message}"));
            }
            catch (NotSupportedException unsupported)
            {
                // An address outside ASCII, and a server without SMTPUTF8.
                return new MailRefusal(true, unsupported.Message);
            }
        }

        public async ValueTask DisposeAsync()
        {
            if (client.IsConnected)
            {
                using var patience = new CancellationTokenSource(1000);
                try
                {
                    await client.DisconnectAsync(true, patience.Token);
                }
#pragma warning disable CA1031 // The mails are sent; how the server takes leave is of no interest.
                catch (Exception)
#pragma warning restore CA1031
                {
                    // Closed below.
                }
            }

            client.Dispose();
        }
    }
}
