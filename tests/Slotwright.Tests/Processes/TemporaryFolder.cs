namespace Slotwright.Processes;

/// <summary>A folder for one product's files that goes with the test.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("slotwright-data-").FullName;

    public string Database => System.IO.Path.Combine(Path, "slotwright.db");

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
