using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NodaTime;
using Slotwright.Platform;

namespace Slotwright.Storage.Appointments;

/// <summary>
/// Takes repeat keys off changes older than 72 hours, once an hour, so that their index holds three days and not the whole history. Such a
/// key counts as unknown before this comes by, too.
/// </summary>
internal sealed partial class KeySweep(IDatabase database, IClock clock, TimeProvider time, ILogger<KeySweep> logger) : BackgroundService
{
    private const int AtOnce = 500;

    public async Task<int> Sweep()
    {
        var swept = 0;
        int last;
        do
        {
            // A few at a time, so that bookings that share the commit do not wait long. Every account's id is positive: it is
            // there to lead the planner to the index of the keys.
            last = await database.Write(connection => connection.Run(
                """
                update changes set credential = null, repeat_key = null, fingerprint = null
                where id in (select id from changes where repeat_key is not null and account_id > 0 and at <= @cutoff limit @most)
                """,
                ("cutoff", clock.GetCurrentInstant() - AgendaStore.KeyLife), ("most", AtOnce)));
            swept += last;
        }
        while (last == AtOnce);
        return swept;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await Task.Delay(TimeSpan.FromHours(1), time, stoppingToken);
            try
            {
                var swept = await Sweep();
                Swept(swept);
            }
            catch (StorageUnavailableException fault)
            {
                NotSwept(fault);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Took {Keys} old repeat keys away.")]
    private partial void Swept(int keys);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Old repeat keys could not be taken away; the next hour tries again.")]
    private partial void NotSwept(Exception fault);
}
