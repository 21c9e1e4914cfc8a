using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace Slotwright.Limits;

/// <summary>
/// How often one address may try one login. The login stands in the form, so the sign-in page asks here once it has read it; the limit per address
/// alone has been judged before.
/// </summary>
public sealed class SignInPace : IDisposable
{
    private readonly bool isEnabled;
    private readonly PartitionedRateLimiter<string> attempts;

    public SignInPace(IOptions<RateLimitOptions> options)
    {
        var limits = options.Value;
        isEnabled = limits.Enabled;
        attempts = PartitionedRateLimiter.Create<string, string>(who => RateLimitPartition.GetFixedWindowLimiter(who, _ => RequestLimits.Minute(limits.SignInsPerAccountAndMinute)));
    }

    /// <summary>Counts one attempt; false: too many, the page answers 429 without looking at the password.</summary>
    /// <param name="context">Tells the address.</param>
    /// <param name="login">E-mail or account name as typed.</param>
    /// <param name="retryAfter">When false: how long to wait.</param>
    public bool Allows(HttpContext context, string login, out TimeSpan retryAfter)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(login);
        retryAfter = TimeSpan.Zero;
        if (!isEnabled)
        {
            return true;
        }

        var who = login.Length <= 254 ? Names.Fold(login) : "";
        using var lease = attempts.AttemptAcquire($"{Addresses.Of(context)} {who}");
        if (!lease.IsAcquired)
        {
            retryAfter = lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(1);
        }

        return lease.IsAcquired;
    }

    public void Dispose() => attempts.Dispose();
}
