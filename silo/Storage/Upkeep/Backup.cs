using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Slotwright.Secrets;
using Slotwright.Storage.Sqlite;

namespace Slotwright.Storage.Upkeep;

/// <summary>
/// Copies the whole database as of one moment, with the secrets' key, into an empty folder. The program may go on running and writing
/// meanwhile. With a passphrase or on PostgreSQL the secret is configuration and stays the operator's to keep.
/// </summary>
public sealed class Backup(IOptions<StorageOptions> options)
{
    /// <summary>0: done; 1: not, and why.</summary>
    public async Task<int> Run(TextWriter output, string folder)
    {
        folder = Path.GetFullPath(folder);
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
        {
            await output.WriteLineAsync($"The folder {folder} is not empty: name a new one.");
            return 1;
        }

        if (Directory.Exists(folder))
        {
            try
            {
                OwnerOnly.Close(folder);
            }
            catch (UnauthorizedAccessException)
            {
                // Somebody else's folder that this user may write: the files in it are closed to others all the same.
            }
        }
        else
        {
            OwnerOnly.MakeFolder(folder);
        }

        return options.Value.Provider == Dialect.Sqlite ? await CopyFile(output, folder) : await Dump(output, folder);
    }

    private async Task<int> CopyFile(TextWriter output, string folder)
    {
        var source = SqliteFile.PathIn(options.Value.Directory);
        if (!File.Exists(source))
        {
            await output.WriteLineAsync($"There is no database {source}.");
            return 1;
        }

        var target = Path.Combine(folder, BackupFolder.SqliteName);
        OwnerOnly.MakeFile(target);
        await using (var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = source, Mode = SqliteOpenMode.ReadWrite, Pooling = false, DefaultTimeout = 30 }.ToString()))
        {
            await connection.OpenAsync();
            await connection.Run("vacuum into @target", ("target", target));
        }

        SqliteFile.QuickCheck(target);
        BackupFolder.Flush(target);
        var key = Path.Combine(options.Value.Directory, SecretFile.Name);
        if (File.Exists(key))
        {
            BackupFolder.Copy(key, Path.Combine(folder, SecretFile.Name));
        }

        await output.WriteLineAsync($"The backup is in {folder}. Whoever can read it can read everything: keep it as safe as the database.");
        return 0;
    }

    private async Task<int> Dump(TextWriter output, string folder)
    {
        if (BackupFolder.Find("pg_dump") is not { } program)
        {
            await output.WriteLineAsync("pg_dump was not found: install the client programs of PostgreSQL, of the server's version or newer.");
            return 1;
        }

        var target = Path.Combine(folder, BackupFolder.PostgresName);
        OwnerOnly.MakeFile(target);
        var code = await BackupFolder.Run(
            program, options.Value.ConnectionString!, output,
            "--format=custom", "--no-owner", "--no-privileges", $"--exclude-schema={PostgresSwap.Prefix}*", "--file", target);
        if (code != 0)
        {
            await output.WriteLineAsync($"pg_dump ended with code {code}: there is no backup.");
            return 1;
        }

        BackupFolder.Flush(target);
        await output.WriteLineAsync($"The backup is in {folder}. The passphrase (Secrets:Passphrase) is not in it: keep it apart.");
        return 0;
    }
}
