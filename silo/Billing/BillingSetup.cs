using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Slotwright.Composition;

namespace Slotwright.Billing;

/// <summary>Charging of subscriptions in a process that carries a silo.</summary>
internal static class BillingSetup
{
    public static IServiceCollection AddBilling(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<BillingOptions>(configuration, BillingOptions.Section).Validate(
            billing => DateTimeZoneProviders.Tzdb.GetZoneOrNull(billing.TimeZone) is not null, "Billing:TimeZone must be an IANA zone such as Europe/Paris.");
        services.AddSingleton<IPaymentProvider, ByInvoice>();
        services.AddSingleton<Renewals>();
        services.AddHostedService(provider => provider.GetRequiredService<Renewals>());
        return services;
    }
}
