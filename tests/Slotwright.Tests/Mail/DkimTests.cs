using System.Security.Cryptography;
using MimeKit;
using MimeKit.Cryptography;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Security;
using Slotwright.Appointments;

namespace Slotwright.Mail;

public sealed class DkimTests
{
    [Fact]
    public async Task Every_mail_carries_a_signature_that_its_reader_can_check_and_that_a_changed_word_breaks()
    {
        using var key = RSA.Create(2048);
        await using var world = await MailWorld.Open();
        await world.Account(Samples.Barber());
        await world.Fact(ChangeKind.Booked, Samples.Haircut(name: "Zoë 🌻"));

        await world.Process(new Dictionary<string, string?> { ["Dkim:Key"] = key.ExportPkcs8PrivateKeyPem(), ["Dkim:Selector"] = "s1" }).Round();

        var verifier = new DkimVerifier(new Published(key));
        Assert.Equal(2, world.Written().Count);
        foreach (var mail in world.Written())
        {
            var signature = mail.Headers[HeaderId.DkimSignature]!;
            Assert.Contains("d=post.example", signature, StringComparison.Ordinal);
            Assert.Contains("s=s1", signature, StringComparison.Ordinal);
            Assert.True(verifier.Verify(mail, mail.Headers.First(header => header.Id == HeaderId.DkimSignature), TestContext.Current.CancellationToken));
            mail.Subject += ".";
            Assert.False(verifier.Verify(mail, mail.Headers.First(header => header.Id == HeaderId.DkimSignature), TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task Without_a_key_a_mail_goes_out_unsigned()
    {
        await using var world = await MailWorld.Open();
        await world.Account(Samples.Barber());
        await world.Fact(ChangeKind.Booked, Samples.Haircut());

        await world.Process().Round();

        Assert.All(world.Written(), mail => Assert.False(mail.Headers.Contains(HeaderId.DkimSignature)));
    }

    private sealed class Published(RSA key) : DkimPublicKeyLocatorBase
    {
        public override AsymmetricKeyParameter LocatePublicKey(string methods, string domain, string selector, CancellationToken cancellationToken = default)
        {
            Assert.Equal(("post.example", "s1"), (domain, selector));
            return DotNetUtilities.GetRsaPublicKey(key);
        }

        public override Task<AsymmetricKeyParameter> LocatePublicKeyAsync(string methods, string domain, string selector, CancellationToken cancellationToken = default) =>
            Task.FromResult(LocatePublicKey(methods, domain, selector, cancellationToken));
    }
}
