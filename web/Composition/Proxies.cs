using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.HttpsPolicy;
using Microsoft.Extensions.Options;
using Slotwright.Platform;

namespace Slotwright.Composition;

/// <summary>
/// TLS ends at a proxy: who calls, and whether over TLS, is what that proxy says, if it is one that is trusted. The host it names is
/// never taken: links carry the stored one.
/// </summary>
internal static class Proxies
{
    public static void AddProxies(this IServiceCollection services)
    {
        services.AddOptions<ForwardedHeadersOptions>().Configure<IOptions<PlatformOptions>>((forwarded, platform) =>
        {
            forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;

            // As many proxies as there are, while each of them is a trusted one.
            forwarded.ForwardLimit = null;
            forwarded.KnownProxies.Clear();
            forwarded.KnownIPNetworks.Clear();
            foreach (var network in platform.Value.TrustedNetworks() ?? [])
            {
                forwarded.KnownIPNetworks.Add(network);
            }
        });
        services.Configure<HstsOptions>(hsts => hsts.MaxAge = TimeSpan.FromDays(365));
    }

    /// <summary>Before all else: limits, cookies and links depend on it.</summary>
    public static void UseProxies(this WebApplication app)
    {
        app.UseForwardedHeaders();
        if (!app.Environment.IsDevelopment())
        {
            app.UseHsts();
        }
    }
}
