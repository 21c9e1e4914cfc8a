using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Slotwright.Accounts;
using Slotwright.Appointments;
using Slotwright.Platform;
using Slotwright.Storage.Upkeep;
using Slotwright.Team;

namespace Slotwright.Storage;

/// <summary>What the operator of the service reads and decides, on either database.</summary>
public abstract class OperatorStoreContract : StorageContract
{
    private int person;

    private OperatorProof Proof => new(person, "desk");

    private IOperatorStore Desk => Bench.Services.GetRequiredService<IOperatorStore>();

    private static Instant Now => StorageBench.Noon;

    [Fact, Trait("Fault", "62")]
    public async Task A_suspended_account_takes_no_booking_and_acting_in_it_has_ended_for_good()
    {
        await Settle();
        var (reseller, client, beside) = (await Bench.Account(), await Bench.Account(), await Bench.Account());
        var agenda = await Bench.Schedule(client);
        await Acting(reseller, client);
        await Acting(client, beside);
        var going = await Acting(reseller, beside);

        Assert.True(await Suspend(client, true));
        Assert.False(await Suspend(client, true));

        Assert.Equal(Now, (await Bench.Accounts.Load(client))!.SuspendedAt);
        Assert.Null((await Bench.Accounts.Load(beside))!.SuspendedAt);
        Assert.Equal(AgendaCommitResult.AccountPaused, (await Bench.Agendas.Append(await Bench.Booking(agenda, 1) with { NeedsOpenAccount = true })).Result);
        Assert.Equal(1, (await Desk.Overview(Proof, Now))!.Suspended);
        Assert.Equal(client, Assert.Single((await Desk.Accounts(Proof, new AccountsQuery { Among = AccountsAmong.Suspended }, Now))!.Accounts).Id);
        Assert.Equal(1, await Bench.Number("select count(*) from acting_sessions where ended_at is null and id = @id", ("id", going)));

        Assert.True(await Suspend(client, false));
        Assert.False(await Suspend(client, false));

        Assert.Null((await Bench.Accounts.Load(client))!.SuspendedAt);
        Assert.Equal(AgendaCommitResult.Stored, (await Bench.Agendas.Append(await Bench.Booking(agenda, 1) with { NeedsOpenAccount = true })).Result);
        Assert.Equal(2, await Bench.Number("select count(*) from acting_sessions where ended_at is not null and why = 4"));
        Assert.Equal(1, await Bench.Number("select count(*) from audit where account_id = @id and seq = 1 and act = 'Operator#Suspend' and person_id = @person", ("id", client), ("person", person)));
        Assert.Equal(1, await Bench.Number("select count(*) from audit where account_id = @id and seq = 2 and act = 'Operator#Reopen' and person_id = @person", ("id", client), ("person", person)));
        Assert.Equal(2, await Bench.Number("select count(*) from audit"));
        await Holds();
    }

