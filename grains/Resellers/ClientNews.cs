using System.Text.Json;
using NodaTime;
using NodaTime.Serialization.SystemTextJson;
using Slotwright.Accounts;
using Slotwright.Billing;

namespace Slotwright.Resellers;

/// <summary>What a letter about an account and its reseller tells, as things were when it happened: the account may be gone when it leaves.</summary>
public sealed record ClientNews
{
    private static readonly JsonSerializerOptions Json = new JsonSerializerOptions().ConfigureForNodaTime(DateTimeZoneProviders.Tzdb);

    public required string AccountName { get; init; }

    /// <summary>As customers read it; of a reseller that reverted, its own.</summary>
    public required string DisplayName { get; init; }

    /// <summary>Account id of the reseller that it is about.</summary>
    public int ResellerId { get; init; }

    /// <summary>In whose name it goes out once the account can no longer be asked; null: it is asked.</summary>
    public SupportDetails? Sender { get; init; }

    /// <summary>How many accounts were detached with it.</summary>
    public int Clients { get; init; }

    /// <summary>What goes with an account that was let go; null: nothing that is paid.</summary>
    public LeavingPlan? Plan { get; init; }

    public string Write() => JsonSerializer.Serialize(this, Json);

    public static ClientNews Read(string detail) => JsonSerializer.Deserialize<ClientNews>(detail, Json)!;
}
