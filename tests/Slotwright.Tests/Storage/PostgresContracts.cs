using Microsoft.Extensions.DependencyInjection;
using Slotwright.Storage.PostgreSql;

namespace Slotwright.Storage;

public sealed class PostgresAgendaStoreTests(PostgresServer server) : AgendaStoreContract
{
    protected override async ValueTask<Dictionary<string, string?>> NewDatabase() => PostgresServer.Settings(await server.NewDatabase());
}

public sealed class PostgresPlanLimitTests(PostgresServer server) : PlanLimitContract
{
    protected override async ValueTask<Dictionary<string, string?>> NewDatabase() => PostgresServer.Settings(await server.NewDatabase());
}

public sealed class PostgresAccountStoreTests(PostgresServer server) : AccountStoreContract
{
    protected override async ValueTask<Dictionary<string, string?>> NewDatabase() => PostgresServer.Settings(await server.NewDatabase());

    protected override async Task<StorageBench?> Other() => await StorageBench.Open(Settings, Bench.Clock);
}

public sealed class PostgresPersonStoreTests(PostgresServer server) : PersonStoreContract
{
    protected override async ValueTask<Dictionary<string, string?>> NewDatabase() => PostgresServer.Settings(await server.NewDatabase());
}

public sealed class PostgresDocumentsTests(PostgresServer server) : DocumentsContract
{
    protected override string PayloadStatement => "select convert_from(payloadbinary, 'UTF8') from orleansstorage";

    protected override async ValueTask<Dictionary<string, string?>> NewDatabase() => PostgresServer.Settings(await server.NewDatabase());
}

public sealed class PostgresWriterTests(PostgresServer server) : WriterContract
{
    private protected override void FailCommits(Action? fault) => Bench.Services.GetRequiredService<PostgresWriter>().BeforeCommit = fault;

    protected override async ValueTask<Dictionary<string, string?>> NewDatabase() => PostgresServer.Settings(await server.NewDatabase());
}
