using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NodaTime;
using Slotwright.Appointments;
using Slotwright.Mail;
using Slotwright.Storage.Appointments;
using Slotwright.Storage.Upkeep;

namespace Slotwright.Storage;

public abstract class UpkeepContract : StorageContract
{
    /// <summary>Settings of an empty place to restore into.</summary>
    protected abstract ValueTask<Dictionary<string, string?>> EmptyDatabase();

    [Fact]
    public async Task Verify_finds_nothing_in_data_that_the_stores_wrote()
    {
        await World();

        var (code, lines) = await Verify(Bench);

        Assert.True(code == 0, string.Join('\n', lines));
        Assert.All(lines[..^2], line => Assert.StartsWith("ok ", line, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("update appointments set starts_at = starts_at + 1500000, ends_at = ends_at + 1500000 where starts_at = 1795543200000", "overlap")]
    [InlineData("update appointments set buffer_after = 60 where starts_at = 1795543200000", "overlap")]
    [InlineData("update appointments set note = 'forged' where starts_at = 1795543200000", "latest change")]
    [InlineData("delete from changes where kind = 1 and id = (select min(id) from changes where kind = 1)", "without gaps")]
    [InlineData("update agendas set version = version + 1", "without gaps")]
    [InlineData("update agendas set epoch = 0", "epoch")]
    [InlineData("update accounts set used = 0", "counter")]
    [InlineData("update ids set next = 1 where kind = 'change'", "handed out next")]
    [InlineData("delete from names where kind = 'email'", "one present name")]
    [InlineData("insert into names (kind, normalised, owner) values ('host', 'lost.test', 999)", "living name")]
    [InlineData("update names set released_at = 1 where kind = 'account'", "released")]
    [InlineData("delete from memberships", "member")]
    [InlineData("update appointments set schedule_id = 999", "schedule and agenda")]
    [InlineData("update changes set appointment_id = 999 where kind = 4", "of an appointment")]
    [InlineData("update appointments set ends_at = starts_at where status = 2", "ends after")]
    [InlineData("update appointments set revision = 9 where status = 2", "number of its changes")]
    [InlineData("update changes set fingerprint = null where repeat_key is not null", "whole or gone")]
    [InlineData("update accounts set trial_ends_at = 5", "trial")]
    public async Task Verify_names_what_breaks_an_invariant(string damage, string name)
    {
        await World();
        await Bench.Database.Write(connection => connection.Run(damage));

        var (code, lines) = await Verify(Bench);

        Assert.Equal(1, code);
        Assert.Contains(lines, line => line.StartsWith("BROKEN ", StringComparison.Ordinal) && line.Contains(name, StringComparison.Ordinal));
    }

    [Fact, Trait("Fault", "57")]
    public async Task A_backup_made_under_load_is_restored_elsewhere_and_holds_everything_answered_before()
    {
        using var folder = new TemporaryFolder();
        await World();
        var agenda = await Bench.Schedule(await Bench.Account());
        using var enough = new CancellationTokenSource();
        var hours = 0;
        var load = Task.Run(async () =>
        {
            while (!enough.IsCancellationRequested)
            {
                await Bench.Agendas.Append(await Bench.Booking(agenda, Interlocked.Increment(ref hours)));
            }
        }, TestContext.Current.CancellationToken);
        while (Volatile.Read(ref hours) < 20)
        {
            await Task.Yield();
        }

        var before = await Bench.Number("select count(*) from changes");
        using var output = new StringWriter();
        var code = await Bench.Services.GetRequiredService<Backup>().Run(output, Path.Combine(folder.Path, "backup"));
        await enough.CancelAsync();
        await load;
        Assert.True(code == 0, output.ToString());
        Assert.Equal(1, await Bench.Services.GetRequiredService<Backup>().Run(output, Path.Combine(folder.Path, "backup")));

        var settings = await EmptyDatabase();
        var held = new Held();
        async Task<int> Restore(bool force)
        {
            await using var services = StorageBench.Prepare(settings, Bench.Clock, services => services.AddSingleton<IAfterRestore>(held));
            return await services.GetRequiredService<Restore>().Run(output, Path.Combine(folder.Path, "backup"), force);
        }

        Assert.True(await Restore(force: false) == 0, output.ToString());
        Assert.Equal(Bench.Clock.GetCurrentInstant(), held.At);
        Assert.Equal(1, await Restore(force: false));
        Assert.True(await Restore(force: true) == 0, output.ToString());
        await using var restored = await StorageBench.Open(settings, Bench.Clock);
        Assert.InRange(await restored.Number("select count(*) from changes"), before, await Bench.Number("select count(*) from changes"));
        var (verified, lines) = await Verify(restored);
        Assert.True(verified == 0, string.Join('\n', lines));
    }

    [Fact, Trait("Fault", "57")]
    public async Task Restore_holds_what_is_a_day_late_and_says_how_much()
    {
        using var folder = new TemporaryFolder();
        using var output = new StringWriter();
        var backup = Path.Combine(folder.Path, "backup");
        var agenda = await Bench.Schedule(await Bench.Account());
        var old = await Bench.Booking(agenda, 1);
        await Bench.Agendas.Append(old);
        await Delivery(1, due: StorageBench.Noon);
        Bench.Clock.AdvanceHours(25);
        var fresh = await Bench.Booking(agenda, 100);
        await Bench.Agendas.Append(fresh);
        await Delivery(2, due: Bench.Clock.GetCurrentInstant() - Duration.FromHours(24));
        Assert.Equal(0, await Bench.Services.GetRequiredService<Backup>().Run(output, backup));

        var settings = await EmptyDatabase();
        await using (var services = StorageBench.Prepare(settings, Bench.Clock, more => more.AddSingleton<IAfterRestore, HeldAfterRestore>()))
        {
            Assert.Equal(0, await services.GetRequiredService<Restore>().Run(output, backup, force: false));
        }

        await using var restored = await StorageBench.Open(settings, Bench.Clock);
        Assert.Equal((int)DeliveryState.Held, await restored.Number("select state from deliveries where id = 1"));
        Assert.Equal(0, await restored.Number("select lease_until from deliveries where id = 1 and lease_owner = ''"));
        Assert.Equal((int)DeliveryState.Due, await restored.Number("select state from deliveries where id = 2"));
        Assert.Equal(2, await restored.Number("select pending from changes where id = @id", ("id", old.ChangeId)));
        Assert.Equal(1, await restored.Number("select pending from changes where id = @id", ("id", fresh.ChangeId)));
        Assert.Contains(": 2 mails and changes", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_backup_is_its_owners_only()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var folder = new TemporaryFolder();
        using var output = new StringWriter();
        var made = Path.Combine(folder.Path, "made");
        var given = Directory.CreateDirectory(Path.Combine(folder.Path, "given")).FullName;
        foreach (var backup in new[] { made, given })
        {
            Assert.Equal(0, await Bench.Services.GetRequiredService<Backup>().Run(output, backup));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(backup));
            Assert.NotEmpty(Directory.GetFiles(backup));
            Assert.All(Directory.GetFiles(backup), file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
        }
    }

    [Fact]
    public async Task Old_sessions_and_mails_are_swept_and_what_waits_or_is_young_stays()
    {
        await Bench.Account();
        var person = (int)await Bench.Number("select min(id) from persons");
        await Bench.Persons.OpenSession(person, PersonStoreContract.Session("old") with { StartedAt = StorageBench.Noon });
        for (var id = 1; id <= 600; id++)
        {
            await Delivery(id, StorageBench.Noon, (DeliveryState)(2 + (id % 3)));
        }

        await Delivery(1001, StorageBench.Noon, DeliveryState.Due);
        await Delivery(1002, StorageBench.Noon, DeliveryState.Held);
        await Delivery(1003, StorageBench.Noon, DeliveryState.Sent);
        Bench.Clock.AdvanceDays(30);
        var now = Bench.Clock.GetCurrentInstant();
        await Bench.Database.Write(connection => connection.Run("update deliveries set sent_at = @now where id = 1003", ("now", now)));
        await Delivery(1004, now, DeliveryState.Failed);
        await Bench.Persons.OpenSession(person, PersonStoreContract.Session("ended") with { StartedAt = now });
        await Bench.Persons.EndSession("ended", now);
        await Bench.Persons.OpenSession(person, PersonStoreContract.Session("young") with { StartedAt = now });

        Assert.Equal(602, await Bench.Services.GetRequiredService<OldRowsSweep>().Sweep());

        Assert.NotNull(await Bench.Persons.FindSession("young", person));
        Assert.Equal(1, await Bench.Number("select count(*) from sessions"));
        Assert.Equal(4, await Bench.Number("select count(*) from deliveries where id > 1000"));
        Assert.Equal(4, await Bench.Number("select count(*) from deliveries"));
    }

    /// <summary>A mail that was made when it was due, and is leased.</summary>
    private Task Delivery(int id, Instant due, DeliveryState state = DeliveryState.Due) => Bench.Database.Write(connection => connection.Run(
        """
        insert into deliveries (id, change_id, account_id, appointment_id, version, kind, role, recipient, lane, state, fact_at, made_at, due_at,
            lease_until, lease_owner, message_id)
        values (@id, @id, 1, 1, 1, 1, 1, 'ada@example.test', 'platform', @state, @due, @due, @due, 5, 'somebody', 'm')
        """,
        ("id", id), ("state", state), ("due", due)));

    [Fact]
    public async Task Old_repeat_keys_are_swept_and_young_ones_stay()
    {
        var agenda = await Bench.Schedule(await Bench.Account());
        RepeatKey Key(string name) => new() { Credential = "api", Key = name, Fingerprint = "f" };
        for (var hour = 0; hour < 30; hour++)
        {
            await Bench.Agendas.Append(await Bench.Booking(agenda, hour, key: Key($"old {hour}")));
        }

        Bench.Clock.AdvanceHours(72);
        await Bench.Agendas.Append(await Bench.Booking(agenda, 100, key: Key("young")));

        Assert.Equal(30, await Bench.Services.GetRequiredService<KeySweep>().Sweep());
        Assert.Equal(1, await Bench.Number("select count(*) from changes where repeat_key is not null"));
        Assert.NotNull(await Bench.Agendas.FindByKey(agenda.AccountId, Key("young")));
    }

    private static async Task<(int Code, List<string> Lines)> Verify(StorageBench bench)
    {
        using var output = new StringWriter();
        var code = await bench.Services.GetRequiredService<Verification>().Run(output);
        return (code, [.. output.ToString().Split(Environment.NewLine)]);
    }

    /// <summary>Some of everything: the first booking of the first agenda begins at 18:00 on 2026-11-24.</summary>
    private async Task World()
    {
        for (var i = 0; i < 2; i++)
        {
            var account = await Bench.Account(4);
            var agenda = await Bench.Schedule(account);
            var first = await Bench.Booking(agenda, 6, key: new RepeatKey { Credential = "api", Key = "k", Fingerprint = "f" });
            first = first with { Appointment = first.Appointment with { CreatedAt = first.Appointment.CreatedAt + Duration.FromNanoseconds(1234567) } };
            await Bench.Agendas.Append(first);
            var near = await Bench.Booking(agenda, 6);
            near = near with { Appointment = near.Appointment with { Start = first.Appointment.End, End = first.Appointment.End + Duration.FromMinutes(30) } };
            await Bench.Agendas.Append(near);
            var other = await Bench.Booking(agenda, 8);
            await Bench.Agendas.Append(other);
            var moved = await Bench.Move(other, 9);
            await Bench.Agendas.Append(moved);
            await Bench.Agendas.Append(await Bench.Cancellation(moved));
            await Bench.Agendas.Append(await Bench.Booking(agenda, 10));
            await Bench.Agendas.Append(await Bench.Booking(agenda, 11));
            await Bench.Agendas.Append(await Bench.Booking(agenda, 12));
            var over = await Bench.Booking(agenda, 6);
            await Bench.Agendas.Append(over with
            {
                CountDelta = 0,
                Kind = ChangeKind.Blocked,
                Appointment = over.Appointment with { Kind = AppointmentKind.Block, OverlapAllowed = true },
            });
            await Bench.Accounts.MapHost($"host-{i}.test", account, StorageBench.Noon);
            await Bench.Accounts.RenameSchedule(account, agenda.AgendaId, "Renamed", "renamed", StorageBench.Noon);
            await Bench.Accounts.StartTrial(account, StorageBench.Noon, StorageBench.Noon + Duration.FromHours(168), []);
        }
    }

    private sealed class Held : IAfterRestore
    {
        public Instant? At { get; private set; }

        public async Task<int> Run(System.Data.Common.DbConnection connection, Instant now)
        {
            Assert.NotNull(await connection.Scalar("select 1 from changes where pending = 1 limit 1"));
            At = now;
            return 0;
        }
    }
}

public sealed class SqliteUpkeepTests : UpkeepContract
{
    private readonly TemporaryFolder folder = new();
    private readonly TemporaryFolder empty = new();

    protected override ValueTask<Dictionary<string, string?>> NewDatabase() => folder.NewDatabase();

    protected override ValueTask<Dictionary<string, string?>> EmptyDatabase() => empty.NewDatabase();

    public override async ValueTask DisposeAsync()
    {
        await folder.After(base.DisposeAsync());
        empty.Dispose();
    }

    [Fact]
    public async Task A_backup_carries_the_key_that_its_sealed_texts_need()
    {
        var text = Bench.Services.GetRequiredService<Platform.ISecrets>().Seal("api-key", "sesame");
        using var output = new StringWriter();
        Assert.Equal(0, await Bench.Services.GetRequiredService<Backup>().Run(output, Path.Combine(empty.Path, "backup")));
        using var elsewhere = new TemporaryFolder();
        await using var services = StorageBench.Prepare(elsewhere.Settings, Bench.Clock);

        Assert.Equal(0, await services.GetRequiredService<Restore>().Run(output, Path.Combine(empty.Path, "backup"), force: false));

        Assert.Equal("sesame", services.GetRequiredService<Platform.ISecrets>().Unseal("api-key", text));
        Assert.Equal(elsewhere.Path, services.GetRequiredService<IOptions<StorageOptions>>().Value.Directory);
    }
}

public sealed class PostgresUpkeepTests(PostgresServer server) : UpkeepContract
{
    protected override async ValueTask<Dictionary<string, string?>> NewDatabase() => PostgresServer.Settings(await server.NewDatabase());

    protected override async ValueTask<Dictionary<string, string?>> EmptyDatabase() => PostgresServer.Settings(await server.NewEmptyDatabase());

    [Fact, Trait("Fault", "57")]
    public async Task A_restore_that_fails_leaves_the_database_as_it_was()
    {
        using var folder = new TemporaryFolder();
        using var output = new StringWriter();
        var good = Path.Combine(folder.Path, "good");
        var bad = Directory.CreateDirectory(Path.Combine(folder.Path, "bad")).FullName;
        Assert.Equal(0, await Bench.Services.GetRequiredService<Backup>().Run(output, good));
        await File.WriteAllTextAsync(Path.Combine(bad, "slotwright.dump"), "PGDMP and then nothing", TestContext.Current.CancellationToken);
        await Bench.Account();
        await using var services = StorageBench.Prepare(Settings, Bench.Clock, more => more.AddSingleton<IAfterRestore, Failing>());
        var restore = services.GetRequiredService<Restore>();

        Assert.Equal(1, await restore.Run(output, bad, force: true));
        Assert.Equal(1, await Bench.Number("select count(*) from public.accounts"));

        // The dump loads, and what must happen afterwards fails.
        await Assert.ThrowsAsync<InvalidOperationException>(() => restore.Run(output, good, force: true));
        Assert.Equal(1, await Bench.Number("select count(*) from public.accounts"));
        Assert.Equal(0, await Bench.Number("select count(*) from pg_namespace where nspname like 'before_restore_%'"));
    }

    [Fact, Trait("Fault", "57")]
    public async Task A_database_that_a_server_runs_on_is_not_replaced()
    {
        using var folder = new TemporaryFolder();
        using var output = new StringWriter();
        var backup = Path.Combine(folder.Path, "backup");
        Assert.Equal(0, await Bench.Services.GetRequiredService<Backup>().Run(output, backup));
        await Bench.Account();
        await Bench.Database.Write(connection => connection.Run(
            """
            insert into orleansmembershipversiontable (deploymentid) values ('d');
            insert into orleansmembershiptable (deploymentid, address, port, generation, siloname, hostname, status, starttime, iamalivetime)
            values ('d', '127.0.0.1', 1, 1, 'left', 'h', 6, now(), now()), ('d', '127.0.0.1', 2, 1, 'killed', 'h', 3, now(), now() - interval '1 hour'),
                ('d', '127.0.0.1', 3, 1, 'living', 'h', 3, now(), now())
            """));
        async Task<int> Restored()
        {
            await using var services = StorageBench.Prepare(Settings, Bench.Clock);
            return await services.GetRequiredService<Restore>().Run(output, backup, force: true);
        }

        Assert.Equal(1, await Restored());
        Assert.Contains("living on h runs on this database", output.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, await Bench.Number("select count(*) from accounts"));

        await Bench.Database.Write(connection => connection.Run("update orleansmembershiptable set status = 6 where siloname = 'living'"));
        Assert.Equal(0, await Restored());
        Assert.Equal(0, await Bench.Number("select count(*) from public.accounts"));
    }

    [Fact]
    public void The_servers_programs_connect_as_safely_as_this_one()
    {
        var plain = BackupFolder.ConnectionEnvironment("Host=db;Username=u;Database=d");
        var safe = BackupFolder.ConnectionEnvironment("Host=db;Username=u;Database=d;SSL Mode=VerifyFull;Root Certificate=/etc/ca.pem");

        Assert.DoesNotContain(plain.Keys, name => name.StartsWith("PGSSL", StringComparison.Ordinal));
        Assert.Equal(("verify-full", "/etc/ca.pem"), (safe["PGSSLMODE"], safe["PGSSLROOTCERT"]));
    }

    private sealed class Failing : IAfterRestore
    {
        public Task<int> Run(System.Data.Common.DbConnection connection, Instant now) => throw new InvalidOperationException("not today");
    }
}
