using Microsoft.Extensions.Options;
using NodaTime;
using Slotwright.Accounts;
using Slotwright.Billing;

namespace Slotwright.Resellers;

/// <summary>The stored document of a reseller.</summary>
[GenerateSerializer, Alias("slotwright.reseller-state")]
public sealed record ResellerState
{
    [Id(0)] public int Schema { get; init; } = 1;

    [Id(1)] public ResellerSettings? Settings { get; init; }
}

/// <summary>Keeps a reseller's settings in memory for all its clients' pages.</summary>
[GrainType("reseller")]
public sealed partial class ResellerGrain(
    [PersistentState("settings")] IPersistentState<ResellerState> document,
    IAccountStore accounts,
    IResellerStore store,
    ISubscriptionStore subscriptions,
    IOptions<PlansOptions> plans,
    IOptions<BillingOptions> billing,
    IClock clock,
    Pausing pausing,
    TemplateKeeping templates,
    Merging merging,
    ClientDesk clients) : Grain, IResellerGrain
{
    private ResellerSettings? safe;

    private int Id => GrainKeys.AccountOf(this.GetPrimaryKeyString())!.Value;

    public async Task<ResellerSettings?> Settings()
    {
        if (document.State.Settings is { } settings && !string.IsNullOrWhiteSpace(settings.Support.Name))
        {
            return settings;
        }

        // Nothing set: the reseller's own name and address, never the platform's.
        safe ??= await accounts.Load(Id) is { } row
            ? new ResellerSettings { Support = new SupportDetails { Name = row.Name, Email = row.OwnerEmail } }
            : null;
        return safe;
    }

    public async Task<ResellerSettings?> ChangeSettings(ResellerSettings settings)
    {
        document.State = new ResellerState { Settings = settings };
        try
        {
            await document.WriteStateAsync();
        }
        catch
        {
            // Memory now differs from storage: drop this activation so that the next call reloads the truth.
            DeactivateOnIdle();
            throw;
        }

        return await Settings();
    }

    public Task<IReadOnlyList<ClientListing>> Clients() => store.Clients(Id);
}
