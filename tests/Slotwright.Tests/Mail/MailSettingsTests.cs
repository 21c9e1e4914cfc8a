using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Slotwright.Mail;

public sealed class MailSettingsTests
{
    [Theory]
    [InlineData("Smtp:Security", "None", "Smtp:Security is None, but Smtp:Host is not this machine")]
    [InlineData("Smtp:Security", "7", "Smtp:Security must be")]
    [InlineData("Smtp:Port", "0", "Port")]
    [InlineData("Smtp:TimeoutSeconds", "60", "TimeoutSeconds")]
    [InlineData("Smtp:Password", "secret", "Smtp:Password is set without Smtp:User")]
    public void Wrong_mail_server_setting_is_named_at_start(string setting, string value, string sentence)
    {
        var error = Assert.Throws<OptionsValidationException>(() => Smtp(new() { ["Smtp:Host"] = "mail.example", [setting] = value }));

        Assert.Contains(sentence, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.Message.Replace("Smtp:Password", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData("localhost")]
    public void Plain_text_is_allowed_to_this_machine(string host) =>
        Assert.Equal(SmtpSecurity.None, Smtp(new() { ["Smtp:Host"] = host, ["Smtp:Security"] = "None" }).Security);

    [Theory]
    [InlineData("Mail:ConnectionsPerLane", "0")]
    [InlineData("Mail:LeaseRows", "501")]
    [InlineData("Mail:ExpandFacts", "0")]
    public void Wrong_outbox_setting_is_named_at_start(string setting, string value)
    {
        var services = Services(new() { [setting] = value });

        var error = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IOptions<MailOptions>>().Value);
        Assert.Contains(setting.Split(':')[1], error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Dkim:Selector", "s1", "Dkim:Selector is set without Dkim:Key")]
    [InlineData("Dkim:Key", "/nowhere/secret.pem", "without a usable Dkim:Selector")]
    [InlineData("Dkim:Key", "/nowhere/secret.pem", "neither an RSA private key in PEM nor a file", "s1")]
    [InlineData("Dkim:Key", "-----BEGIN PRIVATE KEY-----\nsecret\n-----END PRIVATE KEY-----", "neither an RSA private key in PEM nor a file", "s1")]
    public void Wrong_signing_key_is_named_at_start_and_never_shown(string setting, string value, string sentence, string? selector = null)
    {
        var settings = new Dictionary<string, string?> { [setting] = value };
        if (selector is not null)
        {
            settings["Dkim:Selector"] = selector;
        }

        var error = Assert.Throws<OptionsValidationException>(() => Services(settings).GetRequiredService<IOptions<DkimOptions>>().Value);

        Assert.Contains(sentence, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }

    private static SmtpOptions Smtp(Dictionary<string, string?> settings) => Services(settings).GetRequiredService<IOptions<SmtpOptions>>().Value;

    private static ServiceProvider Services(Dictionary<string, string?> settings) => new ServiceCollection()
        .AddMail(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
        .BuildServiceProvider();
}
