using System.Data.Common;
using Npgsql;
using Slotwright.Platform;

namespace Slotwright.Storage.PostgreSql;

/// <summary>Connections of one pool; a transaction for each piece of work, tried again when it loses against another.</summary>
internal sealed class PostgresDatabase(NpgsqlDataSource source) : IDatabase
{
    private const int Tries = 4;

    public Dialect Dialect => Dialect.PostgreSql;

    public async Task<T> Write<T>(Func<DbConnection, Task<T>> work)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var connection = await source.OpenConnectionAsync();
                await using var transaction = await connection.BeginTransactionAsync();
                var result = await work(connection);
                await transaction.CommitAsync();
                return result;
            }
            catch (Exception fault) when (fault.IsLostRace() && attempt < Tries)
            {
                // Nothing was stored; the other one is through by now.
            }
            catch (Exception fault) when (fault.IsUnavailable() || fault.IsLostRace())
            {
                throw new StorageUnavailableException("The database could not store this.", fault);
            }
        }
    }

    public async Task<T> Read<T>(Func<DbConnection, Task<T>> work)
    {
        try
        {
            await using var connection = await source.OpenConnectionAsync();
            return await work(connection);
        }
        catch (Exception fault) when (fault.IsUnavailable())
        {
            throw new StorageUnavailableException("The database could not be read.", fault);
        }
    }
}
