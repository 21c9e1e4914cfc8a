using Microsoft.AspNetCore.Http.Features;
using Slotwright.Accounts;

namespace Slotwright.Tenancy;

/// <summary>The account that a request's path names, resolved once at the edge; pages take it from <see cref="HttpContextExtensions"/>.</summary>
public sealed record AccountVisit(AccountFace Account);

public static class HttpContextExtensions
{
    /// <summary>The account of the path; throws where the route has none.</summary>
    public static AccountFace Account(this HttpContext context) =>
        context.Features.GetRequiredFeature<AccountVisit>().Account;

    /// <summary>As <see cref="Account"/>; null on routes of the platform itself.</summary>
    public static AccountFace? AccountOrNone(this HttpContext context) => context.Features.Get<AccountVisit>()?.Account;
}

/// <summary>
/// Resolves the route value <c>account</c>: an unknown name is a 404 that looks like any other, and so is another account's on an
/// account's own host; a former name of a living account is redirected (308) to the present one.
/// </summary>
public sealed class AccountResolution(RequestDelegate next)
{
    public const string RouteKey = "account";

    public async Task Invoke(HttpContext context, Faces faces)
    {
        // Blank parts of a path name nothing; pages would get them as null.
        if (context.Request.RouteValues.Values.Any(value => value is string text && string.IsNullOrWhiteSpace(text)))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        if (context.GetRouteValue(RouteKey) is string name && context.GetEndpoint() is not null)
        {
            var reference = await faces.AccountByName(name);
            var account = reference is null ? null : await faces.Account(reference.AccountId);
            if (account is null || (context.Site().Account is { } own && own.Id != account.Id))
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return;
            }

            if (!string.Equals(account.Name, name, StringComparison.OrdinalIgnoreCase))
            {
                Redirect(context, name, account.Name);
                return;
            }

            context.Features.Set(new AccountVisit(account));
        }

        await next(context);
    }

    private static void Redirect(HttpContext context, string former, string present)
    {
        var path = context.Request.Path.Value ?? "/";
        var segment = path.Split('/').FirstOrDefault(part => string.Equals(Uri.UnescapeDataString(part), former, StringComparison.Ordinal)) ?? former;
        var at = path.IndexOf($"/{segment}", StringComparison.Ordinal);
        var target = at < 0 ? path : string.Concat(path.AsSpan(0, at + 1), present, path.AsSpan(at + 1 + segment.Length));
        context.Response.StatusCode = StatusCodes.Status308PermanentRedirect;

        // The path was decoded: as an address it is written anew.
        context.Response.Headers.Location = new PathString(target).ToUriComponent() + context.Request.QueryString.ToUriComponent();
    }
}
