using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using MimeKit;
using MimeKit.Cryptography;
using Slotwright.Platform;

namespace Slotwright.Mail;

/// <summary>Signs mails as RFC 6376 says, when a key is configured.</summary>
internal sealed class DkimSigning(IOptions<DkimOptions> options, IOptions<PlatformOptions> platform)
{
    // All that a reader sees or a program acts on; what relays add or reorder is left out, and so are headers of the body, which its hash covers.
    private static readonly HeaderId[] Signed =
    [
        HeaderId.From, HeaderId.Sender, HeaderId.ReplyTo, HeaderId.To, HeaderId.Subject, HeaderId.Date, HeaderId.MessageId, HeaderId.MimeVersion,
        HeaderId.AutoSubmitted,
    ];

    private readonly DkimSigner? signer = Signer(options.Value, platform.Value);

    /// <summary>The last thing done to a mail: whatever changes afterwards breaks the signature.</summary>
    public void Sign(MimeMessage message)
    {
        if (signer is not null)
        {
            message.Prepare(EncodingConstraint.SevenBit);
            signer.Sign(message, [.. Signed.Where(message.Headers.Contains)]);
        }
    }

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

        using var pem = new MemoryStream(Encoding.ASCII.GetBytes(Pem(dkim)));
        return new DkimSigner(pem, dkim.Domain.Length > 0 ? dkim.Domain : platform.NoReplyAddress.Split('@')[^1], dkim.Selector, DkimSignatureAlgorithm.RsaSha256)
        {
            HeaderCanonicalizationAlgorithm = DkimCanonicalizationAlgorithm.Relaxed,
            BodyCanonicalizationAlgorithm = DkimCanonicalizationAlgorithm.Relaxed,
        };
    }

    private static string Pem(DkimOptions dkim) => dkim.Key.Contains("-----BEGIN", StringComparison.Ordinal) ? dkim.Key : File.ReadAllText(dkim.Key);
}
