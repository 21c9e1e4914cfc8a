using NodaTime;
using Slotwright.Accounts;

namespace Slotwright.WhiteLabel;

/// <summary>Which host names an account may ask for, and what follows from what the DNS says of one. Pure.</summary>
public static class HostRules
{
    /// <summary>A proof that is gone is missed for so long before the host is given up.</summary>
    public static readonly Duration Grace = Duration.FromDays(7);

    private const string ProofLabel = "_verify.";

    /// <summary>Name of the TXT record that proves the host.</summary>
    public static string ProofName(string host) => ProofLabel + host;

    /// <summary>As typed, a whole web address included; null: no host name.</summary>
    public static string? Tidy(string typed)
    {
        ArgumentNullException.ThrowIfNull(typed);
        var text = typed.Trim();
        if (text.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
        {
            text = text[(text.IndexOf("//", StringComparison.Ordinal) + 2)..];
        }

        return HostNames.Tidy(text.Split('/', '?', '#')[0]) is { } host && EmailAddresses.IsHostName(host) && host.Split('.')[^1].Any(char.IsAsciiLetter)
            ? host
            : null;
    }

    /// <summary>Why nobody may have a tidied host, or null.</summary>
    /// <param name="host">Tidied.</param>
    /// <param name="ours">The platform's own names; what lies below them is its own too.</param>
    public static HostRefusal? Judge(string host, IEnumerable<string> ours) =>
        ours.Any(name => IsOrIsBelow(host, name)) ? HostRefusal.HostIsOurs
        : PublicSuffixes.Contains(host) ? HostRefusal.HostIsPublicSuffix
        : null;

    public static bool IsOrIsBelow(string host, string name) =>
        name.Length > 0 && (string.Equals(host, name, StringComparison.OrdinalIgnoreCase) || host.EndsWith("." + name, StringComparison.OrdinalIgnoreCase));

    /// <summary>What a look at the DNS makes of a host. A look that brought no answer changes nothing: others' faults are not theirs.</summary>
    public static HostStep Follow(HostRow row, HostAnswer answer, Instant now)
    {
        ArgumentNullException.ThrowIfNull(row);
        return (row.State, answer) switch
        {
            (_, HostAnswer.Proven) => HostStep.Verify,
            (HostState.Waiting, _) => HostStep.Stay,
            (_, HostAnswer.NoAnswer or HostAnswer.NotAsked) => HostStep.Stay,
            (HostState.Verified, _) => HostStep.BeginFailing,
            (_, _) when row.FailingSince is { } since && now - since >= Grace => HostStep.GiveUp,
            _ => HostStep.Stay,
        };
    }

    /// <summary>When to look again; null: only when somebody asks.</summary>
    public static Instant? NextCheck(HostState state, HostAnswer answer, Instant askedAt, Instant now)
    {
        if (state == HostState.Verified)
        {
            return now + (answer == HostAnswer.NoAnswer ? Duration.FromHours(1) : Duration.FromDays(1));
        }

        if (state == HostState.Failing)
        {
            return now + Duration.FromHours(1);
        }

        var age = now - askedAt;
        return age < Duration.FromHours(1) ? now + Duration.FromMinutes(2)
            : age < Duration.FromDays(1) ? now + Duration.FromMinutes(15)
            : age < Duration.FromDays(7) ? now + Duration.FromHours(1)
            : age < Duration.FromDays(30) ? now + Duration.FromDays(1)
            : null;
    }
}

/// <summary>What is done with a host after a look at the DNS.</summary>
public enum HostStep
{
    /// <summary>Its state stays.</summary>
    Stay = 1,

    /// <summary>It is served, or served again without a term.</summary>
    Verify = 2,

    /// <summary>Its seven days begin, and whoever set it is told.</summary>
    BeginFailing = 3,

    /// <summary>It is served no more, and waits.</summary>
    GiveUp = 4,
}
