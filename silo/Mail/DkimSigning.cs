using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using MimeKit;
using MimeKit.Cryptography;
using Slotwright.Platform;
using Slotwright.WhiteLabel;

namespace Slotwright.Mail;

/// <summary>Signs mails as RFC 6376 says: with the platform's key where one is configured, and with that of the address that the mail comes from.</summary>
internal sealed class DkimSigning(IOptions<DkimOptions> options, IOptions<PlatformOptions> platform, ISecrets secrets)
{
    // All that a reader sees or a program acts on; what relays add or reorder is left out, and so are headers of the body, which its hash covers.
    private static readonly HeaderId[] Signed =
    [
        HeaderId.From, HeaderId.Sender, HeaderId.ReplyTo, HeaderId.To, HeaderId.Subject, HeaderId.Date, HeaderId.MessageId, HeaderId.MimeVersion,
        HeaderId.AutoSubmitted,
    ];

    private readonly DkimSigner? signer = Signer(options.Value, platform.Value);

    /// <summary>The last thing done to a mail: whatever changes afterwards breaks the signature.</summary>
    public void Sign(MimeMessage message, Sending sending)
    {
        // A mail that comes from the no-reply address, such as one to an owner, bears no client's key.
        var isFromSender = sending.From is { } from && message.From.Mailboxes.Any(mailbox => string.Equals(mailbox.Address, from, StringComparison.OrdinalIgnoreCase));
        foreach (var each in new[] { signer, isFromSender ? SignerOf(sending.Sender!) : null })
        {
            if (each is not null)
            {
                message.Prepare(EncodingConstraint.SevenBit);
                each.Sign(message, [.. Signed.Where(message.Headers.Contains)]);
            }
        }
    }

    private DkimSigner SignerOf(SenderRow sender) => Signer(secrets.Unseal(SenderRules.KeyPurpose, sender.KeySealed), sender.Domain, sender.Selector);

    /// <summary>Null: the key can be used. Else what is wrong with it, in one sentence that does not repeat it.</summary>
    public static string? Fault(DkimOptions dkim)
    {
        if (dkim.Key.Length == 0)
        {
            return dkim.Selector.Length > 0 ? "Dkim:Selector is set without Dkim:Key." : null;
        }

        if (dkim.Selector.Length == 0 || Uri.CheckHostName(dkim.Selector) != UriHostNameType.Dns)
        {
            return "Dkim:Key is set without a usable Dkim:Selector, such as s1.";
        }

        if (dkim.Domain.Length > 0 && (Uri.CheckHostName(dkim.Domain) != UriHostNameType.Dns || !dkim.Domain.Contains('.', StringComparison.Ordinal)))
        {
            return "Dkim:Domain is not a domain such as example.com.";
        }

        try
        {
            using var key = RSA.Create();
            key.ImportFromPem(Pem(dkim));
            _ = key.ExportParameters(includePrivateParameters: true);
            return key.KeySize < 2048 ? "Dkim:Key is shorter than 2048 bits." : null;
        }
        catch (Exception fault) when (fault is ArgumentException or CryptographicException or IOException or UnauthorizedAccessException)
        {
            return "Dkim:Key is neither an RSA private key in PEM nor a file that holds one.";
        }
    }

    private static DkimSigner? Signer(DkimOptions dkim, PlatformOptions platform)
    {
        if (dkim.Key.Length == 0)
        {
            return null;
        }

        return Signer(Pem(dkim), dkim.Domain.Length > 0 ? dkim.Domain : platform.NoReplyAddress.Split('@')[^1], dkim.Selector);
    }

    private static DkimSigner Signer(string key, string domain, string selector)
    {
        using var pem = new MemoryStream(Encoding.ASCII.GetBytes(key));
        return new DkimSigner(pem, domain, selector, DkimSignatureAlgorithm.RsaSha256)
        {
            HeaderCanonicalizationAlgorithm = DkimCanonicalizationAlgorithm.Relaxed,
            BodyCanonicalizationAlgorithm = DkimCanonicalizationAlgorithm.Relaxed,
        };
    }

    private static string Pem(DkimOptions dkim) => dkim.Key.Contains("-----BEGIN", StringComparison.Ordinal) ? dkim.Key : File.ReadAllText(dkim.Key);
}
