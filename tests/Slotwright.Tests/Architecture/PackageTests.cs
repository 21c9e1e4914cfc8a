using System.Text.Json;
using Slotwright.Processes;

namespace Slotwright.Architecture;

/// <summary>The versions that restoring really takes, from the lock files.</summary>
public sealed class PackageTests
{
    /// <summary>Versions before these have a published weakness or fault that touches us.</summary>
    [Theory]
    [InlineData("BouncyCastle.Cryptography", "2.3.1")] // CVE-2024-29857, CVE-2024-30171, CVE-2024-30172
    [InlineData("MailKit", "4.7.1")] // takes a MimeKit without the weak BouncyCastle and formatters
    [InlineData("MimeKit", "4.7.1")]
    [InlineData("Newtonsoft.Json", "13.0.1")] // CVE-2024-21907
    [InlineData("Npgsql", "8.0.3")] // CVE-2024-32655
    [InlineData("SQLitePCLRaw.lib.e_sqlite3", "2.1.11")] // older ones carry a SQLite with CVE-2025-6965
    [InlineData("Scriban.Signed", "7.0.0")] // the limits of templates are kept from here on
    [InlineData("SkiaSharp", "2.88.6")] // older ones decode WebP with CVE-2023-4863
    [InlineData("System.Security.Cryptography.Pkcs", "8.0.1")] // CVE-2023-29331
    public void A_package_is_no_older_than_its_first_sound_version(string package, string first)
    {
        var taken = Taken().Where(entry => entry.Package == package).ToList();

        Assert.NotEmpty(taken);
        Assert.All(taken, entry => Assert.True(entry.Version >= Version.Parse(first), $"{entry.LockFile} takes {package} {entry.Version}; {first} is the first sound one."));
    }

    [Fact]
    public void Orleans_is_of_one_version_throughout()
    {
        var versions = Taken().Where(entry => entry.Package.StartsWith("Microsoft.Orleans.", StringComparison.Ordinal)).Select(entry => entry.Version).Distinct();

        Assert.Single(versions);
    }

    /// <summary>CVE-2026-40372: forged payloads in data protection of 10.0.0 to 10.0.6, which comes with the runtime.</summary>
    [Fact]
    public void The_runtime_protects_data_soundly()
    {
        Assert.True(Environment.Version >= new Version(10, 0, 7), $"The runtime is {Environment.Version}; install 10.0.7 or later.");
    }

    private static IEnumerable<(string LockFile, string Package, Version Version)> Taken()
    {
        string[] folders = ["grain-interfaces", "grains", "silo", "web", "tests/Slotwright.Tests"];
        foreach (var folder in folders)
        {
            using var file = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(ProductProcess.Sources, folder, "packages.lock.json")));
            foreach (var framework in file.RootElement.GetProperty("dependencies").EnumerateObject())
            {
                foreach (var package in framework.Value.EnumerateObject())
                {
                    if (package.Value.TryGetProperty("resolved", out var resolved))
                    {
                        yield return (folder, package.Name, Version.Parse(resolved.GetString()!.Split('-')[0]));
                    }
                }
            }
        }
    }
}
