namespace Slotwright.Storage;

public sealed class SqliteAgendaStoreTests : AgendaStoreContract
{
    private readonly TemporaryFolder folder = new();

    protected override ValueTask<Dictionary<string, string?>> NewDatabase() => ValueTask.FromResult(folder.Settings);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        folder.Dispose();
    }
}
