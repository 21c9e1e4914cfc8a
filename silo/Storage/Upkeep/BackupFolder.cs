using System.Diagnostics;
using System.Globalization;
using Npgsql;

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
        var start = new ProcessStartInfo(program) { RedirectStandardError = true };
        foreach (var (name, value) in ConnectionEnvironment(connectionString))
        {
            start.Environment[name] = value;
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

    /// <summary>What the server's programs must know to reach the same database just as safely; what is not set, is not in it.</summary>
    internal static Dictionary<string, string> ConnectionEnvironment(string connectionString)
    {
        var target = new NpgsqlConnectionStringBuilder(connectionString);
        (string Name, string? Value)[] all =
        [
            ("PGHOST", target.Host),
            ("PGPORT", target.Port.ToString(CultureInfo.InvariantCulture)),
            ("PGUSER", target.Username),
            ("PGDATABASE", target.Database),
            ("PGPASSWORD", target.Password),
            ("PGPASSFILE", target.Passfile),
            ("PGSSLMODE", target.SslMode switch
            {
                // Both sides' default.
                SslMode.Prefer => null,
                SslMode.Disable => "disable",
                SslMode.Allow => "allow",
                SslMode.Require => "require",
                SslMode.VerifyCA => "verify-ca",
                _ => "verify-full",
            }),
            ("PGSSLROOTCERT", target.RootCertificate),
            ("PGSSLCERT", target.SslCertificate),
            ("PGSSLKEY", target.SslKey),
        ];
        return all.Where(one => one.Value is { Length: > 0 }).ToDictionary(one => one.Name, one => one.Value!, StringComparer.Ordinal);
    }

    /// <summary>Copied for its owner only, and so that a crash of the machine right afterwards loses nothing.</summary>
    public static void Copy(string from, string to)
    {
        File.Delete(to);
        using var source = File.OpenRead(from);
        using var target = OwnerOnly.Open(to, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        source.CopyTo(target);
        target.Flush(flushToDisk: true);
    }

    public static void Flush(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        stream.Flush(flushToDisk: true);
    }
}
