using Slotwright.Tenancy;

namespace Slotwright.Accounts;

/// <summary>What the platform's own front pages ask before there is an account: what can be had, and to have one.</summary>
[EntranceGrain, Alias("slotwright.front-door-grain")]
public interface IFrontDoorGrain : IGrainWithStringKey
{
    /// <summary>The plans of the configuration, cheapest first; never empty.</summary>
    [Alias("plans")]
    Task<PlanCatalogue> Plans();

    /// <summary>
    /// Whether an account may have this name and none answers to it, so that asking for it would make one; one that a deleted account gave up
    /// less than 90 days ago is refused only then.
    /// </summary>
    [Alias("is-free")]
    Task<bool> IsFree(string name);

    /// <summary>
    /// Opens a regular, free account and mails its owner how to go on. The answer is the same whether the address is known or not. The same
    /// command once more, before the owner has set a password, is accepted and changes nothing. Refusals in the order of the enum.
    /// </summary>
    [Alias("sign-up")]
    Task<Outcome<SignedUp, SignUpRefusal>> SignUp(SignUp command);
}

[GenerateSerializer, Immutable, Alias("slotwright.sign-up")]
public sealed record SignUp
{
    /// <summary>As <see cref="OpenAccount.Name"/>.</summary>
    [Id(0)] public required string Name { get; init; }

    /// <summary>As customers read it; 1–80 characters.</summary>
    [Id(1)] public required string DisplayName { get; init; }

    [Id(2)] public required string Email { get; init; }

    /// <summary><c>en</c>, <c>fr</c> or <c>nl</c>.</summary>
    [Id(3)] public required string Language { get; init; }

    /// <summary>IANA zone.</summary>
    [Id(4)] public required string TimeZone { get; init; }
}

/// <summary>The account's name as it is stored.</summary>
[GenerateSerializer, Immutable, Alias("slotwright.signed-up")]
public sealed record SignedUp([property: Id(0)] string Name);

/// <summary>What can be subscribed to.</summary>
[GenerateSerializer, Immutable, Alias("slotwright.plan-catalogue")]
public sealed record PlanCatalogue
{
    [Id(0)] public required IReadOnlyList<PlanListing> Plans { get; init; }

    /// <summary>ISO 4217 code of every price.</summary>
    [Id(1)] public required string Currency { get; init; }
}

/// <summary>One plan at its list price. Null: no limit.</summary>
[GenerateSerializer, Immutable, Alias("slotwright.plan-listing")]
public sealed record PlanListing
{
    [Id(0)] public required string Code { get; init; }

    [Id(1)] public required string Name { get; init; }

    [Id(2)] public required int? Upcoming { get; init; }

    [Id(3)] public required int? KeptPast { get; init; }

    [Id(4)] public required int? Customers { get; init; }

    [Id(5)] public required int? Webhooks { get; init; }

    /// <summary>Calendar feeds, and no advert line.</summary>
    [Id(6)] public required bool Feeds { get; init; }

    /// <summary>List price a month, before any discount.</summary>
    [Id(7)] public required decimal MonthlyPrice { get; init; }
}
