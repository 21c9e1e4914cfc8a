using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Slotwright.Pages;

/// <summary>What a page is not asked with: other methods than GET and POST (405), and more than a form may hold (413).</summary>
public static class PageRequests
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head, HttpMethods.Post];

    /// <summary>Any other method is answered 405 by routing. The error page is run again for requests of every method.</summary>
    public static void OnlyGetAndPost(this IEndpointConventionBuilder pages) => pages.Add(endpoint =>
    {
        if (endpoint is RouteEndpointBuilder route && !IsErrorPage(route.RoutePattern))
        {
            endpoint.Metadata.Add(new HttpMethodMetadata(Methods));
        }
    });

    /// <summary>
    /// Reads a page's form before anything looks for a token in it: a body that is too large then is answered as that, and not as a form without
    /// a token. After routing, which sets an endpoint's own limit.
    /// </summary>
    public static void UseFormLimit(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        if (IsAnsweredAlready(context) || context.GetEndpoint() is null || !HttpMethods.IsPost(context.Request.Method) || !context.Request.HasFormContentType)
        {
            await next(context);
            return;
        }

        var most = context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize;
        if (context.Request.ContentLength > most || !await IsReadable(context))
        {
            context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
            return;
        }

        await next(context);
    });

    private static async Task<bool> IsReadable(HttpContext context)
    {
        // An upload has limits of its own, which its page sets before it reads.
        if (context.GetEndpoint()!.Metadata.GetMetadata<IRequestSizeLimitMetadata>() is not null || context.GetEndpoint()!.Metadata.GetMetadata<Microsoft.AspNetCore.Mvc.RequestFormLimitsAttribute>() is not null)
        {
            return true;
        }

        try
        {
            await context.Request.ReadFormAsync(context.RequestAborted);
        }
        catch (BadHttpRequestException bad) when (bad.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return false;
        }
        catch (InvalidDataException)
        {
            // Too many fields, or a field too long: the page's own reading says so.
        }

        return true;
    }

    // The error page is run for the same request, and is what explains this.
    private static bool IsAnsweredAlready(HttpContext context) =>
        context.Features.Get<IStatusCodeReExecuteFeature>() is not null || context.Features.Get<IExceptionHandlerPathFeature>() is not null;

    private static bool IsErrorPage(RoutePattern pattern) => string.Equals(pattern.RawText?.Trim('/'), "error", StringComparison.OrdinalIgnoreCase);
}
