namespace Slotwright.Billing;

/// <summary>
/// What resellers save: by attachment, judged at each charge. A reseller's own account counts as one of its subscriptions.
/// </summary>
public static class Discount
{
    public static bool Holds(int? resellerId, bool isReseller) => resellerId is not null || isReseller;

    /// <summary>The price of one period of one account: rounded here, once, so that every total is a sum of such lines.</summary>
    public static Price Price(decimal list, bool reduced, BillingOptions terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        var full = Money.Rounded(list, terms.Currency);
        var net = Money.Rounded(reduced ? full.Amount * (100 - terms.ResellerDiscountPercent) / 100 : full.Amount, terms.Currency);
        return new Price(full, full - net, net, Money.Rounded(net.Amount * terms.VatPercent / 100, terms.Currency));
    }
}
