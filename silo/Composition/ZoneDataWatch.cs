using Dapper;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NodaTime.TimeZones;
using Slotwright.Storage;
using Slotwright.Tenancy;

namespace Slotwright.Composition;

/// <summary>
/// At a start with other time-zone data than the last, asks every schedule with something upcoming to keep its wall-clock times.
/// The data's version is written down when all have answered, so a start that was cut short goes on at the next.
/// </summary>
internal sealed partial class ZoneDataWatch(IGrainFactory grains, IDatabase database, ILogger<ZoneDataWatch> log) : BackgroundService
{
    private const string Key = "time-zone-data";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Run(TzdbDateTimeZoneSource.Default.VersionId, stoppingToken);
        }
        catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
        {
            LogFailed(log, fault);
        }
    }

    /// <summary>Answers how many appointments moved; zero at once when the version is the known one.</summary>
    internal async Task<int> Run(string version, CancellationToken stopping)
    {
        var known = await database.Read(connection => connection.QuerySingleOrDefaultAsync<string>(
            "select value from installation where key = @Key", new { Key }));
        if (known == version)
        {
            return 0;
        }

        Caller.FromSystem();
        var (moved, failed) = (0, 0);
        var schedules = await database.Read(connection => connection.QueryAsync<(int AccountId, int ScheduleId)>("select account_id, id from schedules"));
        foreach (var (accountId, scheduleId) in known is null ? [] : schedules)
        {
            stopping.ThrowIfCancellationRequested();
            try
            {
                moved += await grains.ScheduleSetup(accountId, scheduleId).FollowZone(version);
            }
            catch (Exception fault) when (!stopping.IsCancellationRequested)
            {
                failed++;
                LogScheduleFailed(log, scheduleId, fault);
            }
        }

        if (failed > 0)
        {
            return moved;
        }

        await database.Write(connection => connection.ExecuteAsync(
            "insert into installation (key, value) values (@Key, @version) on conflict (key) do update set value = excluded.value", new { Key, version }));
        if (known is not null)
        {
            LogFollowed(log, known, version, moved);
        }

        return moved;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Schedule {Schedule} could not be held against the new time-zone data; the next start tries again.")]
    private static partial void LogScheduleFailed(ILogger logger, int schedule, Exception fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Time-zone data went from {Known} to {Present}: {Moved} appointments kept their wall-clock time and moved.")]
    private static partial void LogFollowed(ILogger logger, string known, string present, int moved);

    [LoggerMessage(Level = LogLevel.Error, Message = "Appointments could not be held against the new time-zone data; the next start tries again.")]
    private static partial void LogFailed(ILogger logger, Exception fault);
}
