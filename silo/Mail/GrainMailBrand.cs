using Slotwright.Accounts;
using Slotwright.Schedules;
using Slotwright.Tenancy;

namespace Slotwright.Mail;

/// <summary>Asks the grains, as the platform itself.</summary>
internal sealed class GrainMailBrand(IGrainFactory grains) : IMailBrand
{
    public async Task<AccountFace?> Account(int accountId)
    {
        Caller.FromSystem();
        var face = await grains.Account(accountId).Face();
        if (face is not { ResellerId: { } resellerId, Support: null })
        {
            return face;
        }

        var settings = await grains.Reseller(resellerId).Settings();
        return face with { Support = settings?.Support };
    }

    public Task<ScheduleFace?> Schedule(int accountId, int scheduleId)
    {
        Caller.FromSystem();
        return grains.Schedule(accountId, scheduleId).Face();
    }
}
