using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Reflection;
using System.Text;

namespace Slotwright.Processes;

/// <summary>
/// One built program of the product (web or silo) as a child process on loopback, with what it printed. Ending it is part of
/// disposing it, by its own id.
/// </summary>
public sealed class ProductProcess : IAsyncDisposable
{
    /// <summary>How long a program may take to answer for the first time, on a busy machine that also migrates and seeds.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private static readonly ConcurrentDictionary<ProductProcess, Process> Running = new();

    private readonly Process process;
    private readonly StringBuilder output = new();

    // A test program that is told to end does not unwind: its children end with it.
    static ProductProcess() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        foreach (var process in Running.Values)
        {
            process.Kill();
        }
    };

    private ProductProcess(Process process, Uri? address)
    {
        this.process = process;
        Address = address;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
    }

    /// <summary>Where web listens; null for a silo.</summary>
    public Uri? Address { get; }

    public int Id => process.Id;

    /// <summary>Both streams in the order they came.</summary>
    public string Output
    {
        get
        {
            lock (output)
            {
                return output.ToString();
            }
        }
    }

    /// <summary>Root of the checked-out sources: the folder that holds the solution.</summary>
    public static string Sources { get; } = FindSources();

    /// <summary>Web with its silo inside, or as client of a cluster, as the settings say. Does not wait.</summary>
    public static ProductProcess StartWeb(IReadOnlyDictionary<string, string> settings, int? port = null, params string[] arguments) =>
        StartWeb(settings, port ?? FreePort(), arguments, under: []);

    /// <summary>
    /// As web is started, but every file it writes is full at so many kilobytes: what a full disk does, without the rights to
    /// make one.
    /// </summary>
    public static ProductProcess StartWebWithFullFilesAt(int kilobytes, IReadOnlyDictionary<string, string> settings)
    {
        // The runtime's doubly mapped code is a file too, and a large one.
        var all = new Dictionary<string, string>(settings) { ["DOTNET_EnableWriteXorExecute"] = "0" };
        string[] shell = ["bash", "-c", "trap '' XFSZ; ulimit -f $0; exec \"$@\"", kilobytes.ToString(CultureInfo.InvariantCulture)];
        return StartWeb(all, FreePort(), [], shell);
    }

    public static ProductProcess StartSilo(IReadOnlyDictionary<string, string> settings, params string[] arguments) =>
        Start("silo", "Slotwright.Silo.dll", null, settings, arguments, under: []);

    /// <summary>A port of loopback that was free a moment ago.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Waits until /health/ready answers 200; throws with the program's own words when it ends first or takes too long.</summary>
    public async Task<ProductProcess> Ready(CancellationToken cancel)
    {
        using var http = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(5) };
        await Until(async () =>
        {
            try
            {
                using var answer = await http.GetAsync(new Uri("/health/ready", UriKind.Relative), cancel);
                return answer.StatusCode == HttpStatusCode.OK;
            }
            catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException && !cancel.IsCancellationRequested)
            {
                return false;
            }
        }, "answer /health/ready", cancel);
        return this;
    }

    /// <summary>Waits until it has printed the words.</summary>
    public Task Says(string words, CancellationToken cancel) =>
        Until(() => Task.FromResult(Output.Contains(words, StringComparison.OrdinalIgnoreCase)), $"say '{words}'", cancel);

    /// <summary>SIGKILL: the process gets no chance to do anything more.</summary>
    public async Task Kill()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }

        await process.WaitForExitAsync();
    }

    /// <summary>SIGTERM; answers the exit code, or throws when it has not ended within the time.</summary>
    public async Task<int> Terminate(TimeSpan within)
    {
        await Signal("TERM");
        return await Ends(within);
    }

    /// <summary>The exit code of a process that ends by itself; throws when it has not within the time.</summary>
    public async Task<int> Ends(TimeSpan within)
    {
        using var patience = new CancellationTokenSource(within);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"The process had not ended after {within.TotalSeconds:0} s. It said:\n{Output}");
        }

        return process.ExitCode;
    }

    /// <summary>Sends a signal by name, such as STOP and CONT.</summary>
    public async Task Signal(string name)
    {
        using var kill = Process.Start(new ProcessStartInfo("kill", ["-" + name, process.Id.ToString(CultureInfo.InvariantCulture)]))!;
        await kill.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Kill();
        Running.TryRemove(this, out _);
        process.Dispose();
    }

    private static ProductProcess StartWeb(IReadOnlyDictionary<string, string> settings, int port, string[] arguments, string[] under)
    {
        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
        var all = new Dictionary<string, string>(settings)
        {
            ["ASPNETCORE_URLS"] = address.GetLeftPart(UriPartial.Authority),
        };
        all.TryAdd("Platform__BaseUrl", address.GetLeftPart(UriPartial.Authority));
        return Start("web", "Slotwright.Web.dll", address, all, arguments, under);
    }

    private static ProductProcess Start(
        string folder, string assembly, Uri? address, IReadOnlyDictionary<string, string> settings, string[] arguments, string[] under)
    {
        string[] command = [.. under, "dotnet", Path.Combine(Sources, folder, "bin", Configuration, "net10.0", assembly), .. arguments];
        var start = new ProcessStartInfo(command[0])
        {
            // The content root: where pages' files and appsettings lie when run from sources.
            WorkingDirectory = Path.Combine(Sources, folder),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var word in command.Skip(1))
        {
            start.ArgumentList.Add(word);
        }

        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["DOTNET_ENVIRONMENT"] = "Development";
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        var process = new Process { StartInfo = start };
        var product = new ProductProcess(process, address);
        process.Start();
        Running[product] = process;
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return product;
    }

    private async Task Until(Func<Task<bool>> holds, string what, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!await holds())
        {
            if (process.HasExited)
            {
                await process.WaitForExitAsync(cancel);
                throw new InvalidOperationException($"It ended with code {process.ExitCode} before it could {what}. It said:\n{Output}");
            }

            try
            {
                await beat.WaitForNextTickAsync(patience.Token);
            }
            catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
            {
                throw new TimeoutException($"After {Patience.TotalSeconds:0} s it did not {what}. It said:\n{Output}");
            }
        }
    }

    private void Keep(string? line)
    {
        if (line is not null)
        {
            lock (output)
            {
                output.AppendLine(line);
            }
        }
    }

    /// <summary>The configuration this test program was built in: the product beside it was built in the same run.</summary>
    private static string Configuration { get; } =
        typeof(ProductProcess).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()?.Configuration ?? "Debug";

    private static string FindSources()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Orleans.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("This test program does not lie inside the sources.");
    }
}
