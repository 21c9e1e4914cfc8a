using System.Collections.Frozen;

namespace Slotwright.Platform;

/// <summary>
/// How an account's pages are addressed on a host name of its own. What lies under <c>/schedule/{account}</c> on the platform lies at
/// <c>/</c> there, and <c>/a/{account}</c> at <c>/dashboard</c>. The long forms work there too, and are kept where the short one would
/// mean something else: a schedule called "Dashboard".
/// </summary>
public static class HostPaths
{
    /// <summary>First parts of paths that mean the same on every host: no schedule's short address begins with one.</summary>
    private static readonly FrozenSet<string> Shared = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "a", "account", "api", "brand", "email-change", "feed", "health", "live", "me", "openapi", "schedule", "set-password", "signin", "signout", "widget");

    /// <summary>Files that every page may use; they tell of no tenant, so that even a host that is nobody's serves them.</summary>
    private static readonly FrozenSet<string> Files = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        ".well-known", "apple-touch-icon.png", "css", "favicon.ico", "favicon.svg", "fonts", "images", "img", "js", "lib", "robots.txt");

    /// <summary>The platform's own: not there on an account's host.</summary>
    private static readonly FrozenSet<string> PlatformOnly = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase, "affiliates", "dev", "docs", "error", "internal", "plans", "platform", "reseller", "resellers", "signup", "webhooks", "terms");

    private const string Dashboard = "/dashboard";

    /// <summary>Below it lies what visitors see of an account, on the platform.</summary>
    public static string Public(string accountName) => $"/schedule/{Uri.EscapeDataString(accountName)}";

    /// <summary>Below it lies an account's back office, on the platform.</summary>
    public static string Office(string accountName) => $"/a/{Uri.EscapeDataString(accountName)}";

    /// <summary>The path is that of a file which is the same for everyone.</summary>
    public static bool IsFile(string path) => Files.Contains(FirstPart(path));

    /// <summary>A path of the platform as it stands in a page or mail of that account's own host. Query and fragment stay.</summary>
    public static string Outward(string path, string accountName)
    {
        if (Below(path, Public(accountName)) is { } open)
        {
            var first = FirstPart(open);
            var means = first.Length > 0 && (IsTaken(first) || first.Equals(Dashboard[1..], StringComparison.OrdinalIgnoreCase));

            // "//elsewhere" would be another site's address.
            return means || open.StartsWith("//", StringComparison.Ordinal) || open.StartsWith("/\\", StringComparison.Ordinal) ? path
                : open.StartsWith('/') ? open : "/" + open;
        }

        return Below(path, Office(accountName)) is { } office ? Dashboard + office : path;
    }

    /// <summary>The path of the platform that a path on the account's own host stands for; null: there is none.</summary>
    public static string? Inward(string path, string accountName)
    {
        var first = FirstPart(path);
        return PlatformOnly.Contains(first) ? null
            : Shared.Contains(first) || Files.Contains(first) ? path
            : first.Equals(Dashboard[1..], StringComparison.OrdinalIgnoreCase) ? Office(accountName) + path[Dashboard.Length..]
            : Public(accountName) + (path == "/" ? "" : path);
    }

    /// <summary>The word has a meaning of its own as the first part of a path.</summary>
    public static bool IsTaken(string firstPart) => Shared.Contains(firstPart) || Files.Contains(firstPart) || PlatformOnly.Contains(firstPart);

    // What follows the prefix: "", or something that begins with / ? or #; null: the path lies elsewhere.
    private static string? Below(string path, string prefix) =>
        path.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) && (path.Length == prefix.Length || path[prefix.Length] is '/' or '?' or '#')
            ? path[prefix.Length..]
            : null;

    private static string FirstPart(string path)
    {
        var begin = path.StartsWith('/') ? 1 : 0;
        var end = path.AsSpan(begin).IndexOfAny('/', '?', '#');
        return end < 0 ? path[begin..] : path.Substring(begin, end);
    }
}
