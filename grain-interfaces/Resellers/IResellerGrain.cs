using NodaTime;
using Slotwright.Accounts;
using Slotwright.Billing;
using Slotwright.Tenancy;

namespace Slotwright.Resellers;

/// <summary>A reseller's own settings, inherited by every client account. Key: the id of the reseller's own account.</summary>
[ResellerGrain, Alias("slotwright.reseller-grain")]
public interface IResellerGrain : IGrainWithStringKey
{
    /// <summary>Null when the account is no reseller. With nothing set, name and e-mail of the reseller's own account.</summary>
    [Alias("support")]
    Task<ResellerSettings?> Settings();

    /// <summary>Replaces them; every client account shows them at once.</summary>
    [Alias("change-settings")]
    Task<ResellerSettings?> ChangeSettings(ResellerSettings settings);

    /// <summary>Its client accounts, ascending by name; empty when it has none or is no reseller.</summary>
    [Alias("clients")]
    Task<IReadOnlyList<ClientListing>> Clients();

    /// <summary>What the reseller pays for each of its clients, in no order; empty when it has none or is no reseller.</summary>
    [Alias("subscriptions")]
    Task<IReadOnlyList<ClientSubscription>> Subscriptions();
}

/// <summary>A client account as its reseller lists it.</summary>
[GenerateSerializer, Immutable, Alias("slotwright.client-listing")]
public sealed record ClientListing
{
    [Id(0)] public required int AccountId { get; init; }

    /// <summary>As in its address.</summary>
    [Id(1)] public required string Name { get; init; }

    /// <summary>The administrator's address.</summary>
    [Id(2)] public required string OwnerEmail { get; init; }

    [Id(3)] public required string PlanCode { get; init; }

    /// <summary>Null: it is open.</summary>
    [Id(4)] public required Instant? PausedAt { get; init; }

    /// <summary>When it became this reseller's client.</summary>
    [Id(5)] public required Instant AttachedAt { get; init; }
}

[GenerateSerializer, Immutable, Alias("slotwright.reseller-settings")]
public sealed record ResellerSettings
{
    [Id(0)] public int Schema { get; init; } = 1;

    [Id(1)] public required SupportDetails Support { get; init; }

    /// <summary>Shown on public pages of free client accounts; empty: none.</summary>
    [Id(2)] public string AdvertLine { get; init; } = "";
}
