using DbUp;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace Slotwright.Storage.Sqlite;

/// <summary>The embedded database from lock to close.</summary>
internal sealed class SqliteStorage(IOptions<StorageOptions> options, Migrator migrator, SqliteWriter writer, SqliteDatabase database)
    : IStorageStart, IStorageHealth, IDisposable
{
    private readonly SemaphoreSlim turn = new(1);
    private SqliteFile? file;

    public async Task Start(bool migrate = true)
    {
        await turn.WaitAsync();
        try
        {
            if (file is not null)
            {
                return;
            }

            if (!migrate && !File.Exists(SqliteFile.PathIn(options.Value.Directory)))
            {
                throw new StorageStartException($"There is no database {SqliteFile.PathIn(options.Value.Directory)}.");
            }

            var taken = SqliteFile.Take(options.Value.Directory);
            try
            {
                migrator.Run(DeployChanges.To.SqliteDatabase(taken.WriteConnection), Migrator.Scripts(Dialect.Sqlite), migrate);
                writer.Start(taken.WriteConnection);
                database.Open(taken);
                taken.Remember();
                file = taken;
            }
            catch (SqliteException fault)
            {
                taken.Dispose();
                throw SqliteFile.Explain(taken.Path, fault);
            }
            catch
            {
                taken.Dispose();
                throw;
            }
        }
        finally
        {
            turn.Release();
        }
    }

    public async Task Stop()
    {
        await turn.WaitAsync();
        try
        {
            // The writer closes last: the last connection to go puts the log into the file, and a reader may not.
            database.Close();
            await writer.Stop();
            file?.Dispose();
            file = null;
        }
        finally
        {
            turn.Release();
        }
    }

    public async Task<bool> IsReady()
    {
        try
        {
            return writer.IsAlive && await database.Read(async connection => await connection.Scalar("select 1") is not null);
        }
        catch (Platform.StorageUnavailableException)
        {
            return false;
        }
    }

    public void Dispose()
    {
        turn.Dispose();
        file?.Dispose();
    }
}
