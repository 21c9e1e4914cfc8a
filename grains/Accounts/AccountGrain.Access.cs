using Microsoft.Extensions.DependencyInjection;
using Slotwright.Resellers;

namespace Slotwright.Accounts;

/// <summary>Who was in this account that is not of it.</summary>
public sealed partial class AccountGrain
{
    private IActingStore Acting => ServiceProvider.GetRequiredService<IActingStore>();

    public async Task<AccessLog> AccessLog(int before) => (await Acting.Log(Id, null, before, clock.GetCurrentInstant()))!;

    public Task RecordAttack(int personId, AuditedAct act) => row is null ? Task.CompletedTask : Acting.RecordAttack(Id, personId, act, clock.GetCurrentInstant());
}
