using System.Buffers.Binary;
using Microsoft.Data.Sqlite;

namespace Slotwright.Storage.Sqlite;

/// <summary>
/// The database's file and the lock beside it. One process holds the lock for as long as it runs; the lock file also remembers
/// that there was a database, so that a lost one is not silently replaced by an empty one.
/// </summary>
internal sealed class SqliteFile : IDisposable
{
    private const string Hint = "Restore a backup with the restore command";

    private readonly FileStream held;

    private SqliteFile(string path, FileStream held)
    {
        Path = path;
        this.held = held;
    }

    public string Path { get; }

    public string WriteConnection => new SqliteConnectionStringBuilder
    {
        DataSource = Path,
        Mode = SqliteOpenMode.ReadWriteCreate,
        Pooling = false,
        ForeignKeys = true,
        DefaultTimeout = 30,
    }.ToString();

    public string ReadConnection => new SqliteConnectionStringBuilder
    {
        DataSource = Path,
        Mode = SqliteOpenMode.ReadOnly,
        Pooling = false,
        DefaultTimeout = 30,
    }.ToString();

    public static string PathIn(string directory) => System.IO.Path.Combine(directory, "slotwright.db");

    /// <summary>Locks the file and looks at it before anything writes; throws <see cref="StorageStartException"/> with one sentence.</summary>
    public static SqliteFile Take(string directory)
    {
        var file = Lock(directory);
        try
        {
            Inspect(file.Path, file.held.Length > 0);
            if (!File.Exists(file.Path))
            {
                // SQLite would make it readable for everybody; its log takes the rights of the file.
                OwnerOnly.MakeFile(file.Path);
            }

            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Only locks it, whatever state it is in.</summary>
    public static SqliteFile Lock(string directory)
    {
        var path = PathIn(directory);
        FileStream held;
        try
        {
            OwnerOnly.MakeFolder(directory);
            held = OwnerOnly.Open(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException fault)
        {
            throw new StorageStartException($"The folder {directory} cannot be written: give this user the right to write it, or set Storage:Directory.", fault);
        }
        catch (IOException fault)
        {
            throw new StorageStartException(
                $"Another process holds {path}: stop it first; a second process on the same data needs Storage:Provider=PostgreSql. ({fault.Message})", fault);
        }

        return new SqliteFile(path, held);
    }

    /// <summary>From now on a missing or empty file is a loss.</summary>
    public void Remember()
    {
        if (held.Length == 0)
        {
            held.Write("1"u8);
            held.Flush(flushToDisk: true);
        }
    }

    public void Dispose() => held.Dispose();

    /// <summary>What an error of the driver means at start.</summary>
    public static StorageStartException Explain(string path, SqliteException fault) => fault.SqliteErrorCode switch
    {
        8 => new StorageStartException($"The database {path} is read-only: give this user the right to write the file and its folder.", fault),
        11 or 26 => new StorageStartException($"The database {path} is damaged ({fault.Message}). {Hint}.", fault),
        13 => new StorageStartException($"The disk of {path} is full.", fault),
        14 => new StorageStartException($"The database {path} cannot be opened: look at the rights of the file and its folder.", fault),
        5 or 6 => new StorageStartException($"Another program holds {path} locked: stop it first.", fault),
        _ => new StorageStartException($"The database {path} cannot be opened: {fault.Message}", fault),
    };

    private static void Inspect(string path, bool hadDatabase)
    {
        var file = new FileInfo(path);
        var log = new FileInfo(path + "-wal");
        if (!file.Exists || file.Length == 0)
        {
            if (hadDatabase || log is { Exists: true, Length: > 0 })
            {
                throw new StorageStartException(
                    $"The database {path} is {(file.Exists ? "empty" : "missing")} although there was one. {Hint}, or remove {path}.lock to begin with an empty one.");
            }

            return;
        }

        try
        {
            using (file.Open(FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite))
            {
            }
        }
        catch (UnauthorizedAccessException fault)
        {
            throw new StorageStartException($"The database {path} is read-only: give this user the right to write the file and its folder.", fault);
        }

        if (log is { Exists: true, Length: > 0 })
        {
            // Ended without closing: pages may be in the log only, so the file's length says nothing; look at all of it.
            QuickCheck(path);
        }
        else
        {
            Measure(path, file.Length);
        }
    }

    /// <summary>A file that was closed in order is as long as its first page says.</summary>
    private static void Measure(string path, long length)
    {
        Span<byte> head = stackalloc byte[100];
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        if (stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length || !head.StartsWith("SQLite format 3\0"u8))
        {
            throw new StorageStartException($"The file {path} is not a database of this product, or its beginning is damaged. {Hint}.");
        }

        var pageSize = BinaryPrimitives.ReadUInt16BigEndian(head[16..]) is var size && size == 1 ? 65536 : size;
        var pages = BinaryPrimitives.ReadUInt32BigEndian(head[28..]);
        if (length < pageSize * (long)pages)
        {
            throw new StorageStartException($"The database {path} is cut off: {length} of {pageSize * (long)pages} bytes. {Hint}.");
        }
    }

    /// <summary>Reads all of it; throws when it is not whole.</summary>
    public static void QuickCheck(string path)
    {
        try
        {
            using var connection = new SqliteConnection(
                new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ToString());
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "pragma quick_check(1)";
            if (command.ExecuteScalar() is var answer && !"ok".Equals(answer as string, StringComparison.Ordinal))
            {
                throw new StorageStartException($"The database {path} is damaged ({answer}). {Hint}.");
            }
        }
        catch (SqliteException fault)
        {
            throw Explain(path, fault);
        }
    }
}