    [Fact]
    public async Task Of_many_who_suspend_at_once_one_does_and_a_booking_comes_before_or_not_at_all()
    {
        await Settle();
        for (var round = 0; round < 8; round++)
        {
            var client = await Bench.Account();
            var agenda = await Bench.Schedule(client);
            var booking = await Bench.Booking(agenda, 1) with { NeedsOpenAccount = true };

            var booked = Task.Run(() => Bench.Agendas.Append(booking));
            var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Suspend(client, true))));

            Assert.Single(answers, done => done);
            Assert.Equal(
                (await booked).Result == AgendaCommitResult.Stored ? 1 : 0,
                await Bench.Number("select count(*) from appointments where account_id = @id", ("id", client)));
            Assert.Equal(1, await Bench.Number("select count(*) from audit where account_id = @id", ("id", client)));
        }

        await Holds();
    }

    [Fact]
    public async Task Of_resellers_that_are_logged_in_each_counts_once_however_many_clients_it_is_in()
    {
        await Settle();
        var (first, second, client, beside) = (await Bench.Account(), await Bench.Account(), await Bench.Account(), await Bench.Account());
        await Acting(first, client);
        await Acting(first, beside);
        await Acting(second, client);
        await Run("update acting_sessions set ends_at = @later", ("later", (Now + Duration.FromMinutes(1)).ToUnixTimeMilliseconds()));

        Assert.Equal(2, (await Desk.Overview(Proof, Now))!.Acting);

        await Run("update acting_sessions set ended_at = 1 where reseller_id = @id", ("id", second));
        Assert.Equal(1, (await Desk.Overview(Proof, Now))!.Acting);
    }

    [Fact]
    public async Task Nobody_else_suspends_or_reads_anything()
    {
        await Settle();
        var client = await Bench.Account();
        foreach (var (alter, back) in new[]
        {
            ("update persons set is_operator = 0 where email like 'operator%'", "update persons set is_operator = 1 where email like 'operator%'"),
            ("update persons set two_step_since = null", "update persons set two_step_since = 1"),
            ("update sessions set ended_at = 1 where token_hash = 'desk'", "update sessions set ended_at = null where token_hash = 'desk'"),
        })
        {
            await Run(alter);
            await Nothing(Proof, Now);
            await Run(back);
        }

        await Nothing(Proof with { SessionHash = "made up" }, Now);
        await Nothing(Proof with { PersonId = person + 1 }, Now);
        await Nothing(Proof, Now + Duration.FromDays(30));
        Assert.Null((await Bench.Accounts.Load(client))!.SuspendedAt);
        Assert.Equal(0, await Bench.Number("select count(*) from audit"));

        Assert.NotNull(await Desk.Overview(Proof, Now));
        Assert.Equal(client, Assert.Single((await Desk.Accounts(Proof, new AccountsQuery { Text = "COUNT-" }, Now))!.Accounts).Id);
        Assert.Empty((await Desk.KeptMails(Proof, Now))!);
        Assert.Empty((await Desk.ActingSessions(Proof, int.MaxValue, Now))!);
        Assert.Equal(0, await Desk.DecideMails(Proof, new MailDecision([], true), Now));

        async Task Nothing(OperatorProof proof, Instant now)
        {
            Assert.False(await Desk.Suspend(proof, new SuspendAccount(client, true, ""), now));
            Assert.Null(await Desk.Overview(proof, now));
            Assert.Null(await Desk.Accounts(proof, new AccountsQuery(), now));
            Assert.Null(await Desk.KeptMails(proof, now));
            Assert.Null(await Desk.DecideMails(proof, new MailDecision([], true), now));
            Assert.Null(await Desk.ActingSessions(proof, int.MaxValue, now));
        }
    }

    private async Task Settle()
    {
        person = await Bench.Persons.MakeOperator(new NewPerson { Id = await Bench.Ids.Next(IdKind.Person), Email = "operator@example.test", NormalisedEmail = "operator@example.test" });
        await Run("update persons set two_step_since = 1");
        await Bench.Persons.OpenSession(person, new SessionRow { TokenHash = "desk", StartedAt = Now, Host = "", Device = "", ConfirmedAt = Now });
    }

    private Task<bool> Suspend(int account, bool isSuspended) => Desk.Suspend(Proof, new SuspendAccount(account, isSuspended, ""), Now);

    private async Task<int> Acting(int reseller, int account)
    {
        var id = await Bench.Ids.Next(IdKind.Acting);
        await Run(
            """
            insert into acting_sessions (id, token_hash, person_id, session_hash, reseller_id, account_id, mode, host, started_at, ends_at)
            values (@id, @token, @person, 's', @reseller, @account, 1, '', 1, 2)
            """,
            ("id", id), ("token", $"token-{id}"), ("person", person), ("reseller", reseller), ("account", account));
        return id;
    }

    private Task<int> Run(string sql, params (string Name, object? Value)[] parameters) => Bench.Database.Write(connection => connection.Run(sql, parameters));

    private async Task Holds()
    {
        await using var said = new StringWriter();
        Assert.True(await new Verification(Bench.Database, Bench.Clock).Run(said) == 0, said.ToString());
    }
}

public sealed class SqliteOperatorStoreTests : OperatorStoreContract
{
    private readonly TemporaryFolder folder = new();

    protected override ValueTask<Dictionary<string, string?>> NewDatabase() => folder.NewDatabase();

    public override ValueTask DisposeAsync() => folder.After(base.DisposeAsync());
}

public sealed class PostgresOperatorStoreTests(PostgresServer server) : OperatorStoreContract
{
    protected override async ValueTask<Dictionary<string, string?>> NewDatabase() => PostgresServer.Settings(await server.NewDatabase());
}
