using DbUp;
using DbUp.Builder;
using DbUp.Engine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime.Testing;

namespace Slotwright.Storage;

public abstract class MigratorContract : IAsyncLifetime
{
    private static readonly Migrator Migrator = new(NullLogger<Migrator>.Instance);

    protected abstract Dialect Dialect { get; }

    protected abstract UpgradeEngineBuilder Target { get; }

    protected abstract Dictionary<string, string?> Settings { get; }

    public abstract ValueTask InitializeAsync();

    public abstract ValueTask DisposeAsync();

    [Fact, Trait("Fault", "56")]
    public async Task A_migration_that_fails_half_way_is_undone_and_goes_on_when_mended()
    {
        var scripts = Migrator.Scripts(Dialect);
        var broken = new SqlScript("9000-broken", "create table half (id integer); insert into nowhere (id) values (1);");

        var fault = Assert.Throws<StorageStartException>(() => Migrator.Run(Target, [.. scripts, broken]));
        Assert.Contains("9000-broken failed and was rolled back", fault.Message, StringComparison.Ordinal);
        Assert.Contains("start again", fault.Message, StringComparison.Ordinal);
        Migrator.Run(Target, [.. scripts, new SqlScript("9000-broken", "create table half (id integer)")]);

        // This program does not know the script, so it must not touch the database.
        var newer = await Assert.ThrowsAsync<StorageStartException>(() => StorageBench.Open(Settings));
        Assert.Contains("newer version", newer.Message, StringComparison.Ordinal);
        Assert.Contains("9000-broken", newer.Message, StringComparison.Ordinal);
    }

    [Fact, Trait("Fault", "56")]
    public async Task Whoever_only_looks_is_refused_an_older_database_and_changes_nothing()
    {
        var scripts = Migrator.Scripts(Dialect);
        Migrator.Run(Target, [.. scripts.SkipLast(1)]);
        async Task<string?> Look()
        {
            await using var services = StorageBench.Prepare(Settings, new FakeClock(StorageBench.Noon));
            var storage = services.GetRequiredService<IStorageStart>();
            var fault = await Record.ExceptionAsync(() => storage.Start(migrate: false));
            await storage.Stop();
            return fault is null ? null : Assert.IsType<StorageStartException>(fault).Message;
        }

        for (var times = 0; times < 2; times++)
        {
            Assert.Contains($"first {scripts[^1].Name}: make a backup, then run migrate", await Look(), StringComparison.Ordinal);
        }

        Migrator.Run(Target, scripts);
        Assert.Null(await Look());
    }

    [Fact]
    public async Task A_migrated_database_is_opened_again()
    {
        await using (var first = await StorageBench.Open(Settings))
        {
            await first.Account();
        }

        await using var second = await StorageBench.Open(Settings);
        Assert.Equal(1, await second.Number("select count(*) from accounts"));
    }
}

public sealed class SqliteMigratorTests : MigratorContract
{
    private readonly TemporaryFolder folder = new();

    protected override Dialect Dialect => Dialect.Sqlite;

    protected override UpgradeEngineBuilder Target => DeployChanges.To.SqliteDatabase($"Data Source={Sqlite.SqliteFile.PathIn(folder.Path)};Pooling=false");

    protected override Dictionary<string, string?> Settings => folder.Settings;

    public override ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public override ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }
}

public sealed class PostgresMigratorTests(PostgresServer server) : MigratorContract
{
    private string database = "";

    protected override Dialect Dialect => Dialect.PostgreSql;

    protected override UpgradeEngineBuilder Target => DeployChanges.To.PostgresqlDatabase(database);

    protected override Dictionary<string, string?> Settings => PostgresServer.Settings(database);

    public override async ValueTask InitializeAsync() => database = await server.NewEmptyDatabase();

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Four_that_start_together_on_an_empty_database_all_come_up()
    {
        var benches = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => StorageBench.Open(Settings))));

        Assert.Equal(Migrator.Scripts(Dialect).Count, await benches[0].Number("select count(*) from schemaversions"));
        foreach (var bench in benches)
        {
            await bench.Account();
            await bench.DisposeAsync();
        }
    }
}
