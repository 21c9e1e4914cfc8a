using System.Globalization;
using Npgsql;
using Slotwright.Storage;

namespace Slotwright.Processes;

/// <summary>Silos and webs as processes of their own on one private PostgreSQL server, with the demo world.</summary>
public sealed class Cluster : IAsyncDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly List<ProductProcess> processes = [];
    private string connectionString = "";

    public PostgresServer Server { get; } = new();

    /// <summary>With an empty database.</summary>
    public static async Task<Cluster> Make()
    {
        var cluster = new Cluster();
        cluster.connectionString = await cluster.Server.NewEmptyDatabase();
        return cluster;
    }

    /// <summary>A silo on ports of its own; does not wait.</summary>
    public ProductProcess StartSilo()
    {
        var silo = ProductProcess.StartSilo(Settings);
        processes.Add(silo);
        return silo;
    }

    /// <summary>A web node that is a client of the silos; ready when it answers through one.</summary>
    public async Task<ProductProcess> StartWeb()
    {
        var web = ProductProcess.StartWeb(new Dictionary<string, string>(Settings) { ["Silo__Embedded"] = "false" });
        processes.Add(web);
        return await web.Ready(TestContext.Current.CancellationToken);
    }

    /// <summary>Web with a silo inside, on PostgreSQL. <paramref name="options"/> are appended to its connection string.</summary>
    public async Task<ProductProcess> StartWebWithSilo(string options = "")
    {
        var web = ProductProcess.StartWeb(new Dictionary<string, string>(Settings) { ["ConnectionStrings__Slotwright"] = connectionString + options });
        processes.Add(web);
        return await web.Ready(TestContext.Current.CancellationToken);
    }

    public async Task<(int Code, string Output)> Run(params string[] command)
    {
        await using var process = ProductProcess.StartWeb(Settings, port: null, command);
        var code = await process.Ends(TimeSpan.FromSeconds(60));
        return (code, process.Output);
    }

    public async Task<StoredRows> Rows()
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        return await StoredRows.Read(connection);
    }

    public async Task<long> Count(string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in processes)
        {
            await process.DisposeAsync();
        }

        await Server.DisposeAsync();
        folder.Dispose();
    }

    private Dictionary<string, string> Settings => new(Embedded.Roomy)
    {
        ["Storage__Directory"] = folder.Path,
        ["Storage__Provider"] = "PostgreSql",
        ["ConnectionStrings__Slotwright"] = connectionString,
        ["Secrets__Passphrase"] = "a passphrase of the tests",
        ["RateLimits__Enabled"] = "false",
        ["Platform__BaseUrl"] = "http://127.0.0.1:5080",
        ["Silo__Port"] = ProductProcess.FreePort().ToString(CultureInfo.InvariantCulture),
        ["Silo__GatewayPort"] = ProductProcess.FreePort().ToString(CultureInfo.InvariantCulture),
    };
}
