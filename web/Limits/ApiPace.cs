using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using Slotwright.Api;

namespace Slotwright.Limits;

/// <summary>
/// How fast one key may call the API, and how often one address may come with wrong credentials. Judged after the key is known, so that it counts
/// whichever way the key was sent and strangers take nothing from its owner.
/// </summary>
internal sealed class ApiPace : IDisposable
{
    private readonly bool isEnabled;
    private readonly PartitionedRateLimiter<int> keys;
    private readonly PartitionedRateLimiter<string> strangers;

    public ApiPace(IOptions<RateLimitOptions> options)
    {
        var limits = options.Value;
        isEnabled = limits.Enabled;
        keys = PartitionedRateLimiter.Create<int, int>(account => RateLimitPartition.GetTokenBucketLimiter(account, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = limits.ApiBurstPerKey,
            TokensPerPeriod = limits.ApiCallsPerKeyAndSecond,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            AutoReplenishment = true,
            QueueLimit = 0,
        }));
        strangers = PartitionedRateLimiter.Create<string, string>(address => RateLimitPartition.GetFixedWindowLimiter(address, _ => new FixedWindowRateLimiterOptions
        {
            PermitLimit = limits.ApiStrangersPerAddressAndMinute,
            Window = TimeSpan.FromMinutes(1),
            AutoReplenishment = true,
            QueueLimit = 0,
        }));
    }

    /// <summary>Takes one call of the key's allowance; an error when there is none left.</summary>
    public ApiError? Refuses(int accountId)
    {
        if (!isEnabled)
        {
            return null;
        }

        using var lease = keys.AttemptAcquire(accountId);
        return lease.IsAcquired ? null : TooMany(lease);
    }

    /// <summary>An error when the address came too often with wrong credentials; takes nothing.</summary>
    public ApiError? RefusesStrangers(HttpContext context)
    {
        if (!isEnabled)
        {
            return null;
        }

        using var lease = strangers.AttemptAcquire(Addresses.Of(context), 0);
        return lease.IsAcquired ? null : TooMany(lease);
    }

    public void CountStranger(HttpContext context)
    {
        if (isEnabled)
        {
            strangers.AttemptAcquire(Addresses.Of(context)).Dispose();
        }
    }

    public void Dispose()
    {
        keys.Dispose();
        strangers.Dispose();
    }

    private static ApiError TooMany(RateLimitLease lease)
    {
        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? Math.Max(1, (int)Math.Ceiling(after.TotalSeconds)) : 1;
        return ApiError.Problem(StatusCodes.Status429TooManyRequests, string.Create(CultureInfo.InvariantCulture, $"Too many requests; wait {wait} s")) with { RetryAfter = wait };
    }
}
