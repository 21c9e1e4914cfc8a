using System.ComponentModel.DataAnnotations;
using NodaTime;

namespace Slotwright.Billing;

/// <summary>Section <c>Billing</c>: how plans are charged.</summary>
public sealed class BillingOptions
{
    public const string Section = "Billing";

    /// <summary>ISO 4217; of all prices in <c>Plans</c>.</summary>
    [RegularExpression("^[A-Z]{3}$")]
    public string Currency { get; set; } = "EUR";

    /// <summary>IANA zone on whose clock periods, days and statement months are counted.</summary>
    [Required]
    public string TimeZone { get; set; } = "Etc/UTC";

    /// <summary>What resellers save on the list price, percent: on their clients' accounts and their own.</summary>
    [Range(0, 100)]
    public decimal ResellerDiscountPercent { get; set; } = 20;

    /// <summary>Percent on net prices; 0: no tax is charged.</summary>
    [Range(0, 100)]
    public decimal VatPercent { get; set; }

    /// <summary>Days between a failed payment and the return to the free plan.</summary>
    [Range(0, 365)]
    public int GraceDays { get; set; } = 14;

    /// <summary>Days after that of its issue in which a statement is to be paid; what is charged by invoice is past due after them.</summary>
    [Range(0, 365)]
    public int InvoiceDueDays { get; set; } = 30;

    public StripeOptions Stripe { get; set; } = new();

    public DateTimeZone Zone => DateTimeZoneProviders.Tzdb.GetZoneOrNull(TimeZone) ?? DateTimeZone.Utc;
}

/// <summary>Section <c>Billing:Stripe</c>: without a key everything is paid by invoice.</summary>
public sealed class StripeOptions
{
    public string SecretKey { get; set; } = "";

    /// <summary>Of the webhook endpoint <c>/webhooks/stripe</c>; signs every report.</summary>
    public string WebhookSecret { get; set; } = "";

    /// <summary>Absolute; empty: Stripe's own.</summary>
    public string ApiBase { get; set; } = "";

    /// <summary>Seconds by which a report's signature may differ from this clock.</summary>
    [Range(1, 3600)]
    public int ToleranceSeconds { get; set; } = 300;

    public bool IsOn => SecretKey.Length > 0;
}
