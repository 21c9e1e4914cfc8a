using Orleans.Concurrency;
using Slotwright.Tenancy;

namespace Slotwright.Resellers;

/// <summary>What silos tell a reseller's dashboard once it is committed. Key: as <see cref="IDashboardGrain"/>.</summary>
[SystemGrain, Alias("slotwright.dashboard-news")]
public interface IDashboardNews : IGrainWithStringKey
{
    /// <summary>Best effort: what is not heard of is noticed by the agendas' versions. Whether an account is a client is judged by its row again.</summary>
    [OneWay, Alias("happened")]
    Task Happened(IReadOnlyList<ClientEvent> events, IReadOnlyList<int> accounts);
}

/// <summary>Is told of each change to an agenda that was just committed, and must not hold it up.</summary>
public interface ICommitNews
{
    void Tell(Appointments.AgendaWrite write);
}
