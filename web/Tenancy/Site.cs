using Slotwright.Accounts;
using Slotwright.Platform;

namespace Slotwright.Tenancy;

/// <summary>The site that the request's host name stands for, judged once at the edge.</summary>
/// <param name="Kind">Whose host it is.</param>
/// <param name="Base">Scheme and host without a trailing slash, as stored: what absolute addresses begin with. Empty on a host that is nobody's.</param>
/// <param name="Account">Whose own host it is; null on the platform's.</param>
public sealed record Site(SiteKind Kind, string Base, AccountFace? Account)
{
    /// <summary>Before the host was judged, or where it could not be.</summary>
    public static Site Unjudged { get; } = new(SiteKind.Unjudged, "", null);

    /// <summary>Nobody's host: nothing is there, and no name is shown.</summary>
    public static Site Nobodys { get; } = new(SiteKind.Nobodys, "", null);
}

public enum SiteKind
{
    Unjudged = 0,
    Platform = 1,
    Own = 2,
    Nobodys = 3,
}

public static class SiteExtensions
{
    public static Site Site(this HttpContext context) => context.Features.Get<Site>() ?? Tenancy.Site.Unjudged;

    /// <summary>A path of the platform, such as the request's own, as it is addressed on the request's host. Those of <see cref="Links"/> are so already.</summary>
    public static string Here(this HttpContext context, string path) =>
        context.Site().Account is { } own ? HostPaths.Outward(path, own.Name) : path;

    /// <summary>As <see cref="Here"/>, absolute, by the stored host: for what is read outside the page.</summary>
    public static string Absolute(this HttpContext context, string path) => context.Site().Base + context.Here(path);
}
