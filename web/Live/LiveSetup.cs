using System.Text.Json.Serialization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;
using Slotwright.Limits;
using Slotwright.Tenancy;

namespace Slotwright.Live;

public static class LiveRegistration
{
    /// <summary>Where open pages listen.</summary>
    public const string Path = "/live";

    public static IServiceCollection AddFreeTimes(this IServiceCollection services)
    {
        services.AddSingleton<FreeTimesCache>();
        services.AddSingleton<AgendaFeed>();
        services.AddHostedService(provider => provider.GetRequiredService<AgendaFeed>());
        services.AddSingleton<LiveTimes>();
        services.AddHostedService(provider => provider.GetRequiredService<LiveTimes>());
        services.AddSingleton<LiveDoor>();
        services.AddSingleton<StaffFeed>();
        services.AddHostedService(provider => provider.GetRequiredService<StaffFeed>());
        services.AddSingleton<DashboardFeed>();
        services.AddHostedService(provider => provider.GetRequiredService<DashboardFeed>());
        services.AddSignalR(hub =>
        {
            hub.MaximumReceiveMessageSize = 2 * 1_024;
            hub.MaximumParallelInvocationsPerClient = 1;
        }).AddJsonProtocol(json => json.PayloadSerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull);
        return services;
    }

    /// <summary>WebSockets alone: one connection, to whichever node, with no state that another node would have to know.</summary>
    public static void MapLive(this WebApplication app)
    {
        app.UseWhen(context => context.Request.Path.StartsWithSegments(Path), live => live.Use((context, next) => context.RequestServices.GetRequiredService<LiveDoor>().Enter(context, next)));
        app.MapHub<TimesHub>(Path, Narrow).DisableRateLimiting();
        app.MapHub<StaffHub>(StaffHub.Path, Narrow).DisableRateLimiting();
        app.MapHub<DashboardHub>(DashboardHub.Path, Narrow).DisableRateLimiting();
    }

    private static void Narrow(HttpConnectionDispatcherOptions connection)
    {
        connection.Transports = HttpTransportType.WebSockets;
        connection.ApplicationMaxBufferSize = 8 * 1_024;

        // A page that does not read holds no more than this, and for no longer than this.
        connection.TransportMaxBufferSize = 32 * 1_024;
        connection.TransportSendTimeout = TimeSpan.FromSeconds(5);
        connection.WebSockets.CloseTimeout = TimeSpan.FromSeconds(2);
    }
}

internal static class LiveHosts
{
    /// <summary>The connection was opened on the platform's host or on this account's own.</summary>
    public static bool IsOn(this HubCallerContext caller, int accountId) => caller.GetHttpContext()?.Site().Account is not { } own || own.Id == accountId;
}

/// <summary>Who may listen: pages of this host only, and so many at a time.</summary>
internal sealed class LiveDoor : IDisposable
{
    private readonly PartitionedRateLimiter<HttpContext> open;

    private readonly Hosts hosts;

    public LiveDoor(IOptions<RateLimitOptions> options, Hosts hosts)
    {
        this.hosts = hosts;
        var limits = options.Value;
        open = limits.Enabled
            ? PartitionedRateLimiter.CreateChained(AtOnce(limits.LiveConnectionsPerAddress, Addresses.Of), AtOnce(limits.LiveConnections, _ => ""))
            : PartitionedRateLimiter.Create<HttpContext, string>(_ => RateLimitPartition.GetNoLimiter(""));
    }

    /// <summary>404 on a host that is nobody's, 403 for another site's page, 429 for one too many; else goes on, for as long as the connection stands.</summary>
    public async Task Enter(HttpContext context, Func<Task> next)
    {
        var site = await hosts.Of(context.Request);
        if (site.Kind == SiteKind.Nobodys)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        context.Features.Set(site);
        if (!IsOwnPage(context.Request))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        using var place = open.AttemptAcquire(context);
        if (!place.IsAcquired)
        {
            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            context.Response.Headers.RetryAfter = "30";
            return;
        }

        await next();
    }

    public void Dispose() => open.Dispose();

    // Browsers always say from which site a connection is opened; programs do not, and carry nobody's cookies.
    private static bool IsOwnPage(HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();
        return origin.Length == 0
            || (Uri.TryCreate(origin, UriKind.Absolute, out var page) && string.Equals(page.Authority, Authority(request), StringComparison.OrdinalIgnoreCase));
    }

    private static string Authority(HttpRequest request) =>
        Uri.TryCreate($"{request.Scheme}://{request.Host.Value}", UriKind.Absolute, out var own) ? own.Authority : "";

    private static PartitionedRateLimiter<HttpContext> AtOnce(int most, Func<HttpContext, string> who) =>
        PartitionedRateLimiter.Create<HttpContext, string>(context => RateLimitPartition.GetConcurrencyLimiter(who(context), _ => new ConcurrencyLimiterOptions { PermitLimit = most, QueueLimit = 0 }));
}
