using DbUp;
using Microsoft.Extensions.Options;
using Npgsql;
using Slotwright.Platform;

namespace Slotwright.Storage.PostgreSql;

/// <summary>The shared database: migrated by whoever comes first, then the writer runs.</summary>
internal sealed class PostgresStorage(
    IOptions<StorageOptions> options, Migrator migrator, NpgsqlDataSource source, PostgresWriter writer, IDatabase database)
    : IStorageStart, IStorageHealth, IDisposable
{
    /// <summary>Any number, the same for ever: who holds it, migrates.</summary>
    private const long MigrationLock = 7_405_100_112;

    private readonly SemaphoreSlim turn = new(1);
    private bool started;

    public static NpgsqlDataSource Source(string connectionString)
    {
        var builder = new NpgsqlDataSourceBuilder(connectionString);
        var text = builder.ConnectionStringBuilder;
        text.ApplicationName ??= "slotwright";
        if (!connectionString.Contains("Pool Size", StringComparison.OrdinalIgnoreCase) && !connectionString.Contains("MaxPoolSize", StringComparison.OrdinalIgnoreCase))
        {
            // More connections than a few per core only make each other wait.
            (text.MinPoolSize, text.MaxPoolSize) = (0, 32);
        }

        if (!connectionString.Contains("Timeout", StringComparison.OrdinalIgnoreCase))
        {
            text.Timeout = 5;
        }

        // What was answered must be on the disk, whatever the server's default is.
        text.Options = $"{text.Options} -c synchronous_commit=on".Trim();
        return builder.Build();
    }

    public async Task Start(bool migrate = true)
    {
        await turn.WaitAsync();
        try
        {
            if (started)
            {
                return;
            }

            await Migrate(migrate);
            writer.Start();
            started = true;
        }
        catch (NpgsqlException fault)
        {
            throw new StorageStartException($"PostgreSQL at {source.ConnectionString.Split(';')[0]} cannot be used: {fault.Message}", fault);
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
            await writer.Stop();
            started = false;
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
        catch (StorageUnavailableException)
        {
            return false;
        }
    }

    public void Dispose() => turn.Dispose();

    private async Task Migrate(bool migrate)
    {
        await using var connection = await source.OpenConnectionAsync();
        await Hold(connection, "set lock_timeout = 0; set statement_timeout = 0; select pg_advisory_lock(@lock)");
        try
        {
            migrator.Run(DeployChanges.To.PostgresqlDatabase(options.Value.ConnectionString!), Migrator.Scripts(Dialect.PostgreSql), migrate);
        }
        finally
        {
            await Hold(connection, "select pg_advisory_unlock(@lock); reset all");
        }
    }

    /// <summary>Waits as long as another process needs for its migrations.</summary>
    private static async Task Hold(NpgsqlConnection connection, string sql)
    {
        await using var command = connection.Command(sql, ("lock", MigrationLock));
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync();
    }
}
