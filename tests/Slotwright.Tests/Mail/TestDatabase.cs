using System.Data.Common;
using Microsoft.Data.Sqlite;
using Slotwright.Storage;

namespace Slotwright.Mail;

/// <summary>A SQLite file with this release's tables; may be told to fail.</summary>
internal sealed class TestDatabase : IDatabase, IAsyncDisposable
{
    private readonly SemaphoreSlim one = new(1, 1);
    private readonly SqliteConnection connection;

    public TestDatabase(string folder)
    {
        connection = new SqliteConnection($"Data Source={Path.Combine(folder, "test.db")};Pooling=False");
        connection.Open();
        var assembly = typeof(IDatabase).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.Contains(".Migrations.sqlite.", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            using var command = connection.CreateCommand();
            command.CommandText = reader.ReadToEnd();
            command.ExecuteNonQuery();
        }
    }

    public Dialect Dialect => Dialect.Sqlite;

    /// <summary>From now on every write throws, as when the process were gone.</summary>
    public bool WritesFail { get; set; }

    public async Task<T> Write<T>(Func<DbConnection, Task<T>> work)
    {
        if (WritesFail)
        {
            throw new IOException("The database is gone");
        }

        await one.WaitAsync();
        try
        {
            await using var transaction = await connection.BeginTransactionAsync();
            var result = await work(connection);
            await transaction.CommitAsync();
            return result;
        }
        finally
        {
            one.Release();
        }
    }

    public async Task<T> Read<T>(Func<DbConnection, Task<T>> work)
    {
        await one.WaitAsync();
        try
        {
            return await work(connection);
        }
        finally
        {
            one.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await connection.DisposeAsync();
        one.Dispose();
    }
}
