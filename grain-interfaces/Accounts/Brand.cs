namespace Slotwright.Accounts;

/// <summary>Parts of a brand that shall change; null: stays. Limits as in <see cref="AccountBrand"/>.</summary>
[GenerateSerializer, Immutable, Alias("slotwright.brand-change")]
public sealed record BrandChange
{
    [Id(0)] public string? DisplayName { get; init; }

    [Id(1)] public string? Colour { get; init; }

    [Id(2)] public string? Language { get; init; }

    [Id(3)] public string? TimeZone { get; init; }

    [Id(4)] public string? Tagline { get; init; }

    [Id(5)] public string? Contact { get; init; }

    [Id(6)] public string? BarColour { get; init; }

    [Id(7)] public string? FramedBy { get; init; }
}

/// <summary>An encoded picture that was decoded and written anew by us: nothing else is in it.</summary>
[GenerateSerializer, Immutable, Alias("slotwright.brand-picture")]
public sealed record BrandPicture
{
    /// <summary><c>image/png</c>.</summary>
    [Id(0)] public required string ContentType { get; init; }

    /// <summary>1–512 KiB.</summary>
    [Id(1)] public required byte[] Bytes { get; init; }
}

[GenerateSerializer, Alias("slotwright.brand-picture-kind")]
public enum BrandPictureKind
{
    Logo = 1,
    LogoOnDark = 2,
    Icon = 3,
}

[GenerateSerializer, Alias("slotwright.brand-refusal")]
public enum BrandRefusal
{
    UnknownAccount = 1,

    /// <summary>A missing, too long or malformed part.</summary>
    BrandInvalid = 2,

    /// <summary>Another type than PNG, empty or larger than 512 KiB.</summary>
    PictureInvalid = 3,
}

/// <summary>Why an account cannot have a name.</summary>
[GenerateSerializer, Alias("slotwright.rename-refusal")]
public enum RenameRefusal
{
    UnknownAccount = 1,

    /// <summary>Not 3–40 of letters, digits, hyphen and underscore with a letter among them.</summary>
    NameInvalid = 2,

    NameReserved = 3,

    /// <summary>Another account has it, or had it less than 90 days ago.</summary>
    NameTaken = 4,

    /// <summary>The account holds ten former names already.</summary>
    TooManyNames = 5,
}

/// <summary>What an account holds beside its upcoming appointments, and what its plan says of it. Shown; not enforced.</summary>
[GenerateSerializer, Immutable, Alias("slotwright.account-counters")]
public sealed record AccountCounters
{
    [Id(0)] public required AccountUsage Usage { get; init; }

    /// <summary>Appointments that are over, cancelled ones included.</summary>
    [Id(1)] public required int KeptPast { get; init; }

    /// <summary>Null: no limit.</summary>
    [Id(2)] public required int? KeptPastAllowed { get; init; }

    /// <summary>Distinct customers by e-mail.</summary>
    [Id(3)] public required int Customers { get; init; }

    [Id(4)] public required int? CustomersAllowed { get; init; }

    [Id(5)] public required int Schedules { get; init; }

    [Id(6)] public required int Webhooks { get; init; }

    [Id(7)] public required int? WebhooksAllowed { get; init; }
}
