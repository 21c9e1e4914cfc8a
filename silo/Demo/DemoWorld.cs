using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Slotwright.Accounts;
using Slotwright.Tenancy;

namespace Slotwright.Demo;

/// <summary>
/// Seeds the demo world through the calls that a user would cause. Each part that is there already is left as it is, so a start
/// that was cut short is completed by the next, and two silos that start together make one world.
/// </summary>
internal sealed partial class DemoWorld(
    IGrainFactory grains,
    IOptions<DemoOptions> options,
    IHostEnvironment environment,
    IHostApplicationLifetime lifetime,
    DemoSeeded seeded,
    ILogger<DemoWorld> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.IsOn(environment))
        {
            seeded.Done();
            return;
        }

        try
        {
            Caller.FromSystem();
            var resellerId = 0;
            foreach (var account in DemoAccounts.All)
            {
                if (await Open(account, account.HasReseller ? resellerId : null) is not { } id)
                {
                    continue;
                }

                resellerId = account.IsReseller ? id : resellerId;
                var existing = await grains.Account(id).Schedules();
                foreach (var schedule in account.Schedules.Where(schedule => existing.All(other => other.Name != schedule.Name)))
                {
                    await grains.Account(id).AddSchedule(schedule);
                }
            }

            LogSeeded(log, DemoAccounts.All.Count);
            seeded.Done();
        }
        catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
        {
            LogFailed(log, fault);
            seeded.Failed(fault);
            lifetime.StopApplication();
        }
    }

    /// <summary>Whoever looked around may have merged the reseller away, or deleted a client (null), before this start: the world stays as it was left.</summary>
    private async Task<int?> Open(DemoAccount account, int? resellerId)
    {
        if (await grains.Directory().AccountByName(account.Name) is { } there)
        {
            return there.AccountId;
        }

        var opened = await grains.SignUp().OpenAccount(account.ToCommand(resellerId));
        if (opened.Accepted)
        {
            return opened.Value.AccountId;
        }

        return opened.Refusal is SignUpRefusal.NameTaken or SignUpRefusal.UnknownReseller
            ? (await grains.Directory().AccountByName(account.Name))?.AccountId
            : throw new InvalidOperationException($"The demo account {account.Name} was refused: {opened.Refusal}.");
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The demo world of {Accounts} accounts is there.")]
    private static partial void LogSeeded(ILogger logger, int accounts);

    [LoggerMessage(Level = LogLevel.Critical, Message = "The demo world could not be made.")]
    private static partial void LogFailed(ILogger logger, Exception fault);
}

/// <summary>Tells readiness when the demo world is there, or was not asked for.</summary>
public sealed class DemoSeeded
{
    private readonly TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool IsDone => done.Task.IsCompletedSuccessfully;

    /// <summary>Completes when it is there; fails when it could not be made.</summary>
    public Task Completion => done.Task;

    internal void Done() => done.TrySetResult();

    internal void Failed(Exception fault) => done.TrySetException(fault);
}
