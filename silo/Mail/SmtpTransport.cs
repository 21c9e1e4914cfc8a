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

            return new SmtpConnection(client);
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
}
