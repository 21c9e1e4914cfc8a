using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Slotwright.Processes;

namespace Slotwright.Load;

/// <summary>What the web server alone can do, in a process of its own: parse the same JSON and answer 201, or hand out fixed bytes or a page of constants.</summary>
internal sealed class EchoServer : IAsyncDisposable
{
    private readonly Process process;

    private EchoServer(Process process, Uri address)
    {
        this.process = process;
        Address = address;
    }

    public Uri Address { get; }

    /// <summary>The child's own main: <c>echo PORT</c>.</summary>
    public static async Task Serve(int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));

        // The product's own pages are referenced too, and none of them is served here.
        builder.Services.AddRazorPages(pages => pages.RootDirectory = "/Twin").ConfigureApplicationPartManager(parts =>
        {
            foreach (var part in parts.ApplicationParts.Where(part => part.Name == "Slotwright.Web").ToList())
            {
                parts.ApplicationParts.Remove(part);
            }
        });
        var app = builder.Build();
        app.MapRazorPages();
        var location = new PathString("/api/bookings/1.json").Value;
        app.MapPost("/echo", async (HttpContext http) =>
        {
            using var parsed = await JsonDocument.ParseAsync(http.Request.Body);
            _ = parsed.RootElement.GetProperty("booking").GetProperty("start").GetString();
            http.Response.StatusCode = StatusCodes.Status201Created;
            http.Response.Headers.Location = location;
            http.Response.ContentType = "application/json; charset=utf-8";
            http.Response.ContentLength = 0;
        });
        var fixedBytes = Array.Empty<byte>();
        app.MapGet("/static/{size:int}", (HttpContext http, int size) =>
        {
            if (fixedBytes.Length != size)
            {
                fixedBytes = Encoding.ASCII.GetBytes('"' + new string('x', Math.Max(0, size - 2)) + '"');
            }

            http.Response.ContentType = "application/json; charset=utf-8";
            http.Response.ContentLength = fixedBytes.Length;
            return http.Response.Body.WriteAsync(fixedBytes).AsTask();
        });
        await app.RunAsync();
    }

    public static async Task<EchoServer> Start()
    {
        var port = ProductProcess.FreePort();
        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
        var process = Process.Start(new ProcessStartInfo("dotnet", [typeof(EchoServer).Assembly.Location, "echo", port.ToString(CultureInfo.InvariantCulture)]))!;
        using var http = new HttpClient { BaseAddress = address };
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri("/static/10", UriKind.Relative));
                return new EchoServer(process, address);
            }
            catch (HttpRequestException) when (attempt < 200)
            {
                await Task.Delay(50);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
