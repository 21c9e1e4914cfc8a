using System.Text.Json;
using NodaTime;
using NodaTime.Serialization.SystemTextJson;

namespace Slotwright.Billing;

/// <summary>What a letter about a subscription tells its payer, as it was when it happened.</summary>
public sealed record SubscriptionNews
{
    private static readonly JsonSerializerOptions Json = new JsonSerializerOptions().ConfigureForNodaTime(DateTimeZoneProviders.Tzdb);

    public required SubscriptionEvent Event { get; init; }

    /// <summary>Name of the account as it was.</summary>
    public required string Account { get; init; }

    /// <summary>It is the payer's own account.</summary>
    public required bool IsOwn { get; init; }

    public required string Plan { get; init; }

    /// <summary>Empty: the plan stays.</summary>
    public required string NextPlan { get; init; }

    /// <summary>What was charged; null: nothing.</summary>
    public required Price? Price { get; init; }

    public required Instant PeriodTo { get; init; }

    public required Instant? LapsesAt { get; init; }

    public required string Zone { get; init; }

    public string Write() => JsonSerializer.Serialize(this, Json);

    /// <summary>Throws <see cref="JsonException"/> when it is none.</summary>
    public static SubscriptionNews Read(string text) => JsonSerializer.Deserialize<SubscriptionNews>(text, Json) ?? throw new JsonException("There is no news.");
}
