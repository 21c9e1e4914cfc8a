using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace Slotwright.Limits;

/// <summary>
/// How many accounts one address may open, and how many may be opened for one e-mail or handed over to it, whoever asks: each takes a name away
/// or sends a mail. Asked only once a form is known to be one that can be used.
/// </summary>
public sealed class SignUpPace : IDisposable
{
    private readonly bool isEnabled;
    private readonly PartitionedRateLimiter<string> addresses;
    private readonly PartitionedRateLimiter<string> emails;

    public SignUpPace(IOptions<RateLimitOptions> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var limits = options.Value;
        isEnabled = limits.Enabled;
        addresses = PerHour(limits.SignUpsPerAddressAndHour);
        emails = PerHour(limits.SignUpsPerEmailAndHour);
    }

    /// <summary>Takes one sign-up of the allowance of who asks; an answer: none is left, and how long to wait.</summary>
    public TimeSpan? Refuses(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return isEnabled ? Refuses(addresses, Addresses.Of(context)) : null;
    }

    /// <summary>Takes one mail of the allowance of its reader, whoever asks, for an account of their own or a client's; as <see cref="Refuses(HttpContext)"/>.</summary>
    public TimeSpan? Refuses(string email)
    {
        ArgumentNullException.ThrowIfNull(email);
        return isEnabled ? Refuses(emails, Names.FoldEmail(email)) : null;
    }

    public void Dispose()
    {
        addresses.Dispose();
        emails.Dispose();
    }

    private static TimeSpan? Refuses(PartitionedRateLimiter<string> limiter, string who)
    {
        using var lease = limiter.AttemptAcquire(who);
        return lease.IsAcquired ? null : lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(1);
    }

    private static PartitionedRateLimiter<string> PerHour(int permits) =>
        PartitionedRateLimiter.Create<string, string>(who => RateLimitPartition.GetFixedWindowLimiter(who, _ => new FixedWindowRateLimiterOptions
        {
            PermitLimit = permits,
            Window = TimeSpan.FromHours(1),
            AutoReplenishment = true,
            QueueLimit = 0,
        }));
}
