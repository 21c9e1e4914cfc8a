using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Slotwright.WhiteLabel;

internal static class WhiteLabelRegistration
{
    /// <summary>Name servers and the watch over what they say. Needs storage and mail of the process; the mail binds the settings.</summary>
    public static IServiceCollection AddWhiteLabel(this IServiceCollection services, IHostEnvironment environment)
    {
        services.AddOptions<WhiteLabelOptions>()
            .Validate(options => !(environment.IsProduction() && options.AllowPrivateMailServers), "WhiteLabel:AllowPrivateMailServers is refused in Production: whoever may set a mail server could reach this network.")
            .Validate(options => Host(options.PointsTo) && Host(options.SpfDomain), "WhiteLabel:PointsTo and WhiteLabel:SpfDomain are host names such as book.example.")
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<WhiteLabelOptions>, NameServersCheck>();
        services.TryAddSingleton<INameServers, NameServers>();
        services.AddSingleton<RecordWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<RecordWatch>());
        return services;
    }

    private static bool Host(string text) => text.Length == 0 || Uri.CheckHostName(text) == UriHostNameType.Dns;

    private sealed class NameServersCheck : IValidateOptions<WhiteLabelOptions>
    {
        public ValidateOptionsResult Validate(string? name, WhiteLabelOptions options) =>
            NameServers.Fault(options) is { } fault ? ValidateOptionsResult.Fail(fault) : ValidateOptionsResult.Success;
    }
}
