using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using Slotwright.Api;

namespace Slotwright.Limits;

/// <summary>What a web node refuses before it works: too much at once (503), too often (429), too large or too slow (413, 431, 408).</summary>
public static class RequestLimits
{
    private const int ReservedPart = 5;

    public static IServiceCollection AddRequestLimits(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<RateLimitOptions>()
            .Bind(configuration.GetSection(RateLimitOptions.Section))
            .ValidateDataAnnotations()
            .Validate(limits => limits.ApiBurstPerKey >= limits.ApiCallsPerKeyAndSecond, "RateLimits:ApiBurstPerKey must be at least RateLimits:ApiCallsPerKeyAndSecond.")
            .ValidateOnStart();
        services.AddSingleton<ApiPace>();
        services.AddSingleton<BookingPace>();
        services.AddSingleton<SignInPace>();
        services.AddSingleton<SignUpPace>();
        services.AddRateLimiter(_ => { });
        services.AddSingleton<IConfigureOptions<RateLimiterOptions>>(provider => new ConfigureOptions<RateLimiterOptions>(
            limiter => Configure(limiter, provider.GetRequiredService<IOptions<RateLimitOptions>>().Value)));
        services.Configure<KestrelServerOptions>(Configure);
        return services;
    }

    /// <summary>After routing and before the endpoints; what is exempt carries <c>DisableRateLimiting</c> (health, live connections).</summary>
    public static IApplicationBuilder UseRequestLimits(this IApplicationBuilder app) =>
        app.ApplicationServices.GetRequiredService<IOptions<RateLimitOptions>>().Value.Enabled ? app.UseRateLimiter() : app;

    private static void Configure(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        var limits = kestrel.Limits;
        limits.MaxRequestBodySize = ApiRoutes.LargestBody;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        limits.KeepAliveTimeout = TimeSpan.FromSeconds(75);
        limits.MaxRequestHeaderCount = 100;
        limits.MaxRequestHeadersTotalSize = 32 * 1_024;
        limits.MaxRequestLineSize = 8 * 1_024;
        limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 500, gracePeriod: TimeSpan.FromSeconds(5));
        limits.MinResponseDataRate = new MinDataRate(bytesPerSecond: 500, gracePeriod: TimeSpan.FromSeconds(10));
    }

    private static void Configure(RateLimiterOptions limiter, RateLimitOptions limits)
    {
        limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limiter.OnRejected = Rejected;
        limiter.GlobalLimiter = PartitionedRateLimiter.CreateChained(
            PerAddress(LimitClass.PublicBooking, limits.PublicBookingsPerAddressAndMinute, postsOnly: true),
            PerAddress(LimitClass.PublicRead, limits.PublicReadsPerAddressAndMinute, postsOnly: false),
            PerAddress(LimitClass.Feed, limits.FeedReadsPerAddressAndMinute, postsOnly: false),
            PerFeed(limits.FeedReadsPerFeedAndMinute),
            PerAddress(LimitClass.SignIn, limits.SignInsPerAddressAndMinute, postsOnly: true),
            AtOnce("all", limits.ConcurrentRequests, _ => true),
            AtOnce("others", limits.ConcurrentRequests - (limits.ConcurrentRequests / ReservedPart), context => !IsBooking(context)));
    }

    private static async ValueTask Rejected(OnRejectedContext rejected, CancellationToken cancellation)
    {
        // Only the limiters of rate say when to come back; the other kind is full for now.
        var isRate = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after);
        var wait = isRate ? Math.Max(1, (int)Math.Ceiling(after.TotalSeconds)) : 1;
        var context = rejected.HttpContext;
        var status = isRate ? StatusCodes.Status429TooManyRequests : StatusCodes.Status503ServiceUnavailable;
        if (ApiRoutes.IsApi(context))
        {
            await ApiAnswers.Refuse(context, AnswerFormat.Json, ApiError.Problem(status, isRate ? "Too many requests" : "Too many requests at once") with { RetryAfter = wait });
            return;
        }

        context.Response.StatusCode = status;
        context.Response.Headers.RetryAfter = wait.ToString(CultureInfo.InvariantCulture);
    }

    private static PartitionedRateLimiter<HttpContext> PerAddress(LimitClass limitClass, int perMinute, bool postsOnly) =>
        PartitionedRateLimiter.Create<HttpContext, string>(context => ClassOf(context) != limitClass || (postsOnly && !HttpMethods.IsPost(context.Request.Method))
            ? RateLimitPartition.GetNoLimiter("")
            : RateLimitPartition.GetFixedWindowLimiter(Addresses.Of(context), _ => Minute(perMinute)));

    private static PartitionedRateLimiter<HttpContext> PerFeed(int perMinute) =>
        PartitionedRateLimiter.Create<HttpContext, string>(context => ClassOf(context) == LimitClass.Feed && context.GetRouteValue("token") is string { Length: <= 100 } token
            ? RateLimitPartition.GetFixedWindowLimiter(token, _ => Minute(perMinute))
            : RateLimitPartition.GetNoLimiter(""));

    private static PartitionedRateLimiter<HttpContext> AtOnce(string name, int most, Func<HttpContext, bool> binds) =>
        PartitionedRateLimiter.Create<HttpContext, string>(context => binds(context)
            ? RateLimitPartition.GetConcurrencyLimiter(name, _ => new ConcurrencyLimiterOptions { PermitLimit = most, QueueLimit = 0 })
            : RateLimitPartition.GetNoLimiter(""));

    internal static FixedWindowRateLimiterOptions Minute(int permits) => new()
    {
        PermitLimit = permits,
        Window = TimeSpan.FromMinutes(1),
        AutoReplenishment = true,
        QueueLimit = 0,
    };

    private static bool IsBooking(HttpContext context) =>
        HttpMethods.IsPost(context.Request.Method) && ClassOf(context) is LimitClass.PublicBooking or LimitClass.ApiBooking;

    private static LimitClass ClassOf(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<LimitedAttribute>()?.Class ?? LimitClass.None;
}
