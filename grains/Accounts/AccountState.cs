namespace Slotwright.Accounts;

/// <summary>The stored document of an account.</summary>
[GenerateSerializer, Alias("slotwright.account-state")]
public sealed record AccountState
{
    [Id(0)] public int Schema { get; init; } = 1;

    /// <summary>Null: never opened.</summary>
    [Id(1)] public AccountBrand? Brand { get; init; }
}
