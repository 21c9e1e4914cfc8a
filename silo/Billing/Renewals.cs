using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodaTime;
using Slotwright.Tenancy;

namespace Slotwright.Billing;

/// <summary>
/// Works off what is due to subscriptions in every silo: periods that end, days of grace that are over, months to be closed, statements nobody paid. A row is leased for a
/// while and settled by its account's grain, whose keys keep a period from being charged twice whoever works on it.
/// </summary>
internal sealed partial class Renewals(
    ISubscriptionStore store,
    ILedgerStore ledger,
    IPaymentProvider provider,
    IGrainFactory grains,
    IOptions<BillingOptions> options,
    IClock clock,
    TimeProvider time,
    ILogger<Renewals> logger) : BackgroundService
{
    private const int AtOnce = 50;

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(15);

    private static readonly Duration Lease = Duration.FromMinutes(2);

    // A charge that was judged in the last moments of a month is stored well before its month is numbered.
    private static readonly Duration Closing = Duration.FromHours(1);

    // Statements are to be paid within whole days, so that one look a day is enough.
    private LocalDate lookedForOverdue;

    // What failed after it was stored is no longer due, and its account must still be told.
    private readonly HashSet<int> unfinished = [];

    // Nothing is posted to a month that is over, so that one look for what is to be numbered is enough.
    private string numberedBefore = "";

    /// <summary>Does all that is due by now. Answers how many accounts that were.</summary>
    public async Task<int> Settle(CancellationToken stopping)
    {
        Caller.FromSystem();
        var total = 0;
        while (!stopping.IsCancellationRequested)
        {
            var now = clock.GetCurrentInstant();
            var due = await store.LeaseDue(now, now + Lease, AtOnce);
            foreach (var accountId in due.Union(unfinished).ToList())
            {
                await SettleOne(accountId);
            }

            total += due.Count;
            if (due.Count < AtOnce)
            {
                await provider.Collect(stopping);
                await Number(Periods.Month(now - Closing, options.Value.Zone), now);
                break;
            }
        }

        await TellOverdue(stopping);
        return total;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var timer = new PeriodicTimer(Every, time);
        do
        {
            try
            {
                await Settle(stoppingToken);
            }
#pragma warning disable CA1031 // A database that is away comes back; what is due is then still due.
            catch (Exception error)
#pragma warning restore CA1031
            {
                LogRoundFailed(error);
            }
        }
        while (await Ticks(timer, stoppingToken));
    }

    private async Task Number(string month, Instant now)
    {
        if (month != numberedBefore)
        {
            await ledger.Issue(month, now);
            numberedBefore = month;
        }
    }

    private async Task SettleOne(int accountId)
    {
        try
        {
            await grains.Settlement(accountId).Settle();
            unfinished.Remove(accountId);
        }
#pragma warning disable CA1031 // One account must not keep the others waiting; it is tried again in the next round.
        catch (Exception error)
#pragma warning restore CA1031
        {
            unfinished.Add(accountId);
            LogFailed(error, accountId);
        }
    }

    private async Task TellOverdue(CancellationToken stopping)
    {
        var (now, zone) = (clock.GetCurrentInstant(), options.Value.Zone);
        var today = now.InZone(zone).Date;
        if (today == lookedForOverdue)
        {
            return;
        }

        var all = true;
        foreach (var number in await ledger.Overdue(Periods.OverdueBefore(now, options.Value.InvoiceDueDays, zone)))
        {
            all = !stopping.IsCancellationRequested && await TellOverdue(number) && all;
        }

        if (all)
        {
            lookedForOverdue = today;
        }
    }

    private async Task<bool> TellOverdue(string number)
    {
        try
        {
            await grains.StatementDesk().Overdue(number);
            return true;
        }
#pragma warning disable CA1031 // One payer must not keep the others waiting; it is looked for again in the next round.
        catch (Exception error)
#pragma warning restore CA1031
        {
            LogNotOverdue(error, number);
            return false;
        }
    }

    private static async Task<bool> Ticks(PeriodicTimer timer, CancellationToken stopping)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stopping);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    [LoggerMessage(1, LogLevel.Error, "A round of renewals failed; it is tried again")]
    private partial void LogRoundFailed(Exception error);

    [LoggerMessage(2, LogLevel.Error, "The subscription of account {AccountId} could not be settled; it is tried again")]
    private partial void LogFailed(Exception error, int accountId);

    [LoggerMessage(3, LogLevel.Error, "The accounts of statement {Number}, which was not paid in time, could not be made past due; it is tried again")]
    private partial void LogNotOverdue(Exception error, string number);
}
