using System.Globalization;
using MailKit.Net.Smtp;

namespace Slotwright.Mail;

/// <summary>A connection that has signed in.</summary>
internal sealed class SmtpConnection(SmtpClient client) : IMailConnection
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
