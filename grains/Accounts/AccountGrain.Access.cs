using Microsoft.Extensions.DependencyInjection;
using Slotwright.Resellers;

namespace Slotwright.Accounts;

/// <summary>Who was in this account that is not of it.</summary>
public sealed partial class AccountGrain
{
    private IActingStore Acting => ServiceProvider.GetRequiredService<IActingStore>();

    public async Task<AccessLog> AccessLog(int before)
    {
        var log = (await Acting.Log(Id, null, before, clock.GetCurrentInstant()))!;
        var names = new Dictionary<int, string>();
        foreach (var reseller in log.Sessions.Select(session => session.ResellerId).Concat(log.Acts.Select(act => act.ResellerId ?? Id)).Where(other => other != Id).Distinct())
        {
            names[reseller] = (await GrainFactory.Reseller(reseller).Settings())?.Support.Name ?? "";
        }

        return DiscreetAccess.ToTheAccount(log, names);
    }

    public Task RecordAttack(int personId, AuditedAct act) => row is null ? Task.CompletedTask : Acting.RecordAttack(Id, personId, act, clock.GetCurrentInstant());
}
