using Slotwright.Accounts;
using Slotwright.Appointments;
using Slotwright.Live;
using Slotwright.Resellers;
using Slotwright.Schedules;

namespace Slotwright.Api;

// What accounts and schedules are set up with is nothing to the API.
internal sealed partial class DirectoryTwin
{
    public Task<FeedReference?> FeedByTokenHash(string sha256) => throw new NotSupportedException();
}

internal sealed partial class AccountTwin
{
    public Task<string?> RenewApiKey() => throw new NotSupportedException();

    public Task<Outcome<AccountFace, RenameRefusal>> Rename(string name) => throw new NotSupportedException();

    public Task<Outcome<AccountFace, BrandRefusal>> ChangeBrand(BrandChange change) => throw new NotSupportedException();

    public Task<Outcome<AccountFace, BrandRefusal>> PutPicture(BrandPictureKind kind, BrandPicture picture) => throw new NotSupportedException();

    public Task<AccountFace> RemovePicture(BrandPictureKind kind) => throw new NotSupportedException();

    public Task<BrandPicture?> Picture(string name) => throw new NotSupportedException();

    public Task<AccountCounters?> Counters() => throw new NotSupportedException();

    public Task<AccessLog> AccessLog(int before) => throw new NotSupportedException();

    public Task RecordAttack(int personId, AuditedAct act) => throw new NotSupportedException();

    public Task<Outcome<AccountFace, Slotwright.Resellers.BecomeRefusal>> BecomeReseller(int personId) => throw new NotSupportedException();
}

internal sealed partial class ScheduleTwin
{
    Task<AgendaVersion?> IScheduleGrain.Version() => throw new NotSupportedException();

    public Task<Outcome<FreeTimes, ScheduleRefusal>> Preview(ScheduleDefinition next, FreeTimesQuery query) => throw new NotSupportedException();

    public Task<IReadOnlyList<CalendarFeed>> Feeds() => throw new NotSupportedException();

    public Task<Outcome<MadeFeed, FeedRefusal>> MakeFeed(string label) => throw new NotSupportedException();

    public Task<bool> RevokeFeed(string handle) => throw new NotSupportedException();
}
