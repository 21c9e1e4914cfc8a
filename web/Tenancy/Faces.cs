using System.Collections.Concurrent;
using NodaTime;
using Slotwright.Accounts;
using Slotwright.Schedules;

namespace Slotwright.Tenancy;

/// <summary>
/// What web knows of accounts and schedules, asked anew after <see cref="Lifetime"/>: a changed name, brand or key works
/// everywhere within that time. Bounded; what is over the bound is asked each time.
/// </summary>
public sealed class Faces(Grains grains, IClock clock)
{
    /// <summary>How old an answer may be.</summary>
    public static readonly Duration Lifetime = Duration.FromSeconds(2);

    /// <summary>
    /// How old the answer "nobody's" may be: what has just been made is found soon, and a flood of made-up names is still not asked one by one.
    /// </summary>
    public static readonly Duration LifetimeOfAbsence = Duration.FromMilliseconds(250);

    private const int MostEntries = 20_000;

    private readonly ConcurrentDictionary<string, Entry<AccountReference>> names = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, Entry<AccountReference>> keys = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Entry<AccountReference>> hosts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<int, Entry<AccountFace>> accounts = new();
    private readonly ConcurrentDictionary<int, Entry<IReadOnlyList<ScheduleListing>>> listings = new();
    private readonly ConcurrentDictionary<(int, int), Entry<ScheduleFace>> schedules = new();
    private readonly ConcurrentDictionary<string, Entry<FeedReference>> feeds = new(StringComparer.Ordinal);

    /// <summary>By name as it stands in a path, or a former name; null: nobody's.</summary>
    public Task<AccountReference?> AccountByName(string name) =>
        name.Length > 60 ? Task.FromResult<AccountReference?>(null) : Get(names, name, () => grains.Directory.AccountByName(name));

    /// <summary>By the SHA-256 of an API key, lower-case hex.</summary>
    public Task<AccountReference?> AccountByKeyHash(string sha256) => Get(keys, sha256, () => grains.Directory.AccountByKeyHash(sha256));

    /// <summary>By a host name of its own, in lower case; null: no account's.</summary>
    public Task<AccountReference?> AccountByHost(string host) => Get(hosts, host, () => grains.Directory.AccountByHost(host));

    public Task<AccountFace?> Account(int accountId) => Get(accounts, accountId, () => grains.Account(accountId).Face());

    /// <summary>The account's schedules in the order made.</summary>
    public async Task<IReadOnlyList<ScheduleListing>> Schedules(int accountId) =>
        await Get(listings, accountId, async () => (IReadOnlyList<ScheduleListing>?)await grains.Account(accountId).Schedules()) ?? [];

    public Task<ScheduleFace?> Schedule(int accountId, int scheduleId) =>
        Get(schedules, (accountId, scheduleId), () => Grains.Again(() => grains.Schedule(accountId, scheduleId).Face()));

    /// <summary>By name in a path: blank, underscore and hyphen count as one, case does not; a number is an id.</summary>
    public async Task<ScheduleFace?> ScheduleByName(int accountId, string name)
    {
        var folded = Names.Fold(name);
        var listing = (await Schedules(accountId)).FirstOrDefault(schedule => Names.Fold(schedule.Name) == folded);
        return listing is null ? null : await Schedule(accountId, listing.Id);
    }

    /// <summary>By the SHA-256 of a calendar feed's token, lower-case hex; null: there was never one.</summary>
    public Task<FeedReference?> Feed(string sha256) => Get(feeds, sha256, () => grains.Directory.FeedByTokenHash(sha256));

    /// <summary>Asks anew at once what this node's own pages have just changed.</summary>
    public void Forget(int accountId, string? name = null)
    {
        accounts.TryRemove(accountId, out _);
        listings.TryRemove(accountId, out _);
        if (name is not null)
        {
            names.TryRemove(name, out _);
        }
    }

    /// <summary>Many accounts changed at once: all are asked anew.</summary>
    public void ForgetAll() => accounts.Clear();

    /// <summary>As <see cref="Forget"/>, of a host name.</summary>
    public void ForgetHost(string host) => hosts.TryRemove(host, out _);

    /// <summary>As <see cref="Forget"/>, of one schedule's calendar feeds.</summary>
    public void ForgetFeeds(int scheduleId)
    {
        foreach (var (key, _) in feeds.Where(feed => feed.Value.Value?.ScheduleId == scheduleId))
        {
            feeds.TryRemove(key, out _);
        }
    }

    /// <summary>As <see cref="Forget"/>, of one schedule.</summary>
    public void ForgetSchedule(int accountId, int scheduleId)
    {
        listings.TryRemove(accountId, out _);
        schedules.TryRemove((accountId, scheduleId), out _);
    }

    private Task<T?> Get<TKey, T>(ConcurrentDictionary<TKey, Entry<T>> cache, TKey key, Func<Task<T?>> ask)
        where TKey : notnull
        where T : class
    {
        var now = clock.GetCurrentInstant();
        return cache.TryGetValue(key, out var entry) && now - entry.At < (entry.Value is null ? LifetimeOfAbsence : Lifetime) && now >= entry.At
            ? Task.FromResult(entry.Value)
            : Ask(cache, key, ask, now);
    }

    private static async Task<T?> Ask<TKey, T>(ConcurrentDictionary<TKey, Entry<T>> cache, TKey key, Func<Task<T?>> ask, Instant now)
        where TKey : notnull
        where T : class
    {
        var value = await ask();
        if (cache.Count >= MostEntries)
        {
            cache.Clear();
        }

        cache[key] = new Entry<T>(value, now);
        return value;
    }

    private sealed record Entry<T>(T? Value, Instant At)
        where T : class;
}
