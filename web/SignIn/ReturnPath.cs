using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Routing;
using Slotwright.Tenancy;

namespace Slotwright.SignIn;

/// <summary>Where a visitor goes after sign-in: a path of this site and nothing else.</summary>
public sealed class ReturnPath(Faces faces, IUrlHelperFactory urls)
{
    private const int Longest = 500;

    /// <summary>Empty: the dashboard. Who came from an account's page signs in under that account's name and colour.</summary>
    public async Task<string> Of(HttpContext context, string? asked)
    {
        var path = asked is { Length: > 0 and <= Longest } && urls.GetUrlHelper(new ActionContext(context, context.GetRouteData(), new())).IsLocalUrl(asked) ? asked : "";
        if (context.Site().Account is null
            && path.Split('/', '?') is ["", "a", var name, ..]
            && await faces.AccountByName(Uri.UnescapeDataString(name)) is { } reference
            && await faces.Account(reference.AccountId) is { } account)
        {
            context.Features.Set(new AccountVisit(account));
        }

        return path;
    }
}

public static class SlowerAnswers
{
    /// <summary>The page with its sentence and the seconds to wait, as 429 unless said otherwise.</summary>
    public static PageResult Slower(this PageModel page, TimeSpan wait, int status = StatusCodes.Status429TooManyRequests)
    {
        page.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString("0", CultureInfo.InvariantCulture);
        page.Response.StatusCode = status;
        return page.Page();
    }
}
