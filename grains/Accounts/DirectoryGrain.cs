using Orleans.Concurrency;
using Slotwright.Schedules;
using Slotwright.Team;

namespace Slotwright.Accounts;

/// <summary>Looks names up in the rows; keeps nothing.</summary>
[StatelessWorker, Reentrant, GrainType("directory")]
public sealed class DirectoryGrain(IAccountStore accounts, IPersonStore persons, IFeedStore feeds) : Grain, IDirectoryGrain
{
    public Task<AccountReference?> AccountByName(string name) => accounts.FindByName(Names.Fold(name));

    public Task<AccountReference?> AccountByKeyHash(string sha256) => accounts.FindByKeyHash(sha256);

    public Task<AccountReference?> AccountOfSchedule(int scheduleId) => accounts.FindBySchedule(scheduleId);

    public Task<AccountReference?> AccountByHost(string host) => accounts.FindByHost(host);

    public Task<FeedReference?> FeedByTokenHash(string sha256) => feeds.Find(sha256);

    public Task<int?> PersonByLogin(string login) =>
        login.Contains('@', StringComparison.Ordinal) ? persons.FindByEmail(Names.FoldEmail(login)) : persons.FindOwner(Names.Fold(login));
}
