using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Slotwright.Platform;

namespace Slotwright.Storage.Sqlite;

/// <summary>One file, one writer's thread, and a few connections that can only read.</summary>
internal sealed class SqliteDatabase(SqliteWriter writer) : IDatabase, IDisposable
{
    private const int Readers = 8;

    private readonly ConcurrentBag<SqliteConnection> idle = [];
    private readonly SemaphoreSlim places = new(Readers);
    private volatile SqliteFile? file;

    public Dialect Dialect => Dialect.Sqlite;

    public void Open(SqliteFile opened) => file = opened;

    public Task<T> Write<T>(Func<DbConnection, Task<T>> work) => writer.Run(work);

    public async Task<T> Read<T>(Func<DbConnection, Task<T>> work)
    {
        await places.WaitAsync();
        SqliteConnection? connection = null;
        try
        {
            if (!idle.TryTake(out connection))
            {
                connection = new SqliteConnection((file ?? throw new StorageUnavailableException("The database is not open.")).ReadConnection);
                await connection.OpenAsync();
                await connection.Run("pragma busy_timeout = 5000; pragma query_only = on");
            }

            var result = await work(connection);
            idle.Add(connection);
            connection = null;
            return result;
        }
        catch (SqliteException fault) when (fault.SqliteErrorCode is 5 or 6 or 7 or 10 or 11 or 13 or 14 or 26)
        {
            throw new StorageUnavailableException("The database could not be read.", fault);
        }
        finally
        {
            connection?.Dispose();
            places.Release();
        }
    }

    public void Close()
    {
        file = null;
        while (idle.TryTake(out var connection))
        {
            connection.Dispose();
        }
    }

    public void Dispose()
    {
        Close();
        places.Dispose();
    }
}
