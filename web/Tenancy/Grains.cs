using System.Collections.Concurrent;
using Slotwright.Accounts;
using Slotwright.Appointments;
using Slotwright.Billing;
using Slotwright.Customers;
using Slotwright.Platform;
using Slotwright.Resellers;
using Slotwright.Schedules;
using Slotwright.Team;
using Slotwright.WhiteLabel;

namespace Slotwright.Tenancy;

/// <summary>
/// The only way from web to the grains: every call carries who calls and for which tenant, so that the filter on the other side
/// can refuse what does not belong together. Make the call on the grain at once: <c>await grains.Schedule(a, s).Book(…)</c>.
/// </summary>
public sealed class Grains(IGrainFactory factory)
{
    // A reference is only an address, but making one reads its interface's attributes by reflection.
    private readonly References<(int, int), IScheduleGrain> schedules = new(factory);
    private readonly References<int, IAccountGrain> accounts = new(factory);

    /// <summary>
    /// Asks a schedule once more when its activation ended under the question: the next one answers. For reads. Name the grain within
    /// the call, which is made twice.
    /// </summary>
    public static async Task<T> Again<T>(Func<Task<T>> call)
    {
        ArgumentNullException.ThrowIfNull(call);
        try
        {
            return await call();
        }
        catch (StaleAgendaException)
        {
            return await call();
        }
    }

    /// <summary>As <see cref="Again{T}(Func{Task{T}})"/>, for a command that its key keeps from being done twice; one without a key is sent once.</summary>
    public static Task<T> Again<T>(RepeatKey? key, Func<Task<T>> call)
    {
        ArgumentNullException.ThrowIfNull(call);
        return key is null ? call() : Again(call);
    }

    public IScheduleGrain Schedule(int accountId, int scheduleId)
    {
        Caller.FromWeb(accountId);
        return schedules.Of((accountId, scheduleId), static (key, grains) => grains.Schedule(key.Item1, key.Item2));
    }

    public IAccountGrain Account(int accountId)
    {
        Caller.FromWeb(accountId);
        return accounts.Of(accountId, static (key, grains) => grains.Account(key));
    }

    public ICustomersGrain Customers(int accountId)
    {
        Caller.FromWeb(accountId);
        return factory.Customers(accountId);
    }

    public IResellerGrain Reseller(int resellerId)
    {
        Caller.FromWeb(resellerId);
        return factory.Reseller(resellerId);
    }

    public IWhiteLabelGrain WhiteLabel(int accountId)
    {
        Caller.FromWeb(accountId);
        return factory.WhiteLabel(accountId);
    }

    public IDashboardGrain Dashboard(int resellerId)
    {
        Caller.FromWeb(resellerId);
        return factory.Dashboard(resellerId);
    }

    public IBillingGrain Billing(int accountId)
    {
        Caller.FromWeb(accountId);
        return factory.Billing(accountId);
    }

    public IPaymentReportsGrain PaymentReports
    {
        get
        {
            Caller.FromWeb(null);
            return factory.PaymentReports();
        }
    }

    public IDirectoryGrain Directory
    {
        get
        {
            Caller.FromWeb(null);
            return factory.Directory();
        }
    }

    public IFrontDoorGrain FrontDoor
    {
        get
        {
            Caller.FromWeb(null);
            return factory.FrontDoor();
        }
    }

    public IPersonGrain Person(int personId)
    {
        Caller.FromWeb(null);
        return factory.Person(personId);
    }

    /// <summary>The operator's; each call shows a pass.</summary>
    public IPlatformGrain Platform
    {
        get
        {
            Caller.FromWeb(null);
            return factory.Platform();
        }
    }

    public IHealthGrain Health
    {
        get
        {
            Caller.FromWeb(null);
            return factory.Health();
        }
    }

    public IKeyRingGrain KeyRing
    {
        get
        {
            Caller.FromWeb(null);
            return factory.KeyRing();
        }
    }

    /// <summary>References that were made, forgotten together when there are many.</summary>
    private sealed class References<TKey, TGrain>(IGrainFactory factory)
        where TKey : notnull
    {
        private const int Most = 20_000;

        private readonly ConcurrentDictionary<TKey, TGrain> made = new();

        public TGrain Of(TKey key, Func<TKey, IGrainFactory, TGrain> make)
        {
            if (made.TryGetValue(key, out var reference))
            {
                return reference;
            }

            if (made.Count >= Most)
            {
                made.Clear();
            }

            return made[key] = make(key, factory);
        }
    }
}
