using System.Net;
using System.Net.Sockets;

namespace Slotwright.Mail;

/// <summary>Which addresses lie in the public net: the only ones that a server named by an account may have.</summary>
internal static class PublicAddresses
{
    private static readonly IPNetwork[] Private =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24",
            "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3",
        }.Select(IPNetwork.Parse),
    ];

    // Global unicast, and what within it leads elsewhere: documentation, Teredo, 6to4.
    private static readonly IPNetwork Global = IPNetwork.Parse("2000::/3");
    private static readonly IPNetwork[] Elsewhere = [.. new[] { "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20" }.Select(IPNetwork.Parse)];

    public static bool Contains(IPAddress address) =>
        address.IsIPv4MappedToIPv6 ? Contains(address.MapToIPv4())
        : address.AddressFamily == AddressFamily.InterNetwork ? !Private.Any(network => network.Contains(address))
        : address.AddressFamily == AddressFamily.InterNetworkV6 && address.ScopeId == 0 && Global.Contains(address) && !Elsewhere.Any(network => network.Contains(address));
}

/// <summary>The addresses of a host, asked anew each time.</summary>
internal interface IAddressBook
{
    /// <summary>Empty: the name leads nowhere.</summary>
    Task<IReadOnlyList<IPAddress>> Of(string host, CancellationToken cancellation);
}

/// <summary>As this machine finds them.</summary>
internal sealed class MachineAddressBook : IAddressBook
{
    public async Task<IReadOnlyList<IPAddress>> Of(string host, CancellationToken cancellation)
    {
        try
        {
            return await Dns.GetHostAddressesAsync(host, cancellation);
        }
        catch (Exception fault) when (fault is SocketException or ArgumentException)
        {
            return [];
        }
    }
}
