using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodaTime;
using NodaTime.Testing;
using Slotwright.Accounts;
using Slotwright.Composition;
using Slotwright.Demo;
using Slotwright.Schedules;
using Slotwright.Tenancy;

namespace Slotwright;

/// <summary>
/// The whole product in this process: real web server on a free loopback port, real silo, real SQLite file in a temporary folder,
/// the demo world, and a clock that stands still until told.
/// </summary>
public sealed class Product : IAsyncDisposable
{
    /// <summary>A Tuesday morning in winter: 9 o'clock in Paris.</summary>
    public static readonly Instant Morning = Instant.FromUtc(2027, 1, 12, 8, 0);

    private readonly WebApplication app;
    private readonly DirectoryInfo folder;

    private Product(WebApplication app, DirectoryInfo folder, FakeClock clock)
    {
        this.app = app;
        this.folder = folder;
        Clock = clock;
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        Http = NewVisitor();
    }

    public FakeClock Clock { get; }

    public Uri Address { get; }

    /// <summary>A visitor without redirects followed and with cookies kept.</summary>
    public HttpClient Http { get; }

    public string Folder => folder.FullName;

    public IServiceProvider Services => app.Services;

    /// <summary>The grains as the platform's own services call them, unless the test says who calls.</summary>
    public IGrainFactory Grains => app.Services.GetRequiredService<IGrainFactory>();

    public static async Task<Product> Start(Action<WebApplicationBuilder>? configure = null, params string[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("product-");
        var clock = new FakeClock(Morning);
        var app = WebProgram.Build(
            [
                "--environment=Development", "--urls=http://127.0.0.1:0", $"--Storage:Directory={folder.FullName}",
                "--RateLimits:Enabled=false", "--Logging:LogLevel:Default=Warning", .. settings,
            ],
            builder =>
            {
                builder.Services.AddSingleton<IClock>(clock);
                builder.Services.AddSingleton<IOutgoingGrainCallFilter, UnsignedCalls>();
                builder.Services.Remove(builder.Services.Single(service => service.ImplementationType == typeof(Announcement)));
                builder.Services.Remove(builder.Services.Single(service => service.ImplementationType == typeof(FirstOperator)));
                builder.Logging.ClearProviders();
                configure?.Invoke(builder);
            });
        await app.StartAsync();
        await app.Services.GetRequiredService<DemoSeeded>().Completion;
        return new Product(app, folder, clock);
    }

    public HttpClient NewVisitor() => new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = Address };

    /// <summary>A client of the API with a demo account's key.</summary>
    public HttpClient NewApiClient(string account)
    {
        var client = NewVisitor();
        client.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{account}:demo-{account}-key")));
        return client;
    }

    /// <summary>Account and schedule of the demo world by name.</summary>
    public async Task<(int AccountId, int ScheduleId)> Find(string account, string schedule)
    {
        var reference = await Grains.Directory().AccountByName(account);
        var listing = (await Grains.Account(reference!.AccountId).Schedules()).Single(listing => listing.Name == schedule);
        return (reference.AccountId, listing.Id);
    }

    public async Task<IScheduleGrain> Schedule(string account, string schedule)
    {
        var (accountId, scheduleId) = await Find(account, schedule);
        return Grains.Schedule(accountId, scheduleId);
    }

    public async Task<IAccountGrain> Account(string name) => Grains.Account((await Grains.Directory().AccountByName(name))!.AccountId);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
        folder.Delete(recursive: true);
    }

    /// <summary>A test that does not say who calls, calls as the platform.</summary>
    private sealed class UnsignedCalls : IOutgoingGrainCallFilter
    {
        public Task Invoke(IOutgoingGrainCallContext context)
        {
            if (RequestContext.Get(Caller.OriginKey) is null)
            {
                Caller.FromSystem();
            }

            return context.Invoke();
        }
    }
}
