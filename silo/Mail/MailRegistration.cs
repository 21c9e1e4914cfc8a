using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Slotwright.Storage.WhiteLabel;
using Slotwright.WhiteLabel;

namespace Slotwright.Mail;

/// <summary>Registers the outbox and its sending in a process that carries a silo.</summary>
public static class MailRegistration
{
    /// <summary>
    /// Needs <c>IDatabase</c>, <c>IIds</c>, <c>ISecrets</c>, <c>IClock</c>, <c>TimeProvider</c>, <c>PlatformOptions</c> and
    /// <c>StorageOptions</c> from the host. A wrong setting stops the start with one sentence.
    /// </summary>
    public static IServiceCollection AddMail(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<MailOptions>().Bind(configuration.GetSection(MailOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<SmtpOptions>().Bind(configuration.GetSection(SmtpOptions.Section)).ValidateDataAnnotations()
            .Validate(
                smtp => smtp.Host.Length == 0 || smtp.Security != SmtpSecurity.None || IsLoopback(smtp.Host),
                "Smtp:Security is None, but Smtp:Host is not this machine: choose StartTls or SslOnConnect.")
            .Validate(smtp => smtp.User.Length > 0 || smtp.Password.Length == 0, "Smtp:Password is set without Smtp:User.")
            .Validate(smtp => Enum.IsDefined(smtp.Security), "Smtp:Security must be StartTls, SslOnConnect or None.")
            .ValidateOnStart();

        services.AddOptions<WhiteLabelOptions>().Bind(configuration.GetSection(WhiteLabelOptions.Section));
        services.AddOptions<DkimOptions>().Bind(configuration.GetSection(DkimOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<DkimOptions>, DkimOptionsCheck>();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IMailBrand, GrainMailBrand>();
        services.AddSingleton<DispatcherSignal>();
        services.AddSingleton<IDispatcherSignal>(provider => provider.GetRequiredService<DispatcherSignal>());
        services.AddSingleton(new RetrySchedule(new Random()));
        services.AddSingleton<Outbox>();
        services.AddSingleton<MailComposer>();
        services.AddSingleton<DkimSigning>();
        services.AddSingleton<MailMeters>();
        services.AddSingleton<MailFolder>();
        services.AddSingleton<SmtpTransport>();
        services.AddSingleton<IWrittenMails>(provider => provider.GetRequiredService<MailFolder>());
        services.AddSingleton<IMailTransport>(provider => provider.GetRequiredService<IOptions<SmtpOptions>>().Value.Host.Length == 0
            ? provider.GetRequiredService<MailFolder>()
            : provider.GetRequiredService<SmtpTransport>());
        services.TryAddSingleton<IAddressBook, MachineAddressBook>();
        services.TryAddSingleton<IWhiteLabelStore, WhiteLabelStore>();
        services.AddSingleton<OwnServers>();
        services.AddSingleton<IMailServerProbe>(provider => provider.GetRequiredService<OwnServers>());
        services.AddSingleton<Sendings>();
        services.AddSingleton<LaneSender>();
        services.AddSingleton<Dispatcher>();
        services.AddHostedService(provider => provider.GetRequiredService<Dispatcher>());
        return services;
    }

    private sealed class DkimOptionsCheck : IValidateOptions<DkimOptions>
    {
        public ValidateOptionsResult Validate(string? name, DkimOptions options) =>
            DkimSigning.Fault(options) is { } fault ? ValidateOptionsResult.Fail(fault) : ValidateOptionsResult.Success;
    }

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
