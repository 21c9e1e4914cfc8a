using Slotwright.Processes;

namespace Slotwright.Load;

/// <summary>A database of its own for one figure.</summary>
internal abstract class Target(string name) : IAsyncDisposable
{
    public string Name { get; } = name;

    /// <summary>Where files of the product go.</summary>
    public TemporaryFolder Folder { get; } = new();

    /// <summary>Bytes of the write-ahead log just now; null when the database keeps it to itself.</summary>
    public virtual long? WalBytes => null;

    /// <summary>As environment variables, for this process and for child processes.</summary>
    public virtual Dictionary<string, string> Settings(bool sending) => new()
    {
        ["Storage__Directory"] = Folder.Path,
        ["Demo__Enabled"] = "false",
        ["RateLimits__Enabled"] = "false",
        ["Mail__Paused"] = sending ? "false" : "true",
        ["Logging__LogLevel__Default"] = "Warning",
        ["Plans__free__Name"] = "Free",
        ["Plans__free__Upcoming"] = "50",
        ["Plans__free__MonthlyPrice"] = "0",
        ["Plans__load__Name"] = "Load",
        ["Plans__load__Upcoming"] = "1000000",
        ["Plans__load__MonthlyPrice"] = "1",
        ["Plans__m__Name"] = "M",
        ["Plans__m__Upcoming"] = "300",
        ["Plans__m__MonthlyPrice"] = "20",
        ["Plans__l__Name"] = "L",
        ["Plans__l__Upcoming"] = "1000",
        ["Plans__l__MonthlyPrice"] = "40",
    };

    public virtual ValueTask DisposeAsync()
    {
        Folder.Dispose();
        return ValueTask.CompletedTask;
    }
}

internal sealed class SqliteTarget() : Target("SQLite FULL")
{
    public override long? WalBytes => new FileInfo(Folder.Database + "-wal") is { Exists: true } wal ? wal.Length : 0;

    public override Dictionary<string, string> Settings(bool sending) => new(base.Settings(sending)) { ["Storage__Provider"] = "Sqlite" };
}
