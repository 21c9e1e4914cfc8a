using System.Net;
using Microsoft.Extensions.Options;
using Slotwright.Accounts;
using Slotwright.Platform;

namespace Slotwright.Tenancy;

/// <summary>
/// Tells the proxy before us whether it may fetch a certificate for a host: only for one that an account has proven. It answers the proxy
/// alone, on whatever host it asks: whoever comes through the proxy from outside gets nothing, and learns no customer's name.
/// </summary>
public static class TlsAllowed
{
    /// <summary>Below it lies what only processes beside us ask.</summary>
    public const string Folder = "/internal";

    /// <summary>
    /// Bound by no pace: every question has the proxy's own address, so that one visitor who tries many names would keep all other hosts from
    /// their certificates. Who is not beside us costs nothing to refuse.
    /// </summary>
    public static void MapTlsAllowed(this IEndpointRouteBuilder routes) =>
        routes.MapGet($"{Folder}/tls-allowed", Answer).ExcludeFromDescription();

    private static async Task<IResult> Answer(HttpContext context, string? domain, Faces faces, IOptions<PlatformOptions> platform) =>
        IsBesideUs(context, platform.Value) && domain is { Length: <= 253 } && HostNames.Tidy(domain) is { } host && await faces.AccountByHost(host) is not null
            ? Results.Ok()
            : Results.NotFound();

    // What a trusted proxy forwards bears the address of whoever asked it.
    private static bool IsBesideUs(HttpContext context, PlatformOptions platform) =>
        context.Connection.RemoteIpAddress is { } address && (platform.TrustedNetworks() ?? []).Any(network => network.Contains(Plain(address)));

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
