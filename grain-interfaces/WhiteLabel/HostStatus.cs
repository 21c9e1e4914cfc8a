using NodaTime;

namespace Slotwright.WhiteLabel;

/// <summary>A host name of an account's own, as far as it has come.</summary>
[GenerateSerializer, Immutable, Alias("slotwright.host-status")]
public sealed record HostStatus
{
    /// <summary>ASCII, lower case.</summary>
    [Id(0)] public required string Host { get; init; }

    [Id(1)] public required HostState State { get; init; }

    /// <summary>Where the proof stands: the name of a TXT record.</summary>
    [Id(2)] public required string ProofName { get; init; }

    /// <summary>What that record says.</summary>
    [Id(3)] public required string ProofValue { get; init; }

    /// <summary>Where a CNAME record of the host is to point to.</summary>
    [Id(4)] public required string PointsTo { get; init; }

    [Id(5)] public required HostAnswer LastAnswer { get; init; }

    /// <summary>Null: never.</summary>
    [Id(6)] public required Instant? CheckedAt { get; init; }

    /// <summary>Null: it is not checked by itself any more.</summary>
    [Id(7)] public required Instant? NextCheckAt { get; init; }

    [Id(8)] public required Instant? VerifiedAt { get; init; }

    /// <summary>Since when the proof has been missing; null: it is not.</summary>
    [Id(9)] public required Instant? FailingSince { get; init; }

    /// <summary>Until when the host is served without its proof; null: no such term runs.</summary>
    [Id(10)] public required Instant? ServedUntil { get; init; }

    /// <summary>Whether visitors would get here by the name; null: not known.</summary>
    [Id(11)] public required bool? LeadsHere { get; init; }

    /// <summary>The operator gave it: it needs no proof and is not checked.</summary>
    [Id(12)] public bool ByOperator { get; init; }
}

[GenerateSerializer, Alias("slotwright.host-state")]
public enum HostState
{
    /// <summary>Its proof has not been seen yet; nothing is served there.</summary>
    Waiting = 1,

    /// <summary>Served.</summary>
    Verified = 2,

    /// <summary>Served for some days yet, although its proof is gone.</summary>
    Failing = 3,
}

/// <summary>What the DNS said of a host's proof.</summary>
[GenerateSerializer, Alias("slotwright.host-answer")]
public enum HostAnswer
{
    NotAsked = 0,
    Proven = 1,

    /// <summary>There is no such record.</summary>
    NoRecord = 2,

    /// <summary>There is a record, and it says something else.</summary>
    OtherValue = 3,

    /// <summary>The name servers did not answer, or with a failure of theirs: nothing is known.</summary>
    NoAnswer = 4,

    /// <summary>It is proven, but the name is another account's, or was within the last 90 days.</summary>
    Taken = 5,
}

/// <summary>Why an account cannot ask for a host name.</summary>
[GenerateSerializer, Alias("slotwright.host-refusal")]
public enum HostRefusal
{
    UnknownAccount = 1,

    /// <summary>Not a host name with a dot in it.</summary>
    HostInvalid = 2,

    /// <summary>The platform's own name, or one below it.</summary>
    HostIsOurs = 3,

    /// <summary>A name under which strangers register theirs, such as co.uk.</summary>
    HostIsPublicSuffix = 4,

    /// <summary>The account has another one: that is given up first.</summary>
    HasHost = 5,

    /// <summary>Another account's, or was within the last 90 days.</summary>
    HostTaken = 6,

    /// <summary>The account is not, or no longer, a client of that reseller.</summary>
    RelationChanged = 7,
}
