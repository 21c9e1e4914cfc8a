using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using DbUp;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Slotwright.Storage;

/// <summary>
/// A private PostgreSQL server for the whole run, with fsync on, from the machine's own programs. It starts with the first test that
/// asks for a database and ends with the run, however that ends.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string Template = "slotwright_template";

    private readonly SemaphoreSlim starting = new(1);
    private string? folder;
    private string programs = "";
    private int port;
    private Process? server;
    private int databases;

    /// <summary>Connection string of a new, migrated database.</summary>
    public async Task<string> NewDatabase()
    {
        await EnsureStarted();
        var name = $"test_{Interlocked.Increment(ref databases)}";
        await Execute("postgres", $"create database {name} template {Template}");
        return ConnectionString(name);
    }

    /// <summary>Connection string of a new, empty database.</summary>
    public async Task<string> NewEmptyDatabase()
    {
        await EnsureStarted();
        var name = $"empty_{Interlocked.Increment(ref databases)}";
        await Execute("postgres", $"create database {name}");
        return ConnectionString(name);
    }

    /// <summary>Settings of a storage on such a database.</summary>
    public static Dictionary<string, string?> Settings(string connectionString) => new()
    {
        ["Storage:Provider"] = "PostgreSql",
        ["ConnectionStrings:Slotwright"] = connectionString,
        ["Secrets:Passphrase"] = "a passphrase of the tests",
    };

    /// <summary>Ends the server without a clean shutdown, as a crash would, and starts it again on the same data.</summary>
    public async Task Restart()
    {
        await EnsureStarted();
        await Run("kill", "-QUIT", $"{server!.Id}");
        await server.WaitForExitAsync();
        NpgsqlConnection.ClearAllPools();
        await Launch();
    }

    public async ValueTask DisposeAsync()
    {
        if (server is { HasExited: false } running)
        {
            // Its data goes away with it, so it need not be written out first.
            await Run("kill", "-QUIT", $"{running.Id}");
            await running.WaitForExitAsync();
        }

        server?.Dispose();
        starting.Dispose();
        if (folder is not null)
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private string ConnectionString(string database) => $"Host=127.0.0.1;Port={port};Username=slotwright;Database={database}";

    private async Task EnsureStarted()
    {
        await starting.WaitAsync();
        try
        {
            if (server is not null)
            {
                return;
            }

            programs = FindPrograms();
            folder = Directory.CreateTempSubdirectory("slotwright-postgres-").FullName;
            if (Environment.IsPrivilegedProcess)
            {
                await Run("chown", "postgres:postgres", folder);
            }

            await Run("setpriv", [.. AsServerUser, Path.Combine(programs, "initdb"), "-D", Path.Combine(folder, "data"), "-U", "slotwright", "-A", "trust", "-E", "UTF8",
                "--locale=C", "--no-sync"]);
            port = FreePort();
            await Launch();
            await MakeTemplate();
        }
        finally
        {
            starting.Release();
        }
    }

    private async Task Launch()
    {
        var launched = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var data = Path.Combine(folder!, "data");
        string[] arguments =
        [
            "--pdeathsig", "INT", .. AsServerUser, Path.Combine(programs, "postgres"), "-D", data, "-p", $"{port}", "-k", data, "-h", "127.0.0.1",
            "-c", "max_connections=300", "-c", "fsync=on", "-c", "logging_collector=on", "-c", "shared_buffers=128MB",
        ];

        // The server says in its own file that it is ready: the last line of it, below its process id in the first.
        using var watcher = new FileSystemWatcher(data, "postmaster.pid");
        watcher.Created += (_, _) => Look();
        watcher.Changed += (_, _) => Look();
        watcher.EnableRaisingEvents = true;

        // The server is told when its starting thread ends, so a thread of its own waits for it.
        new Thread(() =>
        {
            var process = Process.Start(Program("setpriv", arguments))!;
            launched.SetResult(process);
            process.WaitForExit();
            ready.TrySetException(new InvalidOperationException($"PostgreSQL did not start; {data}/log says why."));
        })
        { IsBackground = true, Name = "PostgreSQL" }.Start();
        server = await launched.Task;
        Look();
        await ready.Task;

        void Look()
        {
            if (launched.Task.IsCompletedSuccessfully && Said(Path.Combine(data, "postmaster.pid")) is [var id, .., var status]
                && id == $"{launched.Task.Result.Id}" && status.Trim() == "ready")
            {
                ready.TrySetResult();
            }
        }
    }

    /// <summary>Empty while there is no such file.</summary>
    private static string[] Said(string file)
    {
        try
        {
            return File.ReadAllLines(file);
        }
        catch (IOException)
        {
            return [];
        }
    }

    private async Task MakeTemplate()
    {
        await Execute("postgres", $"create database {Template}");
        new Migrator(NullLogger<Migrator>.Instance).Run(
            DeployChanges.To.PostgresqlDatabase(ConnectionString(Template) + ";Pooling=false"), Migrator.Scripts(Dialect.PostgreSql));
    }

    private async Task Execute(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString(database) + ";Pooling=false;Timeout=5");
        await connection.OpenAsync();
        await connection.Run(sql);
    }

    /// <summary>The folder of initdb and postgres: as tests/run.sh found it, else where the distributions keep it.</summary>
    private static string FindPrograms()
    {
        string[] versions = Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql") : [];
        return versions.OrderDescending(StringComparer.Ordinal)
            .Select(version => Path.Combine(version, "bin"))
            .Prepend(Environment.GetEnvironmentVariable("SLOTWRIGHT_POSTGRES_BIN") ?? "")
            .FirstOrDefault(candidate => File.Exists(Path.Combine(candidate, "initdb")))
            ?? throw new InvalidOperationException("These tests need PostgreSQL: tests/run.sh installs it, or name the folder of initdb by SLOTWRIGHT_POSTGRES_BIN.");
    }

    private static string[] AsServerUser => Environment.IsPrivilegedProcess ? ["--reuid", "postgres", "--regid", "postgres", "--clear-groups"] : [];

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static ProcessStartInfo Program(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program) { WorkingDirectory = "/", RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return start;
    }

    private static async Task Run(string program, params string[] arguments)
    {
        using var process = Process.Start(Program(program, arguments))!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {await output}{await errors}");
        }
    }
}
