using System.Diagnostics;
using OpenTelemetry.Instrumentation.AspNetCore;

namespace Slotwright.Composition;

/// <summary>Paths hold the tokens of manage and password links, queries hold keys and addresses: a trace carries the route's template and neither.</summary>
internal static class TracedRequests
{
    public static void Configure(AspNetCoreTraceInstrumentationOptions tracing)
    {
        tracing.EnrichWithHttpRequest = (activity, _) => Hide(activity);
        tracing.EnrichWithHttpResponse = (activity, response) =>
        {
            Hide(activity);
            activity.SetTag("url.path", (response.HttpContext.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText);
        };
        tracing.EnrichWithException = (activity, _) => Hide(activity);
    }

    private static void Hide(Activity activity)
    {
        activity.SetTag("url.path", null);
        activity.SetTag("url.query", null);
    }
}
