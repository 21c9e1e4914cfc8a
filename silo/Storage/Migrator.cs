using System.Reflection;
using DbUp.Builder;
using DbUp.Engine;
using Microsoft.Extensions.Logging;

namespace Slotwright.Storage;

/// <summary>
/// Brings the tables to what this program knows: embedded scripts, in the order of their names, each in its own transaction. Whoever
/// calls holds the database to itself (file lock or advisory lock).
/// </summary>
internal sealed partial class Migrator(ILogger<Migrator> logger)
{
    /// <summary>The scripts of a dialect in order; their names are what the table <c>schemaversions</c> keeps.</summary>
    public static IReadOnlyList<SqlScript> Scripts(Dialect dialect)
    {
        var assembly = Assembly.GetExecutingAssembly();
        var folder = $"Slotwright.Storage.Migrations.{(dialect == Dialect.Sqlite ? "sqlite" : "postgresql")}.";
        return [.. assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(folder, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => new SqlScript(Path.GetFileNameWithoutExtension(name[folder.Length..]), Text(assembly, name)))];
    }

    /// <summary>
    /// Throws <see cref="StorageStartException"/> when a script fails or the database is newer than this program; without
    /// <paramref name="migrate"/> nothing is run, and it throws when something would be.
    /// </summary>
    public void Run(UpgradeEngineBuilder target, IReadOnlyList<SqlScript> scripts, bool migrate = true)
    {
        var engine = target
            .WithScripts(scripts)
            .WithTransactionPerScript()
            .WithVariablesDisabled()
            .LogToNowhere()
            .Build();
        var known = scripts.Select(script => script.Name).ToHashSet(StringComparer.Ordinal);
        if (engine.GetExecutedScripts().Find(name => !known.Contains(name)) is { } unknown)
        {
            throw new StorageStartException(
                $"The database was made by a newer version of this program (it has the migration {unknown}): start that version, or restore a backup.");
        }

        if (!migrate)
        {
            var missing = engine.GetScriptsToExecute();
            if (missing.Count > 0)
            {
                throw new StorageStartException(
                    $"The database is of an older version of this program and lacks {missing.Count} migrations, first {missing[0].Name}: make a backup, then run migrate.");
            }

            return;
        }

        var result = engine.PerformUpgrade();
        foreach (var script in result.Scripts)
        {
            Migrated(script.Name);
        }

        if (!result.Successful)
        {
            throw new StorageStartException(
                $"The migration {result.ErrorScript?.Name ?? "list"} failed and was rolled back ({result.Error.Message}). "
                + "The migrations before it are kept. Mend the cause and start again, which goes on with it; or restore a backup and start the version before.",
                result.Error);
        }
    }

    private static string Text(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Migration {Script} is done.")]
    private partial void Migrated(string script);
}
