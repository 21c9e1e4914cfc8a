namespace Slotwright.Billing;

public sealed partial class BillingGrain
{
    public Task<IReadOnlyList<StatementHeading>> Statements() => ledger.Months(Id);

    public async Task<Statement?> Statement(string month)
    {
        ArgumentNullException.ThrowIfNull(month);
        var heading = (await ledger.Months(Id)).FirstOrDefault(one => one.Month == month);
        return heading is null || await store.Load(Id) is not { } stored ? null : new Statement
        {
            Heading = heading,
            Lines = [.. (await ledger.Lines(Id, month)).Where(line => line.Price.Net.Currency == heading.Net.Currency)],
            Payer = stored.Account.Name,
            TimeZone = options.Value.TimeZone,
            VatPercent = options.Value.VatPercent,
        };
    }

    public async Task<Outcome<ProviderPage, SubscriptionRefusal>> LeaveCard(ProviderReturn visit)
    {
        ArgumentNullException.ThrowIfNull(visit);
        return await store.Load(Id) is not { } stored || !IsPayer(stored, visit.Actor) ? SubscriptionRefusal.NotYours
            : await provider.LeaveCard(new PayingAccount(Id, stored.Account.Name, stored.Account.Payer.Email), visit.ReturnUrl) is { } page ? page
            : SubscriptionRefusal.ProviderUnavailable;
    }

    public async Task<Outcome<ProviderPage, SubscriptionRefusal>> Portal(ProviderReturn visit)
    {
        ArgumentNullException.ThrowIfNull(visit);
        return await store.Load(Id) is not { } stored || !IsPayer(stored, visit.Actor) ? SubscriptionRefusal.NotYours
            : await provider.Portal(Id, visit.ReturnUrl) is { } page ? page
            : SubscriptionRefusal.ProviderUnavailable;
    }

    /// <summary>This account pays for itself or its clients, and whoever asks is its own administrator.</summary>
    private static bool IsPayer(StoredSubscription stored, PayerActor actor) => stored.Account.ResellerId is null && actor.ResellerId is null;
}
