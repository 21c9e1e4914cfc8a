using System.Globalization;
using Microsoft.Extensions.Options;
using NodaTime;
using Slotwright.Storage;

namespace Slotwright.Billing;

/// <summary>What an operator does with statements at a console.</summary>
internal sealed class StatementUpkeep(IStorageStart storage, ILedgerStore ledger, IOptions<BillingOptions> options, IClock clock)
{
    public async Task<int> List(TextWriter output)
    {
        await storage.Start();
        var open = await ledger.Open();
        foreach (var (heading, payer) in open)
        {
            await output.WriteLineAsync($"{heading.Number}  {payer}  {Said(heading.Total - heading.Paid)}");
        }

        await output.WriteLineAsync(open.Count == 0 ? "Every statement is paid." : "'billing paid NUMBER' notes that one was paid.");
        return 0;
    }

    /// <summary>0: paid now or before; 1: there is no such statement.</summary>
    public async Task<int> Pay(TextWriter output, string number)
    {
        await storage.Start();
        var now = clock.GetCurrentInstant();
        var paid = await ledger.Pay(number, Periods.Month(now, options.Value.Zone), now);
        await output.WriteLineAsync(paid is null ? $"There is no statement '{number}'. 'billing open' lists those that wait." : $"{number} is paid: {Said(paid.Total)}.");
        return paid is null ? 1 : 0;
    }

    private static string Said(Money money) => string.Create(CultureInfo.InvariantCulture, $"{money.Amount} {money.Currency}");
}
