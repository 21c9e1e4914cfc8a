using Microsoft.Extensions.Options;
using NodaTime;

namespace Slotwright.Billing;

/// <summary>Takes one statement after the other.</summary>
[GrainType("statement-desk")]
public sealed class StatementDesk(ILedgerStore ledger, IOptions<BillingOptions> options, IClock clock) : Grain, IStatementDesk
{
    public Task<StatementHeading?> Paid(string number)
    {
        var now = clock.GetCurrentInstant();
        return ledger.Pay(number, Periods.Month(now, options.Value.Zone), now);
    }

    public async Task<OverdueAccounts?> Overdue(string number)
    {
        if (await ledger.Find(number) is not { IsPaid: false } heading)
        {
            return null;
        }

        var accounts = await ledger.Charged(number);
        foreach (var account in accounts)
        {
            await GrainFactory.Settlement(account).Fail(heading.PayerId);
        }

        return new OverdueAccounts(accounts);
    }
}
