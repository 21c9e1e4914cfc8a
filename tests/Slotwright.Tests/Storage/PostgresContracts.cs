using Microsoft.Extensions.DependencyInjection;
using Slotwright.Appointments;
using Slotwright.Platform;
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

public sealed class PostgresFindTests(PostgresServer server) : FindContract
{
    protected override async ValueTask<Dictionary<string, string?>> NewDatabase() => PostgresServer.Settings(await server.NewDatabase());
}

public sealed class PostgresAccountStoreTests(PostgresServer server) : AccountStoreContract
{
    protected override async ValueTask<Dictionary<string, string?>> NewDatabase() => PostgresServer.Settings(await server.NewDatabase());

    protected override async Task<StorageBench?> Other() => await StorageBench.Open(Settings, Bench.Clock);
}

public sealed class PostgresActingStoreTests(PostgresServer server) : ActingStoreContract
{
    protected override async ValueTask<Dictionary<string, string?>> NewDatabase() => PostgresServer.Settings(await server.NewDatabase());
}

public sealed class PostgresLoginStoreTests(PostgresServer server) : LoginStoreContract
{
    protected override async ValueTask<Dictionary<string, string?>> NewDatabase() => PostgresServer.Settings(await server.NewDatabase());
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

    [Fact]
    public async Task Rows_committed_one_by_one_are_told_so_although_a_later_one_fails()
    {
        var agenda = await Bench.Schedule(await Bench.Account());
        var bad = await Bench.Booking(agenda, 2);
        List<AgendaWrite> writes =
            [await Bench.Booking(agenda, 1), bad with { Appointment = bad.Appointment with { Note = null! } }, await Bench.Booking(agenda, 3)];

        // Together, then the first alone, then the third alone: the second fails before it comes so far.
        var told = await InOneBatch(await Bench.Booking(agenda, 0), writes, failAt: 3);

        Assert.Null(told[0]);
        Assert.IsType<StorageUnavailableException>(told[1]);
        Assert.Contains("went away", Assert.IsType<StorageUnavailableException>(told[2]).Message, StringComparison.Ordinal);
        Assert.Equal(2, await Bench.Number("select count(*) from appointments"));
    }

    [Fact]
    public async Task What_was_committed_together_is_told_so_although_the_exact_path_fails()
    {
        var near = await Bench.Schedule(await Bench.Account(3));
        var far = await Bench.Schedule(await Bench.Account());

        // Since the second of three, this account goes the exact path.
        foreach (var hour in new[] { 1, 2, 3 })
        {
            await Bench.Agendas.Append(await Bench.Booking(near, hour));
        }

        var told = await InOneBatch(await Bench.Booking(far, 0), [await Bench.Booking(far, 1), await Bench.Booking(near, 4)], failAt: 2);

        Assert.Null(told[0]);
        Assert.IsType<StorageUnavailableException>(told[1]);
        Assert.Equal(2, await Bench.Number("select count(*) from appointments where account_id = @id", ("id", far.AccountId)));
    }

    /// <summary>Holds the writer up with the first write until the others wait, and lets one of their commits fail. Answers what each was told.</summary>
    private async Task<Exception?[]> InOneBatch(AgendaWrite first, List<AgendaWrite> writes, int failAt)
    {
        var commits = -1;
        using var gate = new ManualResetEventSlim();
        FailCommits(() =>
        {
            if (Interlocked.Increment(ref commits) == 0)
            {
                gate.Wait();
            }
            else if (commits == failAt)
            {
                throw new IOException("the server went away");
            }
        });
        var held = Bench.Agendas.Append(first);
        while (Volatile.Read(ref commits) < 0)
        {
            await Task.Yield();
        }

        var appends = writes.Select(write => Record.ExceptionAsync(() => Bench.Agendas.Append(write)).AsTask()).ToList();
        gate.Set();
        await held;
        var told = await Task.WhenAll(appends);
        FailCommits(null);
        return told;
    }

    protected override async ValueTask<Dictionary<string, string?>> NewDatabase() => PostgresServer.Settings(await server.NewDatabase());
}
