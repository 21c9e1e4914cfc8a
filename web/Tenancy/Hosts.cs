using System.Net;
using Microsoft.Extensions.Options;
using Slotwright.Platform;

namespace Slotwright.Tenancy;

/// <summary>
/// Whose site a host name is: the platform's, an account's own, or nobody's. Only the <c>Host</c> header counts; what a proxy says
/// beside it does not. Answers are at most <see cref="Faces.Lifetime"/> old.
/// </summary>
public sealed class Hosts(Faces faces, IOptions<PlatformOptions> platform, IHostEnvironment environment)
{
    private const int LongestHost = 253;

    private readonly string platformHost = new Uri(platform.Value.BaseUrl).Host;
    private readonly Site ofPlatform = new(SiteKind.Platform, platform.Value.BaseUrl.TrimEnd('/'), null);

    public async ValueTask<Site> Of(HttpRequest request)
    {
        if (NameOf(request) is not { } host)
        {
            return Site.Nobodys;
        }

        // HTTP/1.0 names no host.
        if (host.Length == 0 || string.Equals(host, platformHost, StringComparison.OrdinalIgnoreCase))
        {
            return environment.IsDevelopment() ? Local(request, ofPlatform) : ofPlatform;
        }

        if (host.Contains('.', StringComparison.Ordinal) && host.Length <= LongestHost && Uri.CheckHostName(host) == UriHostNameType.Dns
            && await faces.AccountByHost(host.ToLowerInvariant()) is { } reference
            && await faces.Account(reference.AccountId) is { } account)
        {
            var own = new Site(SiteKind.Own, "https://" + host.ToLowerInvariant(), account);
            return environment.IsDevelopment() ? Local(request, own) : own;
        }

        return environment.IsDevelopment() && IsThisMachine(host) ? Local(request, ofPlatform) : Site.Nobodys;
    }

    /// <summary>Null: no name at all, such as broken punycode.</summary>
    private static string? NameOf(HttpRequest request)
    {
        try
        {
            return request.Host.Host.TrimEnd('.');
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    // While developing, ports and schemes are as they come: the host itself is a known one.
    private static Site Local(HttpRequest request, Site site) =>
        request.Host.HasValue ? site with { Base = $"{request.Scheme}://{request.Host.Value}" } : site;

    private static bool IsThisMachine(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}

/// <summary>
/// Judges the host, and lets an account's own host serve the account's pages from its root. On a host that is nobody's nothing is
/// found. Comes after what answers failures, since it asks.
/// </summary>
public sealed class HostResolution(RequestDelegate next)
{
    public async Task Invoke(HttpContext context, Hosts hosts)
    {
        // A page that tells of a failure is run again: the host was judged before, or could not be.
        if (context.Features.Get<Site>() is null && context.Features.Get<Microsoft.AspNetCore.Diagnostics.IExceptionHandlerFeature>() is null)
        {
            var site = await hosts.Of(context.Request);
            context.Features.Set(site);
            Links.FollowedOnHostOf(site.Account?.Name);
            if (!Serves(context, site))
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return;
            }
        }

        await next(context);
    }

    private static bool Serves(HttpContext context, Site site)
    {
        var path = context.Request.Path.Value ?? "/";
        if (site.Account is { } own)
        {
            context.Features.Set(new AccountVisit(own));
            if (NamesAnother(path, own.Name) || HostPaths.Inward(path.Length == 0 ? "/" : path, own.Name) is not { } inward)
            {
                return false;
            }

            context.Request.Path = inward;
            return true;
        }

        return site.Kind != SiteKind.Nobodys || HostPaths.IsFile(path);
    }

    // Said before anyone is asked to sign in: what is another's is not there.
    private static bool NamesAnother(string path, string accountName) =>
        path.Split('/', 4) is ["", var first, var name, ..]
        && (first.Equals("schedule", StringComparison.OrdinalIgnoreCase) || first.Equals("a", StringComparison.OrdinalIgnoreCase) || first.Equals("brand", StringComparison.OrdinalIgnoreCase))
        && Names.Fold(name) != Names.Fold(accountName);
}
