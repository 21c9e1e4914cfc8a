using System.ComponentModel.DataAnnotations;
using System.Net;

namespace Slotwright.Platform;

/// <summary>Section <c>Platform</c>: what this installation calls itself and where it is reached.</summary>
public sealed class PlatformOptions
{
    public const string Section = "Platform";

    /// <summary>Shown to regular accounts and resellers only; never to a reseller's client or that client's customers.</summary>
    [Required, StringLength(60)]
    public string Name { get; set; } = "Slotwright";

    /// <summary>Absolute http or https address without path: the links of mails begin with it. https in Production.</summary>
    [Required]
    public string BaseUrl { get; set; } = "http://localhost:5080";

    /// <summary>Sender of mails when an account has none of its own; a neutral no-reply address on a domain that the operator controls.</summary>
    [Required, EmailAddress]
    public string NoReplyAddress { get; set; } = "no-reply@localhost.localdomain";

    /// <summary>Whose login the first start in Production invites.</summary>
    [EmailAddress]
    public string? OperatorEmail { get; set; }

    /// <summary>Where strangers may write to, shown on the platform's own public pages; none: no address is shown.</summary>
    [EmailAddress]
    public string? ContactEmail { get; set; }

    /// <summary>
    /// Addresses or CIDR networks of the proxies whose <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> are believed; nobody else's are.
    /// None named: this machine's own.
    /// </summary>
    public IList<string> TrustedProxies { get; } = [];

    /// <summary>What <see cref="TrustedProxies"/> names; null: one of them is neither an address nor a network.</summary>
    public IReadOnlyList<IPNetwork>? TrustedNetworks()
    {
        if (TrustedProxies.Count == 0)
        {
            return [IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("::1/128")];
        }

        var networks = new List<IPNetwork>();
        foreach (var text in TrustedProxies)
        {
            if (IPNetwork.TryParse(text, out var network))
            {
                networks.Add(network);
            }
            else if (IPAddress.TryParse(text, out var address))
            {
                networks.Add(new IPNetwork(address, address.GetAddressBytes().Length * 8));
            }
            else
            {
                return null;
            }
        }

        return networks;
    }
}
