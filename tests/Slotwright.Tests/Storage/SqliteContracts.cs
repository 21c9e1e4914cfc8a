using Microsoft.Extensions.DependencyInjection;
using Slotwright.Storage.Sqlite;

namespace Slotwright.Storage;

public sealed class SqliteAgendaStoreTests : AgendaStoreContract
{
    private readonly TemporaryFolder folder = new();

    protected override ValueTask<Dictionary<string, string?>> NewDatabase() => folder.NewDatabase();

    public override ValueTask DisposeAsync() => folder.After(base.DisposeAsync());
}

public sealed class SqlitePlanLimitTests : PlanLimitContract
{
    private readonly TemporaryFolder folder = new();

    protected override ValueTask<Dictionary<string, string?>> NewDatabase() => folder.NewDatabase();

    public override ValueTask DisposeAsync() => folder.After(base.DisposeAsync());
}

public sealed class SqliteFindTests : FindContract
{
    private readonly TemporaryFolder folder = new();

    protected override ValueTask<Dictionary<string, string?>> NewDatabase() => folder.NewDatabase();

    public override ValueTask DisposeAsync() => folder.After(base.DisposeAsync());
}

public sealed class SqliteAccountStoreTests : AccountStoreContract
{
    private readonly TemporaryFolder folder = new();

    protected override ValueTask<Dictionary<string, string?>> NewDatabase() => folder.NewDatabase();

    public override ValueTask DisposeAsync() => folder.After(base.DisposeAsync());
}

public sealed class SqliteActingStoreTests : ActingStoreContract
{
    private readonly TemporaryFolder folder = new();

    protected override ValueTask<Dictionary<string, string?>> NewDatabase() => folder.NewDatabase();

    public override ValueTask DisposeAsync() => folder.After(base.DisposeAsync());
}

public sealed class SqliteLoginStoreTests : LoginStoreContract
{
    private readonly TemporaryFolder folder = new();

    protected override ValueTask<Dictionary<string, string?>> NewDatabase() => folder.NewDatabase();

    public override ValueTask DisposeAsync() => folder.After(base.DisposeAsync());
}

public sealed class SqlitePersonStoreTests : PersonStoreContract
{
    private readonly TemporaryFolder folder = new();

    protected override ValueTask<Dictionary<string, string?>> NewDatabase() => folder.NewDatabase();

    public override ValueTask DisposeAsync() => folder.After(base.DisposeAsync());
}

public sealed class SqliteDocumentsTests : DocumentsContract
{
    private readonly TemporaryFolder folder = new();

    protected override string PayloadStatement => "select cast(payload as text) from documents";

    protected override ValueTask<Dictionary<string, string?>> NewDatabase() => folder.NewDatabase();

    public override ValueTask DisposeAsync() => folder.After(base.DisposeAsync());
}

public sealed class SqliteWriterTests : WriterContract
{
    private readonly TemporaryFolder folder = new();

    private protected override void FailCommits(Action? fault) => Bench.Services.GetRequiredService<SqliteWriter>().BeforeCommit = fault;

    protected override ValueTask<Dictionary<string, string?>> NewDatabase() => folder.NewDatabase();

    public override ValueTask DisposeAsync() => folder.After(base.DisposeAsync());
}
