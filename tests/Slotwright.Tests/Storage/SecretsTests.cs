using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Slotwright.Platform;
using Slotwright.Secrets;

namespace Slotwright.Storage;

public sealed class SecretsTests
{
    private static readonly SealedSecrets Secrets = new("a secret of the tests"u8);

    [Fact]
    public void Prove_gives_the_known_answer_and_keeps_purpose_and_text_apart()
    {
        // HKDF-SHA256 without salt, info "slotwright prove 1"; HMAC-SHA256 over length of the purpose (4 bytes, big-endian), purpose, text.
        Assert.Equal("af71a0d097183ae806631f13afa441b3", Secrets.Prove("manage", "17"));
        Assert.NotEqual(Secrets.Prove("manage", "17"), Secrets.Prove("manage1", "7"));
        Assert.NotEqual(Secrets.Prove("manage", "17"), new SealedSecrets("another secret"u8).Prove("manage", "17"));
    }

    [Fact]
    public void A_sealed_text_of_an_earlier_version_is_still_read() =>
        Assert.Equal("sesame ✓", Secrets.Unseal("api-key", "AQABAgMEBQYHCAkKC_7ySxvTIH_45C_lzA5Uc06hYT5VZs6g77RZ"));

    [Fact]
    public void Seal_is_another_text_each_time_and_unseals_to_the_same()
    {
        var (one, two) = (Secrets.Seal("api-key", "sesame ✓"), Secrets.Seal("api-key", "sesame ✓"));

        Assert.NotEqual(one, two);
        Assert.Equal("sesame ✓", Secrets.Unseal("api-key", one));
        Assert.Equal("", Secrets.Unseal("api-key", Secrets.Seal("api-key", "")));
    }

    [Fact]
    public void A_text_that_was_touched_or_sealed_for_another_purpose_or_by_another_key_is_refused()
    {
        // 36 bytes, so that every bit of the text counts.
        var good = Secrets.Seal("api-key", "sesame!");
        for (var i = 0; i < good.Length; i++)
        {
            var touched = good[..i] + (good[i] == 'A' ? 'B' : 'A') + good[(i + 1)..];
            Assert.ThrowsAny<CryptographicException>(() => Secrets.Unseal("api-key", touched));
        }

        Assert.ThrowsAny<CryptographicException>(() => Secrets.Unseal("smtp", good));
        Assert.ThrowsAny<CryptographicException>(() => new SealedSecrets("another secret"u8).Unseal("api-key", good));
        Assert.ThrowsAny<CryptographicException>(() => Secrets.Unseal("api-key", "not ours!"));
        Assert.ThrowsAny<CryptographicException>(() => Secrets.Unseal("api-key", good[..20]));
    }

    [Fact]
    public void Embedded_without_a_passphrase_the_key_is_a_private_file_that_stays()
    {
        using var folder = new TemporaryFolder();

        var keys = new byte[8][];
        Parallel.For(0, 8, i => keys[i] = SecretFile.ReadOrMake(folder.Path));

        Assert.All(keys, key => Assert.Equal(keys[0], key));
        Assert.Equal(32, keys[0].Length);
        Assert.Equal([Path.Combine(folder.Path, "secrets.key")], Directory.GetFiles(folder.Path));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(folder.Path, "secrets.key")));
        }

        File.WriteAllText(Path.Combine(folder.Path, "secrets.key"), "short");
        Assert.Throws<StorageStartException>(() => SecretFile.ReadOrMake(folder.Path));
    }

    [Theory]
    [InlineData("Storage:Provider=PostgreSql;ConnectionStrings:Slotwright=Host=x", "Secrets:Passphrase, the same on every node")]
    [InlineData("Storage:Provider=PostgreSql;Secrets:Passphrase=a long passphrase", "ConnectionStrings:Slotwright")]
    [InlineData("Secrets:Passphrase=short", "16 characters")]
    public void A_wrong_setting_is_told_in_one_sentence(string settings, string part)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Split(';').Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => (string?)pair[1]))
            .Build();
        using var services = new ServiceCollection().AddLogging().AddStorage(configuration).BuildServiceProvider();

        var fault = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<ISecrets>());

        Assert.Contains(part, Assert.Single(fault.Failures), StringComparison.Ordinal);
    }
}
