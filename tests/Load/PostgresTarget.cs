using Slotwright.Storage;

namespace Slotwright.Load;

/// <summary>A server of its own with fsync and synchronous_commit on, as the tests start it.</summary>
internal sealed class PostgresTarget : Target
{
    private readonly PostgresServer server = new();
    private string connectionString = "";

    private PostgresTarget()
        : base("PostgreSQL")
    {
    }

    public static async Task<Target> Open()
    {
        var target = new PostgresTarget();
        target.connectionString = await target.server.NewEmptyDatabase();
        return target;
    }

    public override Dictionary<string, string> Settings(bool sending) => new(base.Settings(sending))
    {
        ["Storage__Provider"] = "PostgreSql",
        ["ConnectionStrings__Slotwright"] = connectionString,
        ["Secrets__Passphrase"] = "a passphrase of the load program",
    };

    public override async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        await base.DisposeAsync();
    }
}
