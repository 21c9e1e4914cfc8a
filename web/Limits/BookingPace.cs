using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace Slotwright.Limits;

/// <summary>
/// How many bookings visitors may ask of one account in an hour. Asked only once a form is known to be one that can be booked: what is refused
/// before takes nothing from the account, or a stranger could shut it with empty posts.
/// </summary>
public sealed class BookingPace : IDisposable
{
    private readonly bool isEnabled;
    private readonly PartitionedRateLimiter<int> accounts;

    public BookingPace(IOptions<RateLimitOptions> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var limits = options.Value;
        isEnabled = limits.Enabled;
        accounts = PartitionedRateLimiter.Create<int, int>(account => RateLimitPartition.GetFixedWindowLimiter(account, _ => new FixedWindowRateLimiterOptions
        {
            PermitLimit = limits.PublicBookingsPerAccountAndHour,
            Window = TimeSpan.FromHours(1),
            AutoReplenishment = true,
            QueueLimit = 0,
        }));
    }

    /// <summary>Takes one booking of the account's allowance; an answer: none is left, and how long to wait.</summary>
    public TimeSpan? Refuses(int accountId)
    {
        if (!isEnabled)
        {
            return null;
        }

        using var lease = accounts.AttemptAcquire(accountId);
        return lease.IsAcquired ? null : lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(1);
    }

    public void Dispose() => accounts.Dispose();
}
