using Microsoft.Data.Sqlite;

namespace Slotwright.Processes;

/// <summary>The product as it comes: one process on a SQLite file, with the demo world and plans that no load fills.</summary>
public sealed class Embedded : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public string Folder => folder.Path;

    public string Database => folder.Database;

    /// <summary>Settings of every start; tests add theirs.</summary>
    public Dictionary<string, string> Settings => new(Roomy)
    {
        ["Storage__Directory"] = folder.Path,
        ["RateLimits__Enabled"] = "false",
    };

    /// <summary>Plans whose paid ones no load fills; the free one stays at 50.</summary>
    public static IReadOnlyDictionary<string, string> Roomy { get; } = new Dictionary<string, string>
    {
        ["Plans__free__Name"] = "Free",
        ["Plans__free__Upcoming"] = "50",
        ["Plans__free__MonthlyPrice"] = "0",
        ["Plans__m__Name"] = "M",
        ["Plans__m__Upcoming"] = "1000000",
        ["Plans__m__MonthlyPrice"] = "20",
        ["Plans__l__Name"] = "L",
        ["Plans__l__Upcoming"] = "1000000",
        ["Plans__l__MonthlyPrice"] = "40",
    };

    public Task<ProductProcess> Start(int? port = null) => ProductProcess.StartWeb(Settings, port).Ready(TestContext.Current.CancellationToken);

    /// <summary>Runs a command such as <c>verify</c> to its end: exit code and what it said.</summary>
    public async Task<(int Code, string Output)> Run(params string[] command)
    {
        await using var process = ProductProcess.StartWeb(Settings, port: null, command);
        var code = await process.Ends(TimeSpan.FromSeconds(60));
        return (code, process.Output);
    }

    /// <summary>Reads only: closing a writing connection would tidy up what a killed process left.</summary>
    public async Task<StoredRows> Rows()
    {
        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Database, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        return await StoredRows.Read(connection);
    }

    public void Dispose() => folder.Dispose();
}
