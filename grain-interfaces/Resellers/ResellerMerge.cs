namespace Slotwright.Resellers;

/// <summary>Shows control over another reseller's account by what its owner signs in with.</summary>
[GenerateSerializer, Immutable, Alias("slotwright.merge-proof")]
public sealed record MergeProof
{
    /// <summary>Of the account whose clients are to come over, as typed.</summary>
    [Id(0)] public required string AccountName { get; init; }

    /// <summary>Of that account's owner.</summary>
    [Id(1)] public required string Password { get; init; }

    /// <summary>Of the authenticator app, or a recovery code; not looked at where sign-in has one step.</summary>
    [Id(2)] public required string Code { get; init; }

    /// <summary>Who asks, in this reseller's name.</summary>
    [Id(3)] public required int PersonId { get; init; }
}

/// <summary>What a merge would do.</summary>
[GenerateSerializer, Immutable, Alias("slotwright.merge-plan")]
public sealed record MergePlan
{
    /// <summary>Proves for 15 minutes, to this reseller and this person alone, that control over the other was shown.</summary>
    [Id(0)] public required string Ticket { get; init; }

    /// <summary>Of the account that becomes a regular one; to be typed once more.</summary>
    [Id(1)] public required string FromName { get; init; }

    /// <summary>The clients that come over, ascending by name.</summary>
    [Id(2)] public required IReadOnlyList<ClientExportLine> Clients { get; init; }

    [Id(3)] public required int Templates { get; init; }
}

/// <summary>A merge that was done, now or by the same ticket before.</summary>
[GenerateSerializer, Immutable, Alias("slotwright.merged")]
public sealed record Merged([property: Id(0)] string FromName, [property: Id(1)] int Clients);

[GenerateSerializer, Alias("slotwright.merge-refusal")]
public enum MergeRefusal
{
    /// <summary>Whatever was wrong with name, password or code, or the other account is suspended.</summary>
    NotProven = 1,

    /// <summary>More passwords wait to be judged than this machine can judge in good time.</summary>
    TooBusy = 2,

    /// <summary>A reseller is not merged with itself.</summary>
    Itself = 3,

    /// <summary>Told only after control was shown: the other account is no reseller.</summary>
    NoReseller = 4,

    /// <summary>Control was shown more than 15 minutes ago, or not to this person.</summary>
    ProofSpent = 5,

    /// <summary>Not the name of the other account.</summary>
    NameMistyped = 6,

    /// <summary>This account is no reseller any more, or is suspended.</summary>
    NotAllowed = 7,
}
