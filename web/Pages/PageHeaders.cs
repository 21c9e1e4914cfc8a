using Slotwright.Tenancy;

namespace Slotwright.Pages;

/// <summary>What browsers may do with our pages: load only our own files, keep no copy, pass on no token.</summary>
public sealed class PageHeaders(RequestDelegate next)
{
    private const string Policy =
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors ";

    public Task Invoke(HttpContext context)
    {
        // Taken once: an error page is run again under another path.
        if (!context.Items.TryAdd(typeof(PageHeaders), null))
        {
            return next(context);
        }

        var path = context.Request.Path;
        context.Response.OnStarting(() =>
        {
            Write(context, path);
            Lead(context);
            return Task.CompletedTask;
        });
        return next(context);
    }

    private static void Write(HttpContext context, PathString path)
    {
        var response = context.Response;
        response.Headers.XContentTypeOptions = "nosniff";
        if (response.Headers.ContentSecurityPolicy.Count == 0)
        {
            response.Headers.ContentSecurityPolicy = Policy + Framing(context, path);
        }

        response.Headers["Referrer-Policy"] = HoldsToken(path) ? "no-referrer" : "strict-origin-when-cross-origin";
        if (response.ContentType?.StartsWith("text/html", StringComparison.Ordinal) == true)
        {
            response.Headers.CacheControl = "no-store";
            response.Headers.Remove("Pragma");
        }
    }

    // Whoever is signed in is never shown in a frame; an account says which sites show its public pages.
    private static string Framing(HttpContext context, PathString path) =>
        !path.StartsWithSegments("/schedule") ? "'none'"
        : context.AccountOrNone() is { Brand.FramedBy: { Length: > 0 } sites } ? "'self' " + sites
        : "'self'";

    // A redirect stays on the host that asked, and says the path as that host has it.
    private static void Lead(HttpContext context)
    {
        var target = context.Response.Headers.Location.ToString();
        if (target.Length == 0)
        {
            return;
        }

        var here = $"{context.Request.Scheme}://{context.Request.Host}";
        var path = target.StartsWith(here + "/", StringComparison.OrdinalIgnoreCase) ? target[here.Length..] : target;
        context.Response.Headers.Location = context.Here(path);
    }

    private static bool HoldsToken(PathString path) =>
        path.StartsWithSegments("/set-password")
        || path.StartsWithSegments("/email-change")
        || (path.StartsWithSegments("/schedule") && (path.Value!.Contains("/appointment/", StringComparison.OrdinalIgnoreCase) || path.Value.Contains("/my-appointments/", StringComparison.OrdinalIgnoreCase)));
}
