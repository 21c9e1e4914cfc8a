namespace Slotwright.Appointments;

/// <summary>Who asks; decides which rules apply.</summary>
[GenerateSerializer, Immutable, Alias("slotwright.actor")]
public sealed record Actor
{
    [Id(0)] public required ActorKind Kind { get; init; }

    /// <summary>E-mail of a customer or person, name of a reseller, or "api": what the history shows. 254 characters at most.</summary>
    [Id(1)] public required string Name { get; init; }

    [Id(2)] public int? PersonId { get; init; }

    public static Actor Customer(string email) => new() { Kind = ActorKind.Customer, Name = email.Trim().ToLowerInvariant() };

    public static Actor ApiKey() => new() { Kind = ActorKind.ApiKey, Name = "api" };

    public static Actor Staff(int personId, string email) => new() { Kind = ActorKind.Staff, Name = email, PersonId = personId };

    /// <summary>A reseller's person, under the reseller's name.</summary>
    public static Actor Reseller(int personId, string reseller) => new() { Kind = ActorKind.Reseller, Name = reseller.Trim() is { Length: > 254 } name ? name[..254] : reseller.Trim(), PersonId = personId };
}

[GenerateSerializer, Alias("slotwright.actor-kind")]
public enum ActorKind
{
    /// <summary>Every rule applies.</summary>
    Customer = 1,

    /// <summary>All but notice, horizon, customer limits and deadlines.</summary>
    ApiKey = 2,

    /// <summary>As the API key, and may leave the opening hours, the grid and the lengths, and overlap by explicit flag.</summary>
    Staff = 3,

    /// <summary>The account's reseller, logged in to it: all that staff may.</summary>
    Reseller = 4,
}

public static class ActorKinds
{
    /// <summary>Staff, or who acts as staff.</summary>
    public static bool IsStaff(this ActorKind kind) => kind is ActorKind.Staff or ActorKind.Reseller;
}

/// <summary>
/// Makes a command safe to send twice: a repeat with the same key and fingerprint gets the first answer again. Kept 72 hours.
/// Unique per account and credential.
/// </summary>
[GenerateSerializer, Immutable, Alias("slotwright.repeat-key")]
public sealed record RepeatKey
{
    /// <summary>Who holds the key: "api", "page" or "person:7". 40 characters at most.</summary>
    [Id(0)] public required string Credential { get; init; }

    /// <summary>1–255 characters, chosen by the caller.</summary>
    [Id(1)] public required string Key { get; init; }

    /// <summary>Hash of what was asked, 64 characters at most; the same key with another fingerprint is refused.</summary>
    [Id(2)] public required string Fingerprint { get; init; }
}
