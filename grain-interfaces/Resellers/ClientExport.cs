using NodaTime;

namespace Slotwright.Resellers;

/// <summary>A client account as a line of its reseller's export (requirement 94).</summary>
[GenerateSerializer, Immutable, Alias("slotwright.client-export-line")]
public sealed record ClientExportLine
{
    [Id(0)] public required int AccountId { get; init; }

    /// <summary>As in its address.</summary>
    [Id(1)] public required string Name { get; init; }

    /// <summary>The administrator's address.</summary>
    [Id(2)] public required string OwnerEmail { get; init; }

    [Id(3)] public required ClientStatus Status { get; init; }

    [Id(4)] public required string PlanName { get; init; }

    /// <summary>Upcoming appointments, counted from the rows.</summary>
    [Id(5)] public required int Upcoming { get; init; }

    /// <summary>Null: no limit.</summary>
    [Id(6)] public required int? Allowed { get; init; }

    /// <summary>Its own host name; empty: none.</summary>
    [Id(7)] public required string Domain { get; init; }

    [Id(8)] public required Instant CreatedAt { get; init; }

    /// <summary>When its administrator last signed in; null: never, or they have an account that is not the reseller's.</summary>
    [Id(9)] public required Instant? LastSignInAt { get; init; }

    /// <summary>What the reseller asks from the client, as it noted it; null: nothing noted.</summary>
    [Id(10)] public AskedPrice? Asked { get; init; }

    [Id(11)] public required bool TrialUsed { get; init; }
}

/// <summary>How a client account stands; of several, the first that holds.</summary>
[GenerateSerializer, Alias("slotwright.client-status")]
public enum ClientStatus
{
    Paused = 1,
    Trial = 2,
    Active = 3,
    Free = 4,
}
