using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Slotwright.Tenancy;

namespace Slotwright.Pages;

/// <summary>
/// Every failure that a person may see, in the account's name when it is known. Asks no grain, so that it also works when none
/// answers. Has no handlers: it is run again for requests of any method.
/// </summary>
[IgnoreAntiforgeryToken]
public sealed class ErrorModel : PageModel
{
    private static readonly int[] Worded = [400, 403, 404, 429, 500, 503];

    /// <summary>400, 403, 404, 429, 500 or 503.</summary>
    public int Status { get; private set; }

    /// <summary>For whoever helps: finds the request in the logs.</summary>
    public string TraceId => System.Diagnostics.Activity.Current?.TraceId.ToString() ?? HttpContext.TraceIdentifier;

    /// <summary>Where the failed request went.</summary>
    public string Path { get; private set; } = "/";

    /// <summary>Who acted where the failed request went, as it was known then; null: nobody, or it was no page of the back office.</summary>
    public Acting? Acting =>
        Path.StartsWith("/a/", StringComparison.Ordinal)
        && HttpContext.ActingOrNone() is { } acting
        && HttpContext.AccountOrNone()?.Id == acting.Ticket.ClientId
            ? acting
            : null;

    /// <summary>What was posted to a booking page that could not be reached, to be sent again with one press; empty otherwise.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Posted { get; private set; } = [];

    public override async Task OnPageHandlerSelectionAsync(Microsoft.AspNetCore.Mvc.Filters.PageHandlerSelectedContext context)
    {
        var failed = HttpContext.Features.Get<IExceptionHandlerPathFeature>();
        var reported = HttpContext.Features.Get<IStatusCodeReExecuteFeature>();
        var status = failed is null && reported is null ? StatusCodes.Status404NotFound : Response.StatusCode;
        Response.StatusCode = status;
        Status = Worded.Contains(status) ? status : status >= 500 ? 500 : 400;
        Path = failed?.Path ?? (reported is null ? "/" : reported.OriginalPathBase + reported.OriginalPath + reported.OriginalQueryString);
        if (Status == StatusCodes.Status503ServiceUnavailable)
        {
            if (Response.Headers.RetryAfter.Count == 0)
            {
                Response.Headers.RetryAfter = "5";
            }

            Posted = await Kept();
        }
    }

    // A command that may or may not have happened is safe to send again: the hidden key in it makes it happen once.
    private async Task<IReadOnlyList<KeyValuePair<string, string>>> Kept()
    {
        if (!HttpMethods.IsPost(Request.Method) || !Path.StartsWith("/schedule/", StringComparison.Ordinal) || !Request.HasFormContentType)
        {
            return [];
        }

        var form = await Request.ReadFormAsync();
        return [.. form.SelectMany(field => field.Value.Select(value => KeyValuePair.Create(field.Key, value ?? "")))];
    }
}
