namespace Slotwright.Storage;

/// <summary>What every suite of this folder runs on: the same tests on both databases.</summary>
public abstract class StorageContract : IAsyncLifetime
{
    protected StorageBench Bench { get; private set; } = null!;

    /// <summary>Settings of an empty database that this test has to itself.</summary>
    protected abstract ValueTask<Dictionary<string, string?>> NewDatabase();

    protected Dictionary<string, string?> Settings { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        Settings = await NewDatabase();
        Bench = await StorageBench.Open(Settings);
    }

    public virtual async ValueTask DisposeAsync()
    {
        await Bench.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}

/// <summary>A folder that is gone afterwards.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("slotwright-").FullName;

    public Dictionary<string, string?> Settings => new() { ["Storage:Provider"] = "Sqlite", ["Storage:Directory"] = Path };

    public ValueTask<Dictionary<string, string?>> NewDatabase() => ValueTask.FromResult(Settings);

    /// <summary>Removes the folder once the database in it is closed.</summary>
    public async ValueTask After(ValueTask closing)
    {
        await closing;
        Dispose();
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
