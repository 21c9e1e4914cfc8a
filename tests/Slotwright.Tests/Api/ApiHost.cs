using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using Slotwright.Limits;
using Slotwright.Live;
using Slotwright.Platform;
using Slotwright.Tenancy;

namespace Slotwright.Api;

/// <summary>The API on a test server in front of <see cref="ApiWorld"/>, wired as a host wires it.</summary>
internal sealed class ApiHost : IAsyncDisposable
{
    private readonly WebApplication app;

    private ApiHost(WebApplication app, ApiWorld world)
    {
        this.app = app;
        World = world;
    }

    public ApiWorld World { get; }

    public IServiceProvider Services => app.Services;

    public FreeTimesCache FreeTimes => Services.GetRequiredService<FreeTimesCache>();

    public string Address => app.Urls.First();

    public static async Task<ApiHost> Start(Dictionary<string, string?>? settings = null, bool onKestrel = false, Action<WebApplication>? more = null)
    {
        var world = new ApiWorld();
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["RateLimits:Enabled"] = "false" });
        builder.Configuration.AddInMemoryCollection(settings ?? []);
        builder.Logging.ClearProviders();
        if (onKestrel)
        {
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Services.AddSingleton(TimeProvider.System);
        }
        else
        {
            builder.WebHost.UseTestServer();
            builder.Services.AddSingleton<TimeProvider>(new FakeTimeProvider());
        }

        builder.Services.AddSingleton<IGrainFactory>(world);
        builder.Services.AddSingleton<IClock>(world.Clock);
        builder.Services.AddSingleton<Tenancy.Grains>();
        builder.Services.AddSingleton<Faces>();
        builder.Services.Configure<PlatformOptions>(platform => platform.BaseUrl = "https://book.harbour-yoga.example");
        builder.Services.AddApi(builder.Configuration);
        var app = builder.Build();
        app.MapApi();
        app.UseRouting();
        app.UseRequestLimits();
        more?.Invoke(app);
        await app.StartAsync();
        return new ApiHost(app, world);
    }

    /// <summary>A client with the credentials of the account Harbour, as the official clients send them.</summary>
    public HttpClient Client(string? account = "Harbour_Yoga", string key = ApiWorld.HarbourKey)
    {
        var client = app.GetTestClient();
        client.BaseAddress = new Uri("https://book.harbour-yoga.example");
        if (account is not null)
        {
            client.DefaultRequestHeaders.Authorization = Basic(account, key);
        }

        return client;
    }

    public static AuthenticationHeaderValue Basic(string account, string key) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{account}:{key}")));

    public Task<Reply> Get(string address, string? agent = null) => Send("GET", address, null, agent);

    public Task<Reply> Post(string address, string? body, string? agent = null) => Send("POST", address, body, agent);

    public async Task<Reply> Send(string method, string address, string? body, string? agent = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), address) { Content = body is null ? null : Json(body) };
        if (agent is not null)
        {
            request.Headers.TryAddWithoutValidation("User-Agent", agent);
        }

        return await Send(request);
    }

    public async Task<Reply> Send(HttpRequestMessage request, HttpClient? client = null)
    {
        var message = await (client ?? Client()).SendAsync(request, TestContext.Current.CancellationToken);
        return new Reply(message, await message.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    public static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    public async ValueTask DisposeAsync() => await app.DisposeAsync();
}

/// <summary>An answer read whole.</summary>
internal sealed record Reply(HttpResponseMessage Message, string Body)
{
    public int Status => (int)Message.StatusCode;

    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public string ErrorCode => Json.GetProperty("errors")[0].GetProperty("code").GetString()!;

    public string ErrorTitle => Json.GetProperty("errors")[0].GetProperty("title").GetString()!;

    public string? ContentType => Message.Content.Headers.ContentType?.ToString();

    public long? Length => Message.Content.Headers.ContentLength;

    public string? Header(string name) =>
        Message.Headers.TryGetValues(name, out var values) || Message.Content.Headers.TryGetValues(name, out values) ? string.Join(", ", values) : null;
}
