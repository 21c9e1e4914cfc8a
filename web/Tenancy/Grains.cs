using Slotwright.Accounts;
using Slotwright.Platform;
using Slotwright.Resellers;
using Slotwright.Schedules;
using Slotwright.Team;

namespace Slotwright.Tenancy;

/// <summary>
/// The only way from web to the grains: every call carries who calls and for which tenant, so that the filter on the other side
/// can refuse what does not belong together. Make the call on the grain at once: <c>await grains.Schedule(a, s).Book(…)</c>.
/// </summary>
public sealed class Grains(IGrainFactory factory)
{
    public IScheduleGrain Schedule(int accountId, int scheduleId)
    {
        Caller.FromWeb(accountId);
        return factory.Schedule(accountId, scheduleId);
    }

    public IAccountGrain Account(int accountId)
    {
        Caller.FromWeb(accountId);
        return factory.Account(accountId);
    }

    public IResellerGrain Reseller(int resellerId)
    {
        Caller.FromWeb(resellerId);
        return factory.Reseller(resellerId);
    }

    public IDirectoryGrain Directory
    {
        get
        {
            Caller.FromWeb(null);
            return factory.Directory();
        }
    }

    public IPersonGrain Person(int personId)
    {
        Caller.FromWeb(null);
        return factory.Person(personId);
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
}
