namespace Slotwright.Pages.Resellers;

/// <summary>Which addresses this product answers, so that a page offers none that leads nowhere.</summary>
public sealed class OpenDoors(EndpointDataSource endpoints)
{
    private readonly Lazy<HashSet<string>> patterns = new(() =>
        endpoints.Endpoints.OfType<RouteEndpoint>().Select(endpoint => endpoint.RoutePattern.RawText?.Trim('/') ?? "").ToHashSet(StringComparer.OrdinalIgnoreCase));

    /// <summary>By the page's path below the reseller dashboard, as in <c>Links.Reseller</c>: <c>export.csv</c>.</summary>
    public bool Has(string page) => patterns.Value.Contains($"reseller/{{account}}/{page}");
}
