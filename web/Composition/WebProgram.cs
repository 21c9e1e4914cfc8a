using Microsoft.Extensions.DependencyInjection.Extensions;
using NodaTime;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Orleans.Configuration;
using Slotwright.Api;
using Slotwright.Live;
using Slotwright.Pages;
using Slotwright.Storage;
using Slotwright.Tenancy;

namespace Slotwright.Composition;

/// <summary>
/// Puts web together: by default with a silo in the same process, else as a client of silos elsewhere. The only folder of web that
/// knows the silo.
/// </summary>
public static class WebProgram
{
    public static Task<int> Run(string[] args) => Start.Guarded(async () =>
    {
        if (Commands.IsCommand(args))
        {
            return await Commands.Run(args, Console.Out);
        }

        await Build(args).Serve();
        return 0;
    });

    /// <summary>The whole product, not yet started. Tests replace parts by <paramref name="configure"/>, which sees all of them.</summary>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,

            // Started from another folder, the settings and assets are beside the program.
            ContentRootPath = File.Exists("appsettings.json") ? null : AppContext.BaseDirectory,
        });
        StorageDirectory.SetDefault(builder.Configuration, builder.Environment);
        if (File.Exists(Path.Combine(AppContext.BaseDirectory, "Slotwright.Web.staticwebassets.runtime.json")))
        {
            builder.WebHost.UseStaticWebAssets();
        }

        builder.Logging.Quieten();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(25));

        // The silo starts before web's own parts: the first of them reads the shared keys through a grain.
        if (builder.Configuration.GetValue("Silo:Embedded", true))
        {
            builder.AddSlotwrightSilo();
        }
        else
        {
            builder.AddSiloClient();
        }

        builder.AddWeb();

        builder.AddTelemetry()
            ?.WithTracing(tracing => tracing.AddAspNetCoreInstrumentation(TracedRequests.Configure))
            .WithMetrics(metrics => metrics.AddAspNetCoreInstrumentation());

        configure?.Invoke(builder);
        var app = builder.Build();
        app.UseWeb();
        return app;
    }

    private static void AddWeb(this WebApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton<IClock>(SystemClockSource.Instance);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddPlatform(builder.Configuration, builder.Environment);
        builder.Services.AddSingleton<Grains>();
        builder.Services.AddSingleton<Faces>();
        builder.Services.AddSharedKeys();
        builder.Services.AddApi(builder.Configuration);
        builder.Services.AddPages();
        builder.Services.AddHostedService<Announcement>();
        builder.Services.AddProxies();
        builder.Services.ReadKeysWhenNeeded();
    }

    private static void UseWeb(this WebApplication app)
    {
        app.UseProxies();
        app.MapApi();
        app.MapPages();
        app.MapLive();
        app.MapHealth();
    }

    private static void AddSiloClient(this WebApplicationBuilder builder)
    {
        var settings = builder.Configuration;
        if (settings.GetValue("Storage:Provider", Dialect.Sqlite) == Dialect.Sqlite)
        {
            throw new SettingsException("Silo:Embedded=false needs Storage:Provider=PostgreSql and ConnectionStrings:Slotwright, where the silos' addresses are found.");
        }

        if (string.IsNullOrWhiteSpace(settings.GetConnectionString("Slotwright")))
        {
            throw new SettingsException("Storage:Provider=PostgreSql needs ConnectionStrings:Slotwright.");
        }

        var cluster = settings.GetSection(ClusterSettings.Section).Get<ClusterSettings>() ?? new ClusterSettings();
        builder.UseOrleansClient(client =>
        {
            client.Configure<ClusterOptions>(orleans =>
            {
                orleans.ClusterId = cluster.Id;
                orleans.ServiceId = ClusterSettings.ServiceId;
            });
            client.UseAdoNetClustering(clustering =>
            {
                clustering.Invariant = "Npgsql";
                clustering.ConnectionString = settings.GetConnectionString("Slotwright");
            });
            client.AddActivityPropagation();

            // A silo that hangs breaks no connection: it leaves this list once the others have voted it dead.
            client.Configure<GatewayOptions>(gateways => gateways.GatewayListRefreshPeriod = TimeSpan.FromSeconds(5));

            // A silo that is still starting is waited for; the orchestrator's patience is the limit.
            client.UseConnectionRetryFilter(async (_, cancellation) =>
            {
                await Task.Delay(TimeSpan.FromSeconds(1), cancellation);
                return true;
            });
        });
    }
}
