using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NodaTime;
using Slotwright.Composition;
using Slotwright.Storage.Billing;
using Stripe;

namespace Slotwright.Billing;

/// <summary>Charging of subscriptions in a process that carries a silo.</summary>
internal static class BillingSetup
{
    /// <summary>What the commands need too.</summary>
    public static IServiceCollection AddStatements(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<BillingOptions>(configuration, BillingOptions.Section).Validate(
            billing => DateTimeZoneProviders.Tzdb.GetZoneOrNull(billing.TimeZone) is not null, "Billing:TimeZone must be an IANA zone such as Europe/Paris.")
            .Validate(billing => !billing.Stripe.IsOn || billing.Stripe.WebhookSecret.Length > 0, "Billing:Stripe:SecretKey is set without Billing:Stripe:WebhookSecret.")
            .Validate(
                billing => billing.Stripe.ApiBase.Length == 0 || Uri.TryCreate(billing.Stripe.ApiBase, UriKind.Absolute, out _),
                "Billing:Stripe:ApiBase must be an absolute address.");
        services.AddSingleton<StatementUpkeep>();
        return services;
    }

    public static IServiceCollection AddBilling(this IServiceCollection services)
    {
        services.AddSingleton<CardStore>();
        services.AddSingleton(provider => Stripe(provider.GetRequiredService<IOptions<BillingOptions>>().Value.Stripe));
        services.AddSingleton<IPaymentProvider>(provider => provider.GetRequiredService<IOptions<BillingOptions>>().Value.Stripe.IsOn
            ? ActivatorUtilities.CreateInstance<StripePayments>(provider)
            : new ByInvoice());
        services.AddSingleton<Renewals>();
        services.AddHostedService(provider => provider.GetRequiredService<Renewals>());
        return services;
    }

    private static StripeClient Stripe(StripeOptions stripe) => new(
        stripe.SecretKey.Length == 0 ? "none" : stripe.SecretKey,
        httpClient: new SystemNetHttpClient(new HttpClient { Timeout = TimeSpan.FromSeconds(20) }, maxNetworkRetries: 0, appInfo: null, enableTelemetry: false),
        apiBase: stripe.ApiBase.Length == 0 ? null : stripe.ApiBase);
}
