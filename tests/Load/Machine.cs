using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Slotwright.Processes;

namespace Slotwright.Load;

/// <summary>Where and of what the figures were taken.</summary>
internal static class Machine
{
    public static string Describe()
    {
        var cpu = File.Exists("/proc/cpuinfo")
            ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim()
            : null;
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1024.0 * 1024 * 1024);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Environment.ProcessorCount} × {cpu ?? "unknown processor"}, {memory:0} GiB, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}");
    }

    public static string Commit()
    {
        var commit = Git("rev-parse", "--short", "HEAD");
        return Git("status", "--porcelain").Length > 0 ? commit + " with changes" : commit;
    }

    private static string Git(params string[] arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = ProductProcess.Sources, RedirectStandardOutput = true })!;
        var answer = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        return answer.Trim();
    }
}
