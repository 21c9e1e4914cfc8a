using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Slotwright.Tenancy;

/// <summary>Every endpoint that the product really has, found in its own routing: pages by handler, everything else by method.</summary>
internal static class ProductEndpoints
{
    /// <summary>"GET /a/{account}", "POST /me/two-step?handler=Codes"; a path that takes any method is asked by GET, but a hub's negotiation by POST.</summary>
    public static async Task<IReadOnlyList<ProductEndpoint>> Of(Product product)
    {
        var loader = product.Services.GetRequiredService<PageLoader>();
        var found = new List<ProductEndpoint>();
        foreach (var endpoint in product.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            var route = "/" + endpoint.RoutePattern.RawText!.TrimStart('/');
            if (endpoint.Metadata.GetMetadata<PageActionDescriptor>() is { } page)
            {
                var handlers = (await loader.LoadAsync(page, endpoint.Metadata)).HandlerMethods;
                found.Add(new ProductEndpoint($"GET {route}", route, HttpMethods.Get, IsPage: true));
                found.AddRange((handlers ?? []).Where(handler => HttpMethods.IsPost(handler.HttpMethod)).Select(handler =>
                {
                    var named = handler.Name is { } name ? $"{route}?handler={name}" : route;
                    return new ProductEndpoint($"{handler.HttpMethod.ToUpperInvariant()} {named}", named, handler.HttpMethod.ToUpperInvariant(), IsPage: true);
                }));
                continue;
            }

            var methods = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [];
            if (methods.Count == 0 || HttpMethods.IsOptions(methods[0]))
            {
                methods = [route.EndsWith("/negotiate", StringComparison.Ordinal) ? HttpMethods.Post : HttpMethods.Get];
            }

            found.AddRange(methods.Where(method => !HttpMethods.IsHead(method)).Select(method => new ProductEndpoint($"{method} {route}", route, method, IsPage: false)));
        }

        return [.. found.DistinctBy(endpoint => endpoint.Name).OrderBy(endpoint => endpoint.Name, StringComparer.Ordinal)];
    }
}

/// <param name="Name">As the table names it.</param>
/// <param name="Route">With its parameters, and the handler of a page.</param>
/// <param name="Method">Upper case.</param>
/// <param name="IsPage">False: API, feed, file or hub.</param>
internal sealed record ProductEndpoint(string Name, string Route, string Method, bool IsPage)
{
    public bool IsRead => HttpMethods.IsGet(Method);
}
