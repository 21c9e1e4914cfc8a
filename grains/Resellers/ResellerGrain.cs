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

    /// <summary>Kept apart from the settings, which are replaced whole.</summary>
    [Id(2)] public BrandDefaults Look { get; init; } = new();
}

/// <summary>Keeps a reseller's settings in memory for all its clients' pages.</summary>
[GrainType("reseller")]
public sealed partial class ResellerGrain(
    [PersistentState("settings")] IPersistentState<ResellerState> document,
    IAccountStore accounts,
    IResellerStore store,
    IPictureStore pictures,
    ISubscriptionStore subscriptions,
    IOptions<PlansOptions> plans,
    IOptions<BillingOptions> billing,
    IClock clock,
    Pausing pausing,
    TemplateKeeping templates,
    Merging merging,
    ClientDesk clients) : Grain, IResellerGrain
{
    /// <summary>Name or address of the reseller's own account may change: its clients' pages say the new one within this time.</summary>
    private static readonly Duration SafeLifetime = Duration.FromSeconds(3);

    private (SupportDetails Support, Instant At)? safe;

    private int Id => GrainKeys.AccountOf(this.GetPrimaryKeyString())!.Value;

    public async Task<ResellerSettings?> Settings()
    {
        var set = document.State.Settings;
        var support = string.IsNullOrWhiteSpace(set?.Support.Name) ? await Safe() : set.Support;
        return support is null ? null : (set ?? new ResellerSettings { Support = support }) with { Support = support, Look = document.State.Look };
    }

    public async Task<ResellerSettings?> ChangeSettings(ResellerSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        await Save(document.State with { Settings = settings with { Look = new BrandDefaults() } });
        return await Settings();
    }

    public Task Reload()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    /// <summary>Nothing set: the reseller's own name and address, never the platform's. Null: there is no such account.</summary>
    private async Task<SupportDetails?> Safe()
    {
        var now = clock.GetCurrentInstant();
        if (safe is not { } known || now < known.At || now - known.At >= SafeLifetime)
        {
            if (await accounts.Load(Id) is not { } row)
            {
                return null;
            }

            safe = known = (new SupportDetails { Name = row.Name, Email = row.OwnerEmail }, now);
        }

        return known.Support;
    }

    private async Task Save(ResellerState next)
    {
        document.State = next;
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
    }

    public Task<IReadOnlyList<ClientListing>> Clients() => store.Clients(Id);
}
