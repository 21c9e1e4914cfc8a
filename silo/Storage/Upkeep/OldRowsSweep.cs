using System.Data.Common;
using Dapper;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NodaTime;
using Slotwright.Platform;

namespace Slotwright.Storage.Upkeep;

/// <summary>
/// Deletes once an hour what nobody needs any more, so that tables grow with the business and not with time: sessions that ended or
/// began more than 30 days ago, and mails that were sent, dropped or given up as long ago. What waits or is held stays.
/// </summary>
internal sealed partial class OldRowsSweep(IDatabase database, IClock clock, TimeProvider time, ILogger<OldRowsSweep> logger) : BackgroundService
{
    private const int AtOnce = 500;

    private static readonly Duration Kept = Duration.FromDays(30);

    /// <summary>How many rows are gone.</summary>
    public async Task<int> Sweep()
    {
        var cutoff = (clock.GetCurrentInstant() - Kept).ToUnixTimeMilliseconds();
        return await Delete<string>(
                "select token_hash from sessions where ended_at is not null or started_at <= @cutoff limit @most",
                "delete from sessions where token_hash = @Id",
                cutoff)
            + await Delete<int>(
                """
                select id from deliveries
                where made_at <= @cutoff and (sent_at is null or sent_at <= @cutoff) and state in (2, 3, 4) order by id limit @most
                """,
                "delete from deliveries where id = @Id and state in (2, 3, 4)",
                cutoff)
            + await Delete<string>(
                "select id from person_links where expires_at <= @cutoff order by expires_at limit @most",
                "delete from person_links where id = @Id",
                cutoff)
            + await Delete<int>(
                """
                select id from person_letters l
                where made_at <= @cutoff and not exists (select 1 from deliveries d where d.change_id = l.id and d.role = 4) order by id limit @most
                """,
                "delete from person_letters where id = @Id",
                cutoff);
    }

    /// <summary>Searched by a reader and deleted a few at a time, so that bookings that share the commit do not wait long.</summary>
    private async Task<int> Delete<TId>(string find, string delete, long cutoff)
    {
        var deleted = 0;
        List<TId> found;
        do
        {
            found = await database.Read(async connection => (await connection.QueryAsync<TId>(find, new { cutoff, most = AtOnce })).AsList());
            if (found.Count > 0)
            {
                deleted += await database.Write(connection => connection.ExecuteAsync(delete, found.Select(id => new { Id = id }).ToList()));
            }
        }
        while (found.Count == AtOnce);
        return deleted;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await Task.Delay(TimeSpan.FromHours(1), time, stoppingToken);
            try
            {
                var rows = await Sweep();
                Swept(rows);
            }
            catch (Exception fault) when (fault is StorageUnavailableException or DbException)
            {
                NotSwept(fault);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Deleted {Rows} old sessions and mails.")]
    private partial void Swept(int rows);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Old sessions and mails could not be deleted; the next hour tries again.")]
    private partial void NotSwept(Exception fault);
}
