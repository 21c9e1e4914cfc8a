using Slotwright.Tenancy;

namespace Slotwright.Accounts;

/// <summary>Makes accounts: name, owner's login and the account's row in one transaction.</summary>
[SystemGrain, Alias("slotwright.sign-up-grain")]
public interface ISignUpGrain : IGrainWithStringKey
{
    [Alias("open-account")]
    Task<Outcome<OpenedAccount, SignUpRefusal>> OpenAccount(OpenAccount command);

    /// <summary>Makes the platform operator's login when there is none yet, and answers the path of a one-time link that sets its password; null when one has a password, or a link was made less than 30 seconds ago.</summary>
    [Alias("invite-operator")]
    Task<string?> InviteOperator(string email);
}

[GenerateSerializer, Immutable, Alias("slotwright.open-account")]
public sealed record OpenAccount
{
    /// <summary>3–40 of letters, digits, hyphen, underscore (a blank becomes a hyphen); unique in folded form, not reserved.</summary>
    [Id(0)] public required string Name { get; init; }

    [Id(1)] public required AccountBrand Brand { get; init; }

    [Id(2)] public required string OwnerEmail { get; init; }

    /// <summary>Null: the owner sets it by a link.</summary>
    [Id(3)] public string? OwnerPassword { get; init; }

    /// <summary>Null: a regular account.</summary>
    [Id(4)] public int? ResellerId { get; init; }

    /// <summary>A plan of the configuration.</summary>
    [Id(5)] public string PlanCode { get; init; } = "free";

    /// <summary>Null: a random one is made.</summary>
    [Id(6)] public string? ApiKey { get; init; }

    /// <summary>The account is itself a reseller, with these support details.</summary>
    [Id(7)] public SupportDetails? AsReseller { get; init; }

    /// <summary>An owner without a login gets a mail with a link that sets a password, for 7 days; one who has a login a notice.</summary>
    [Id(8)] public bool InvitesOwner { get; init; }

    /// <summary>Of the form that asks, 64 hex digits: sent again, it answers the account that the first made. Empty: no key.</summary>
    [Id(9)] public string OpeningKey { get; init; } = "";
}

[GenerateSerializer, Immutable, Alias("slotwright.opened-account")]
public sealed record OpenedAccount
{
    [Id(0)] public required int AccountId { get; init; }

    [Id(1)] public required int OwnerPersonId { get; init; }

    /// <summary>For a link that sets the password; null when one was given or the person has one.</summary>
    [Id(2)] public required string? ActivationToken { get; init; }
}

[GenerateSerializer, Alias("slotwright.sign-up-refusal")]
public enum SignUpRefusal
{
    NameInvalid = 1,
    NameReserved = 2,
    NameTaken = 3,
    EmailInvalid = 4,
    UnknownReseller = 5,
    UnknownPlan = 6,
    BrandInvalid = 7,

    /// <summary>Shorter than 8 characters, longer than 128, or on the list of common ones.</summary>
    PasswordWeak = 8,
}
