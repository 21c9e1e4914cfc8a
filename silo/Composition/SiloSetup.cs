using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using NodaTime;
using Orleans.Configuration;
using Slotwright.Billing;
using Slotwright.Demo;
using Slotwright.Live;
using Slotwright.Mail;
using Slotwright.Resellers;
using Slotwright.Storage;
using Slotwright.Storage.Upkeep;
using Slotwright.Team;
using Slotwright.Tenancy;
using Slotwright.WhiteLabel;

namespace Slotwright.Composition;

/// <summary>Puts a silo together: database, grains, mail, and on request the demo world.</summary>
public static class SiloSetup
{
    public static void AddSlotwrightSilo(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddSlotwrightData();
        builder.Services.AddSettings<SiloOptions>(builder.Configuration, SiloOptions.Section);
        builder.Services.AddSettings<DemoOptions>(builder.Configuration, DemoOptions.Section).Validate(
            demo => !(builder.Environment.IsProduction() && demo.IsOn(builder.Environment)),
            "Demo:Enabled is refused in Production: its passwords and keys are printed in the README.");
        builder.Services.AddMail(builder.Configuration);
        builder.Services.AddWhiteLabel(builder.Environment);
        builder.Services.AddBilling();
        builder.Services.AddSingleton<Passwords>();
        builder.Services.AddSingleton<LetterDesk>();
        builder.Services.AddSingleton<Pausing>();
        builder.Services.AddSingleton<TemplateKeeping>();
        builder.Services.AddSingleton<Merging>();
        builder.Services.AddSingleton<CommitNews>();
        builder.Services.AddSingleton<ICommitNews>(provider => provider.GetRequiredService<CommitNews>());
        builder.Services.AddHostedService(provider => provider.GetRequiredService<CommitNews>());
        builder.Services.AddSingleton<ClientDesk>();
        builder.UseOrleans(silo => silo.AddSlotwright(builder.Configuration));
        builder.Services.AddSingleton<DemoSeeded>();
        builder.Services.AddHostedService<DemoWorld>();
        builder.Services.AddHostedService<FirstOperator>();
        builder.Services.AddHostedService<ZoneDataWatch>();
    }

    /// <summary>What the commands need too: clock, database, secrets and the settings they read.</summary>
    public static void AddSlotwrightData(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddSingleton<IClock>(SystemClockSource.Instance);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddPlatform(builder.Configuration, builder.Environment);
        builder.Services.AddStorage(builder.Configuration);
        builder.Services.AddStatements(builder.Configuration);

        // Where mail is sent, AddMail puts the dispatcher's own in its place.
        builder.Services.AddSingleton<IDispatcherSignal, NobodyToWake>();
        builder.Services.AddSingleton<IAfterRestore, HeldAfterRestore>();
        builder.Services.AddSingleton<HeldMails>();
    }

    private static void AddSlotwright(this ISiloBuilder silo, IConfiguration configuration)
    {
        var options = Settings.Read<SiloOptions>(configuration, SiloOptions.Section);
        var cluster = Settings.Read<ClusterSettings>(configuration, ClusterSettings.Section);
        if (configuration.GetValue("Storage:Provider", Dialect.Sqlite) == Dialect.Sqlite)
        {
            var (port, gatewayPort) = FreePorts(options);
            silo.UseLocalhostClustering(port, gatewayPort, primarySiloEndpoint: null, ClusterSettings.ServiceId, cluster.Id);
        }
        else
        {
            silo.Configure<ClusterOptions>(orleans =>
            {
                orleans.ClusterId = cluster.Id;
                orleans.ServiceId = ClusterSettings.ServiceId;
            });
            silo.UseAdoNetClustering(clustering =>
            {
                clustering.Invariant = "Npgsql";
                clustering.ConnectionString = configuration.GetConnectionString("Slotwright");
            });
            silo.Configure<EndpointOptions>(endpoint =>
            {
                endpoint.AdvertisedIPAddress = IPAddress.Parse(options.Address);
                endpoint.SiloPort = options.Port == 0 ? EndpointOptions.DEFAULT_SILO_PORT : options.Port;
                endpoint.GatewayPort = options.GatewayPort == 0 ? EndpointOptions.DEFAULT_GATEWAY_PORT : options.GatewayPort;
                endpoint.SiloListeningEndpoint = new IPEndPoint(endpoint.AdvertisedIPAddress, endpoint.SiloPort);
                endpoint.GatewayListeningEndpoint = new IPEndPoint(endpoint.AdvertisedIPAddress, endpoint.GatewayPort);
            });
            silo.Configure<ClusterMembershipOptions>(membership =>
            {
                // A dead silo is noticed within some ten seconds: two probes of three seconds missed, two votes or all that there are.
                membership.ProbeTimeout = TimeSpan.FromSeconds(3);
                membership.NumMissedProbesLimit = 2;
            });
        }

        silo.AddDocumentStorage();
        silo.AddIncomingGrainCallFilter<TenantFilter>();
        silo.AddActivityPropagation();
        silo.Configure<GrainCollectionOptions>(collection => collection.CollectionAge = TimeSpan.FromMinutes(30));
    }

    private static (int Port, int GatewayPort) FreePorts(SiloOptions options)
    {
        // Both are held open until both are known, so that they differ.
        using var first = new TcpListener(IPAddress.Loopback, 0);
        using var second = new TcpListener(IPAddress.Loopback, 0);
        first.Start();
        second.Start();
        return (
            options.Port == 0 ? ((IPEndPoint)first.LocalEndpoint).Port : options.Port,
            options.GatewayPort == 0 ? ((IPEndPoint)second.LocalEndpoint).Port : options.GatewayPort);
    }
}
