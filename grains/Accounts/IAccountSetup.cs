using Slotwright.Tenancy;

namespace Slotwright.Accounts;

/// <summary>What only the sign-up asks of an account. Key: as <see cref="IAccountGrain"/>.</summary>
[SystemGrain, Alias("slotwright.account-setup")]
public interface IAccountSetup : IGrainWithStringKey
{
    /// <summary>Stores the brand before the account's row makes it reachable.</summary>
    [Alias("create")]
    Task Create(AccountBrand brand);

    /// <summary>The row exists or has changed: read it again.</summary>
    [Alias("reload")]
    Task Reload();
}
