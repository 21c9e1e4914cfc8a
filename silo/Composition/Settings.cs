using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Slotwright.Accounts;
using Slotwright.Platform;

namespace Slotwright.Composition;

/// <summary>Binds settings and checks them at start, so that a wrong one stops it with a sentence.</summary>
public static class Settings
{
    public static OptionsBuilder<T> AddSettings<T>(this IServiceCollection services, IConfiguration configuration, string section)
        where T : class =>
        services.AddOptions<T>().Bind(configuration.GetSection(section)).ValidateDataAnnotations().ValidateOnStart();

    /// <summary>Reads settings that are needed while the program is put together; throws <see cref="SettingsException"/> when one is wrong.</summary>
    public static T Read<T>(IConfiguration configuration, string section)
        where T : class, new()
    {
        var settings = configuration.GetSection(section).Get<T>() ?? new T();
        var faults = new List<ValidationResult>();
        return Validator.TryValidateObject(settings, new ValidationContext(settings), faults, validateAllProperties: true)
            ? settings
            : throw new SettingsException($"{section}: {string.Join(' ', faults.Select(fault => fault.ErrorMessage))}");
    }

    /// <summary>Platform and plans: what silo and web both read.</summary>
    public static void AddPlatform(this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment)
    {
        services.AddSettings<PlatformOptions>(configuration, PlatformOptions.Section)
            .Validate(
                platform => Uri.TryCreate(platform.BaseUrl, UriKind.Absolute, out var url)
                    && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps) && url.AbsolutePath == "/" && url.Query.Length == 0,
                "Platform:BaseUrl must be an absolute http or https address without a path, such as https://book.example.")
            .Validate(
                platform => !environment.IsProduction() || platform.BaseUrl.StartsWith("https://", StringComparison.OrdinalIgnoreCase),
                "Platform:BaseUrl must be https in Production: sign-in cookies are only sent over TLS.")
            .Validate(
                platform => platform.TrustedNetworks() is not null,
                "Platform:TrustedProxies takes addresses and networks such as 10.0.0.7 or 10.0.0.0/24.");
        services.AddSettings<ClusterSettings>(configuration, ClusterSettings.Section);
        services.AddOptions<PlansOptions>().Configure(plans => Bind(plans, configuration.GetSection(PlansOptions.Section)))
            .Validate(
                plans => plans.ByCode.TryGetValue(PlansOptions.Free, out var free) && free is { MonthlyPrice: 0, Upcoming: not null },
                "Plans must contain the code 'free' with a number of upcoming appointments and no price.")
            .Validate(
                plans => plans.ByCode.Values.All(plan => Validator.TryValidateObject(plan, new ValidationContext(plan), null, validateAllProperties: true)),
                "Plans: each takes Name (1-40 characters), Upcoming (1 or more, or none for no limit) and MonthlyPrice (0 or more).")
            .ValidateOnStart();
    }

    private static void Bind(PlansOptions plans, IConfigurationSection section)
    {
        var configured = section.Get<Dictionary<string, PlanOptions>>() ?? [];
        foreach (var (code, plan) in configured.Count > 0 ? configured : PlansOptions.Defaults.ToDictionary())
        {
            plans.ByCode[code] = plan;
        }
    }
}
