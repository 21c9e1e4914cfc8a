using Slotwright.Accounts;
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
}

[GenerateSerializer, Immutable, Alias("slotwright.reseller-settings")]
public sealed record ResellerSettings
{
    [Id(0)] public int Schema { get; init; } = 1;

    [Id(1)] public required SupportDetails Support { get; init; }

    /// <summary>Shown on public pages of free client accounts; empty: none.</summary>
    [Id(2)] public string AdvertLine { get; init; } = "";
}
