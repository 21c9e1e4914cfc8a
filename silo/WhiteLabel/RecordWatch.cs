using System.Data.Common;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NodaTime;
using Slotwright.Platform;
using Slotwright.Tenancy;

namespace Slotwright.WhiteLabel;

/// <summary>
/// Lets every account look at the DNS when its host or sender is due. Silos share the work: what one takes is due to the others a minute
/// later, so that a silo that dies over it is not missed.
/// </summary>
internal sealed partial class RecordWatch(IWhiteLabelStore store, IGrainFactory grains, IClock clock, TimeProvider time, ILogger<RecordWatch> logger) : BackgroundService
{
    private const int AtOnce = 16;
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(15);

    /// <summary>Answers how many were looked at.</summary>
    internal async Task<int> Round(CancellationToken stopping)
    {
        var looked = 0;
        while (!stopping.IsCancellationRequested)
        {
            var due = await store.TakeDue(clock.GetCurrentInstant(), AtOnce);
            Caller.FromSystem();
            await Task.WhenAll(
                due.Hosts.Select(account => Look(account, () => grains.WhiteLabel(account).CheckHost()))
                    .Concat(due.Senders.Select(one => Look(one.AccountId, () => grains.WhiteLabel(one.AccountId).CheckSender(one.Scope)))));
            looked += due.Hosts.Count + due.Senders.Count;
            if (due.Hosts.Count < AtOnce && due.Senders.Count < AtOnce)
            {
                break;
            }
        }

        return looked;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await Task.Delay(Every, time, stoppingToken);
            try
            {
                await Round(stoppingToken);
            }
            catch (Exception fault) when (fault is StorageUnavailableException or DbException)
            {
                LogRoundFailed(fault);
            }
        }
    }

    private async Task Look(int accountId, Func<Task> look)
    {
        try
        {
            await look();
        }
#pragma warning disable CA1031 // One that fails is looked at again a minute later, and keeps nobody else waiting.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            LogLookFailed(fault, accountId);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Host names and senders could not be looked at; the next round tries again.")]
    private partial void LogRoundFailed(Exception fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Host name or sender of account {AccountId} could not be looked at; it is tried again.")]
    private partial void LogLookFailed(Exception fault, int accountId);
}
