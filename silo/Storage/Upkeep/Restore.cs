using Microsoft.Extensions.Options;
using NodaTime;
using Npgsql;
using Slotwright.Secrets;
using Slotwright.Storage.Sqlite;

namespace Slotwright.Storage.Upkeep;

/// <summary>
/// Puts a backup in the place of the database while no server runs, migrates it, and holds back what would be sent too late
/// (<see cref="IAfterRestore"/>).
/// </summary>
public sealed class Restore(
    IOptions<StorageOptions> options, IStorageStart storage, IDatabase database, IClock clock, IEnumerable<IAfterRestore> afterwards)
{
    /// <summary>0: done; 1: not, and why. With <paramref name="force"/> a database that holds something is replaced. The storage must not have been started, and is not afterwards.</summary>
    public async Task<int> Run(TextWriter output, string folder, bool force)
    {
        folder = Path.GetFullPath(folder);
        var code = options.Value.Provider == Dialect.Sqlite ? await ReplaceFile(output, folder, force) : await Load(output, folder, force);
        if (code == 0)
        {
            await output.WriteLineAsync("The backup is restored. Run verify before you start the server.");
        }

        return code;
    }

    private async Task Finish(TextWriter output)
    {
        var held = 0;
        await storage.Start();
        try
        {
            var now = clock.GetCurrentInstant();
            foreach (var after in afterwards)
            {
                held += await database.Write(connection => after.Run(connection, now));
            }
        }
        finally
        {
            await storage.Stop();
        }

        if (held > 0)
        {
            await output.WriteLineAsync($"Held back until an operator decides, as more than a day late: {held} mails and changes.");
        }
    }

    private async Task<int> ReplaceFile(TextWriter output, string folder, bool force)
    {
        var code = MoveFile(output, folder, force);
        if (code == 0)
        {
            await Finish(output);
        }

        return code;
    }

    private int MoveFile(TextWriter output, string folder, bool force)
    {
        var source = Path.Combine(folder, BackupFolder.SqliteName);
        if (!File.Exists(source))
        {
            output.WriteLine($"There is no {BackupFolder.SqliteName} in {folder}.");
            return 1;
        }

        var directory = options.Value.Directory;
        using var held = SqliteFile.Lock(directory);
        if (!force && new FileInfo(held.Path) is { Exists: true, Length: > 0 })
        {
            output.WriteLine($"There is a database {held.Path}: it is replaced only with --force.");
            return 1;
        }

        // Everything is looked at and copied beside the old file before that is touched.
        var aside = held.Path + ".restoring";
        BackupFolder.Copy(source, aside);
        SqliteFile.QuickCheck(aside);
        File.Delete(held.Path + "-wal");
        File.Delete(held.Path + "-shm");
        File.Move(aside, held.Path, overwrite: true);
        var key = Path.Combine(folder, SecretFile.Name);
        if (File.Exists(key))
        {
            BackupFolder.Copy(key, Path.Combine(directory, SecretFile.Name));
        }

        held.Remember();
        return 0;
    }

    private async Task<int> Load(TextWriter output, string folder, bool force)
    {
        var source = Path.Combine(folder, BackupFolder.PostgresName);
        if (!File.Exists(source))
        {
            await output.WriteLineAsync($"There is no {BackupFolder.PostgresName} in {folder}.");
            return 1;
        }

        if (BackupFolder.Find("pg_restore") is not { } program)
        {
            await output.WriteLineAsync("pg_restore was not found: install the client programs of PostgreSQL, of the server's version or newer.");
            return 1;
        }

        var target = options.Value.ConnectionString!;
        var swap = new PostgresSwap(target, clock.GetCurrentInstant());
        if (await swap.HasTables())
        {
            if (!force)
            {
                await output.WriteLineAsync("The database has tables already: they are replaced only with --force.");
                return 1;
            }

            if (await swap.LiveServer() is { } server)
            {
                await output.WriteLineAsync($"The server {server} runs on this database: stop it first. (One that was killed counts as running for two minutes.)");
                return 1;
            }

            await swap.SetAside();
        }

        NpgsqlConnection.ClearAllPools();
        var loaded = false;
        try
        {
            var code = await BackupFolder.Run(
                program, target, output, "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction", "--dbname", new NpgsqlConnectionStringBuilder(target).Database!, source);
            if (code != 0)
            {
                await output.WriteLineAsync($"pg_restore ended with code {code}: nothing was restored, and the database is as it was.");
                return 1;
            }

            await Finish(output);
            loaded = true;
        }
        finally
        {
            // Also when the migrations of the loaded data failed.
            await (loaded ? swap.Forget() : swap.PutBack());
        }

        return 0;
    }
}
