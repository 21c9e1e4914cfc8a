using Slotwright.Appointments;

namespace Slotwright.Storage;

/// <summary>Two silos on one PostgreSQL database.</summary>
public sealed class TwoWritersTests(PostgresServer server)
{
    [Fact]
    public async Task Two_writers_on_shared_accounts_never_stand_in_each_others_way_and_never_pass_the_limit()
    {
        const int Allowed = 15;
        var settings = PostgresServer.Settings(await server.NewDatabase());
        await using var one = await StorageBench.Open(settings);
        await using var two = await StorageBench.Open(settings, one.Clock);
        var accounts = new List<int>();
        var agendas = new List<(StorageBench Bench, Taken Agenda)>();
        for (var i = 0; i < 10; i++)
        {
            var account = await one.Account(i % 2 == 0 ? Allowed : int.MaxValue);
            accounts.Add(account);
            agendas.Add((one, await one.Schedule(account)));
            agendas.Add((two, await two.Schedule(account)));
        }

        var random = new Random(7);
        var writes = new List<(StorageBench Bench, AgendaWrite Write)>();
        for (var hour = 0; hour < 30; hour++)
        {
            foreach (var (bench, agenda) in agendas)
            {
                writes.Add((bench, await bench.Booking(agenda, 1 + hour)));
            }
        }

        var order = writes.ToArray();
        random.Shuffle(order);
        var commits = await Task.WhenAll(order.Select(row => Task.Run(() => row.Bench.Agendas.Append(row.Write))));

        foreach (var (account, index) in accounts.Select((account, index) => (account, index)))
        {
            var stored = commits.Zip(order).Count(pair => pair.First.Result == AgendaCommitResult.Stored && pair.Second.Write.Appointment.AccountId == account);
            Assert.Equal(index % 2 == 0 ? Allowed : 60, stored);
            Assert.Equal(stored, await one.Agendas.CountUpcoming(account, StorageBench.Noon));
            Assert.Equal(stored, await one.Number("select used from accounts where id = @id", ("id", account)));
            Assert.Equal(index % 2 == 0 ? 3 : 0, await one.Number("select count(*) from changes where account_id = @id and kind >= 20", ("id", account)));
        }
    }

    [Fact]
    public async Task Of_two_writers_that_hold_one_agenda_the_one_whose_epoch_was_taken_is_fenced_off()
    {
        var settings = PostgresServer.Settings(await server.NewDatabase());
        await using var one = await StorageBench.Open(settings);
        await using var two = await StorageBench.Open(settings, one.Clock);
        var stale = await one.Schedule(await one.Account());
        Assert.Equal(AgendaCommitResult.Stored, (await one.Agendas.Append(await one.Booking(stale, 1))).Result);
        var present = stale with { Epoch = (await two.Agendas.TakeEpoch(stale.AgendaId, 1))!.Value };

        var commits = await Task.WhenAll(
            one.Agendas.Append(await one.Booking(stale, 2)), two.Agendas.Append(await two.Booking(present, 2)));

        Assert.Equal([AgendaCommitResult.Fenced, AgendaCommitResult.Stored], commits.Select(commit => commit.Result));
    }

    /// <summary>One writer looks a key up before it stores; what another one stores in that very moment only the index sees.</summary>
    [Fact, Trait("Fault", "5")]
    public async Task One_key_that_two_writers_store_at_once_is_stored_by_one_of_them()
    {
        var settings = PostgresServer.Settings(await server.NewDatabase());
        await using var one = await StorageBench.Open(settings);
        await using var two = await StorageBench.Open(settings, one.Clock);
        var account = await one.Account();
        var (here, there) = (await one.Schedule(account), await two.Schedule(account));

        for (var round = 1; round <= 40; round++)
        {
            var key = new RepeatKey { Credential = "page", Key = $"round {round}", Fingerprint = "f" };
            var (first, second) = (await one.Booking(here, round, key: key), await two.Booking(there, round, key: key));
            var commits = await Task.WhenAll(Task.Run(() => one.Agendas.Append(first)), Task.Run(() => two.Agendas.Append(second)));

            Assert.Equal([AgendaCommitResult.Stored, AgendaCommitResult.KeyKnown], commits.Select(commit => commit.Result).Order());
        }

        Assert.Equal(40, await one.Number("select count(*) from appointments"));
    }

    [Fact, Trait("Fault", "15")]
    public async Task After_a_crash_of_the_server_what_was_answered_is_stored_and_writing_goes_on()
    {
        await using var own = new PostgresServer();
        await using var bench = await StorageBench.Open(PostgresServer.Settings(await own.NewDatabase()));
        var agenda = await bench.Schedule(await bench.Account());
        var answered = new System.Collections.Concurrent.ConcurrentBag<int>();
        var hours = 0;
        var many = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var enough = new CancellationTokenSource();
        async Task Caller()
        {
            while (!enough.IsCancellationRequested)
            {
                try
                {
                    var write = await bench.Booking(agenda, Interlocked.Increment(ref hours));
                    if ((await bench.Agendas.Append(write)).Result == AgendaCommitResult.Stored)
                    {
                        answered.Add(write.Appointment.Id);
                        if (answered.Count >= 50)
                        {
                            many.TrySetResult();
                        }
                    }
                }
                catch (Platform.StorageUnavailableException)
                {
                    await Task.Yield();
                }
            }
        }

        var callers = Enumerable.Range(0, 16).Select(_ => Task.Run(Caller)).ToArray();
        await many.Task.WaitAsync(TestContext.Current.CancellationToken);

        await own.Restart();
        await enough.CancelAsync();
        await Task.WhenAll(callers);
        var after = await bench.Booking(agenda, 1_000_000);
        Assert.Equal(AgendaCommitResult.Stored, (await bench.Agendas.Append(after)).Result);

        var stored = await bench.Database.Read(connection => connection.All("select id from appointments", row => row.GetInt32(0)));
        Assert.Empty(answered.Except(stored));
    }
}
