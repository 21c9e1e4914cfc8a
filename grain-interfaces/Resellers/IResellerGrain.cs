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

    /// <summary>
    /// Lets a person who administers this reseller into the back office of one of its clients, for 60 minutes at most and only while their own
    /// session, their membership and the relation last. Leaves a row in the client's audit; a client that is not one leaves it in the reseller's own.
    /// A second one for the same client ends the first.
    /// </summary>
    [Alias("act-as")]
    Task<Outcome<ActingStarted, ActingRefusal>> ActAs(ActAsClient command);

    /// <summary>Null: it has ended, or something that it depends on has. Reads only.</summary>
    [Alias("resume-acting")]
    Task<ActingSession?> ResumeActing(ActingTicket ticket);

    /// <summary>Writes an act into the client's audit, ahead of it. False: the acting session has ended, nothing was written and nothing may be done.</summary>
    [Alias("record-act")]
    Task<bool> RecordAct(ActingTicket ticket, AuditedAct act);

    /// <summary>The role of the acting session from now on; null: it has ended.</summary>
    [Alias("switch-acting")]
    Task<ActingSession?> SwitchActing(ActingTicket ticket, ActingMode mode);

    /// <summary>A repeat is harmless.</summary>
    [Alias("end-acting")]
    Task EndActing(ActingTicket ticket);

    /// <summary>What was done in one of its clients, acts before the number; null: not its client now. <paramref name="before"/> is int.MaxValue for the newest.</summary>
    [Alias("access-log")]
    Task<AccessLog?> AccessLog(int clientId, int before);

    /// <summary>
    /// Gives a client another administrator, who is invited or told; the former one loses the account within five seconds and is told too. Needs an
    /// acting session as reseller, and a password shown within 15 minutes. Refusals in the order of the enum, but an invalid address first.
    /// </summary>
    [Alias("hand-over")]
    Task<Outcome<HandedOver, HandOverRefusal>> HandOver(HandOverClient command);

    /// <summary>What the reseller pays for each of its clients, in no order; empty when it has none or is no reseller.</summary>
    [Alias("subscriptions")]
    Task<IReadOnlyList<ClientSubscription>> Subscriptions();

    /// <summary>
    /// Colours of every client that has none of its own, <c>#rrggbb</c>; empty: none. Replaces both. <see cref="Settings"/> with what is set then.
    /// </summary>
    [Alias("change-default-colours")]
    Task<Outcome<ResellerSettings, BrandRefusal>> ChangeDefaultColours(string colour, string barColour);

    /// <summary>A picture of every client that has none of its kind, in the place of the present one.</summary>
    [Alias("put-default-picture")]
    Task<Outcome<ResellerSettings, BrandRefusal>> PutDefaultPicture(BrandPictureKind kind, BrandPicture picture);

    /// <summary>Nothing when there is none. Null when the account is no reseller.</summary>
    [Alias("remove-default-picture")]
    Task<ResellerSettings?> RemoveDefaultPicture(BrandPictureKind kind);

    /// <summary>A picture for all clients by its random name; null when it is none of them now.</summary>
    [Alias("default-picture")]
    Task<BrandPicture?> DefaultPicture(string name);
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

    /// <summary>Shown for clients that have none of their own. Not changed with the rest, but by its own calls.</summary>
    [Id(3)] public BrandDefaults Look { get; init; } = new();
}

/// <summary>What a reseller's clients look like until they say otherwise; an empty part is none.</summary>
[GenerateSerializer, Immutable, Alias("slotwright.brand-defaults")]
public sealed record BrandDefaults
{
    /// <summary><c>#rrggbb</c>.</summary>
    [Id(0)] public string Colour { get; init; } = "";

    /// <summary>Ground of the bar at the top of pages, <c>#rrggbb</c>.</summary>
    [Id(1)] public string BarColour { get; init; } = "";

    /// <summary>Random name of the picture, which is the reseller's own.</summary>
    [Id(2)] public string Logo { get; init; } = "";

    [Id(3)] public string LogoOnDark { get; init; } = "";

    [Id(4)] public string Icon { get; init; } = "";
}
