using System.Text.Json;
using Slotwright.Accounts;

namespace Slotwright.Resellers;

/// <summary>What a letter about an account and its reseller tells, as things were when it happened: the account may be gone when it leaves.</summary>
public sealed record ClientNews
{
    public required string AccountName { get; init; }

    /// <summary>As customers read it; of a reseller that reverted, its own.</summary>
    public required string DisplayName { get; init; }

    /// <summary>Account id of the reseller that it is about.</summary>
    public int ResellerId { get; init; }

    /// <summary>In whose name it goes out once the account can no longer be asked; null: it is asked.</summary>
    public SupportDetails? Sender { get; init; }

    /// <summary>How many accounts were detached with it.</summary>
    public int Clients { get; init; }

    public string Write() => JsonSerializer.Serialize(this);

    public static ClientNews Read(string detail) => JsonSerializer.Deserialize<ClientNews>(detail)!;
}
