using Slotwright.Platform;

namespace Slotwright.WhiteLabel;

/// <summary>Section <c>WhiteLabel</c>: what accounts with a host, sender or mail server of their own are told to point to, and how that is looked up.</summary>
public sealed class WhiteLabelOptions
{
    public const string Section = "WhiteLabel";

    /// <summary>Where CNAME records of accounts' hosts point to; empty: the host of <c>Platform:BaseUrl</c>.</summary>
    public string PointsTo { get; set; } = "";

    /// <summary>The domain whose SPF record lists the servers that mails leave by; empty: the domain of <c>Platform:NoReplyAddress</c>.</summary>
    public string SpfDomain { get; set; } = "";

    /// <summary>Name servers to ask, as <c>address</c> or <c>address:port</c>; none: those of this machine.</summary>
    public IList<string> NameServers { get; } = [];

    /// <summary>
    /// Mail servers of accounts may stand on private networks and this machine, on any port and there without TLS. Refused in Production:
    /// whoever may set a mail server could reach what is not theirs.
    /// </summary>
    public bool AllowPrivateMailServers { get; set; }

    /// <summary>The name that hosts point to, in lower case.</summary>
    public string Target(PlatformOptions platform)
    {
        ArgumentNullException.ThrowIfNull(platform);
        return (PointsTo.Length > 0 ? PointsTo : new Uri(platform.BaseUrl).Host).ToLowerInvariant();
    }

    /// <summary>The domain that senders include.</summary>
    public string Spf(PlatformOptions platform)
    {
        ArgumentNullException.ThrowIfNull(platform);
        return (SpfDomain.Length > 0 ? SpfDomain : platform.NoReplyAddress.Split('@')[^1]).ToLowerInvariant();
    }

    /// <summary>Names that are the platform's and nobody else's, with all below them.</summary>
    public IEnumerable<string> Ours(PlatformOptions platform)
    {
        ArgumentNullException.ThrowIfNull(platform);
        return new[] { new Uri(platform.BaseUrl).Host, Target(platform), Spf(platform), platform.NoReplyAddress.Split('@')[^1].ToLowerInvariant() }.Distinct();
    }
}
