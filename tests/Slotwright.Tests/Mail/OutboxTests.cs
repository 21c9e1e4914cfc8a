using Slotwright.Storage;

namespace Slotwright.Mail;

public sealed class SqliteOutboxTests : OutboxContract
{
    protected override ValueTask<Dictionary<string, string?>?> NewDatabase() => ValueTask.FromResult<Dictionary<string, string?>?>(null);
}

public sealed class PostgresOutboxTests(PostgresServer server) : OutboxContract
{
    protected override async ValueTask<Dictionary<string, string?>?> NewDatabase() => PostgresServer.Settings(await server.NewDatabase());
}
