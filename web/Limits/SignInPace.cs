using System.Collections.Concurrent;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Slotwright.Limits;

/// <summary>
/// How often one address may try one login, and how long a login that many addresses try lets each of them wait. The login stands in the form, so
/// the sign-in page asks here once it has read it; the limit per address alone has been judged before. Nobody is ever locked out: an owner under
/// attack enters, a few seconds later.
/// </summary>
public sealed class SignInPace : IDisposable
{
    private const int FreeFailures = 10;
    private const int MostEntries = 20_000;

    private static readonly Duration Memory = Duration.FromMinutes(15);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(4);

    private readonly bool isEnabled;
    private readonly IClock clock;
    private readonly TimeProvider time;
    private readonly PartitionedRateLimiter<string> attempts;
    private readonly ConcurrentDictionary<string, (int Failures, Instant At)> failures = new();

    public SignInPace(IOptions<RateLimitOptions> options, IClock clock, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        var limits = options.Value;
        isEnabled = limits.Enabled;
        (this.clock, this.time) = (clock, time);
        attempts = PartitionedRateLimiter.Create<string, string>(who => RateLimitPartition.GetFixedWindowLimiter(who, _ => RequestLimits.Minute(limits.SignInsPerAccountAndMinute)));
    }

    /// <summary>Counts one attempt and delays it softly; an answer: too many from this address, and how long to wait. The password is not looked at then.</summary>
    /// <param name="context">Tells the address.</param>
    /// <param name="login">E-mail or account name as typed, or what else stands for a login.</param>
    public async Task<TimeSpan?> Refuses(HttpContext context, string login)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(login);
        if (!isEnabled)
        {
            return null;
        }

        using var lease = attempts.AttemptAcquire($"{Addresses.Of(context)} {Key(login)}");
        if (!lease.IsAcquired)
        {
            return lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(1);
        }

        if (DelayOf(login) is var delay && delay > TimeSpan.Zero)
        {
            await Task.Delay(delay, time, context.RequestAborted);
        }

        return null;
    }

    /// <summary>Known logins and others are counted alike.</summary>
    public void Failed(string login)
    {
        if (failures.Count >= MostEntries)
        {
            failures.Clear();
        }

        var now = clock.GetCurrentInstant();
        failures.AddOrUpdate(Key(login), (1, now), (_, known) => (now - known.At < Memory ? known.Failures + 1 : 1, now));
    }

    public void Succeeded(string login) => failures.TryRemove(Key(login), out _);

    public void Dispose() => attempts.Dispose();

    /// <summary>Nothing for the first ten failures of a quarter of an hour, then a quarter of a second more for each, to four seconds.</summary>
    internal TimeSpan DelayOf(string login) =>
        failures.TryGetValue(Key(login), out var known) && known.Failures > FreeFailures && clock.GetCurrentInstant() - known.At < Memory
            ? TimeSpan.FromTicks(Math.Min(LongestDelay.Ticks, TimeSpan.FromMilliseconds(250).Ticks * (known.Failures - FreeFailures)))
            : TimeSpan.Zero;

    private static string Key(string login) => login.Length <= 254 ? Names.Fold(login) : "";
}
