using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Slotwright.Api.Document;

namespace Slotwright.Api;

public sealed class ApiDocumentTests
{
    [Fact]
    public async Task The_description_is_the_checked_in_one()
    {
        await using var host = await ApiHost.Start();
        var served = await host.Get("/openapi/v1.json");
        var path = Path.Combine(Path.GetDirectoryName(Here())!, "../../../docs/openapi.json");
        var present = Pretty(served.Body);
        if (Environment.GetEnvironmentVariable("ACCEPT_OPENAPI") == "1")
        {
            await File.WriteAllTextAsync(path, present, TestContext.Current.CancellationToken);
        }

        var stored = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);

        Assert.True(stored == present, $"docs/openapi.json is not what is served. Run this test with ACCEPT_OPENAPI=1 and look at the difference.\n{FirstDifference(stored, present)}");
    }

    [Fact]
    public async Task The_description_is_openapi_3_1_and_names_no_platform()
    {
        await using var host = await ApiHost.Start();

        var body = (await host.Get("/openapi/v1.json")).Body;

        Assert.StartsWith("3.1", JsonNode.Parse(body)!["openapi"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal("Booking API", JsonNode.Parse(body)!["info"]!["title"]!.GetValue<string>());
        Assert.DoesNotContain("slotwright", body, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("supersaas", body, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Every_route_is_described_and_every_description_has_a_route()
    {
        await using var host = await ApiHost.Start();
        var routes = host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText!.StartsWith("/api/", StringComparison.Ordinal))
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(method => $"{method} {Bare(endpoint.RoutePattern.RawText!)}"))
            .Where(route => !route.StartsWith("HEAD", StringComparison.Ordinal))
            .Distinct().Order();
        var described = ApiCalls.All.Select(call => $"{call.Method.Method} {Bare(call.Path)}").Distinct().Order();

        Assert.Equal(described, routes);
    }

    private static string Bare(string path) => path.Replace(".json", "", StringComparison.Ordinal).Replace(".xml", "", StringComparison.Ordinal).Replace("{owner}", "{account}", StringComparison.Ordinal);

    private static string Pretty(string json) =>
        JsonNode.Parse(json)!.ToJsonString(new JsonSerializerOptions { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }).ReplaceLineEndings("\n") + "\n";

    private static string FirstDifference(string stored, string present)
    {
        var (before, after) = (stored.Split('\n'), present.Split('\n'));
        var at = before.Zip(after).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"line {at + 1}\n- {string.Join("\n- ", before.Skip(at).Take(5))}\n+ {string.Join("\n+ ", after.Skip(at).Take(5))}";
    }

    private static string Here([CallerFilePath] string path = "") => path;
}
