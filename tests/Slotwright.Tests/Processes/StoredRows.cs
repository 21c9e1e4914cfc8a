using System.Data.Common;

namespace Slotwright.Processes;

/// <summary>What the database really holds, read past the product.</summary>
public sealed class StoredRows
{
    private StoredRows(IReadOnlyList<StoredAppointment> live, long changes, long pending, long unsent)
    {
        Live = live;
        Changes = changes;
        PendingFacts = pending;
        UnsentMails = unsent;
    }

    /// <summary>Live appointments.</summary>
    public IReadOnlyList<StoredAppointment> Live { get; }

    /// <summary>Facts of bookings made.</summary>
    public long Changes { get; }

    /// <summary>Facts that have not been made into mails.</summary>
    public long PendingFacts { get; }

    /// <summary>Mails that wait.</summary>
    public long UnsentMails { get; }

    public static async Task<StoredRows> Read(DbConnection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        await connection.OpenAsync();
        var live = new List<StoredAppointment>();
        await using (var command = connection.CreateCommand())
        {
            command.CommandText =
                "select id, resource_id, starts_at - buffer_before * 60000, ends_at + buffer_after * 60000 from appointments where status = 1 order by resource_id, 3";
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                live.Add(new StoredAppointment(reader.GetInt32(0), reader.GetInt32(1), reader.GetInt64(2), reader.GetInt64(3)));
            }
        }

        return new StoredRows(
            live,
            await Count(connection, "select count(*) from changes where kind = 1"),
            await Count(connection, "select count(*) from changes where pending = 1"),
            await Count(connection, "select count(*) from deliveries where state = 1 and role <> 5"));
    }

    /// <summary>Pairs that share time on one resource; empty is right.</summary>
    public IEnumerable<string> Overlaps() =>
        Live.Zip(Live.Skip(1))
            .Where(pair => pair.First.ResourceId == pair.Second.ResourceId && pair.First.Ends > pair.Second.Starts)
            .Select(pair => $"{pair.First} and {pair.Second}");

    private static async Task<long> Count(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture);
    }
}

/// <summary>Buffers included, in Unix milliseconds.</summary>
public sealed record StoredAppointment(int Id, int ResourceId, long Starts, long Ends);
