using System.Diagnostics;

namespace Slotwright.Storage.Upkeep;

/// <summary>What a backup consists of, and the server's own programs for PostgreSQL.</summary>
internal static class BackupFolder
{
    public const string SqliteName = "slotwright.db";
    public const string PostgresName = "slotwright.dump";

    /// <summary>The program in the PATH or among Debian's server programs, newest first; null: not installed.</summary>
    public static string? Find(string program)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).ToList();
        if (Directory.Exists("/usr/lib/postgresql"))
        {
            folders.AddRange(Directory.GetDirectories("/usr/lib/postgresql").OrderDescending(StringComparer.Ordinal).Select(version => Path.Combine(version, "bin")));
        }

        return folders.Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? program + ".exe" : program)).FirstOrDefault(File.Exists);
    }

    /// <summary>Runs it on the database of the connection string; the password travels by environment, not by argument.</summary>
    public static async Task<int> Run(string program, string connectionString, TextWriter output, params string[] arguments)
    {
        var target = new Npgsql.NpgsqlConnectionStringBuilder(connectionString);
        var start = new ProcessStartInfo(program) { RedirectStandardError = true };
        start.Environment["PGHOST"] = target.Host;
        start.Environment["PGPORT"] = target.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        start.Environment["PGUSER"] = target.Username;
        start.Environment["PGDATABASE"] = target.Database;
        if (target.Password is { Length: > 0 } password)
        {
            start.Environment["PGPASSWORD"] = password;
        }

        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        await output.WriteAsync(await process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    /// <summary>Copied so that a crash of the machine right afterwards loses nothing.</summary>
    public static void Copy(string from, string to)
    {
        File.Copy(from, to, overwrite: true);
        Flush(to);
    }

    public static void Flush(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        stream.Flush(flushToDisk: true);
    }
}
