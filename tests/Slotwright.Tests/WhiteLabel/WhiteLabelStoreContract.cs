using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NodaTime;
using Slotwright.Customers;
using Slotwright.Mail;
using Slotwright.Platform;
using Slotwright.Storage;
using Slotwright.Storage.Customers;
using Slotwright.Storage.WhiteLabel;
using Slotwright.Team;

namespace Slotwright.WhiteLabel;

/// <summary>What holds of the rows of hosts, senders and mail servers on either database.</summary>
public abstract class WhiteLabelStoreContract : StorageContract
{
    private const string Host = "book.corner.example";

    private IWhiteLabelStore Store => Bench.Services.GetRequiredService<IWhiteLabelStore>();

    private Instant Now => Bench.Clock.GetCurrentInstant();

    [Fact, Trait("Requirement", "18"), Trait("Fault", "41")]
    public async Task Of_accounts_that_race_for_a_proven_host_one_has_it_and_the_others_are_told()
    {
        var accounts = new List<int>();
        for (var i = 0; i < 8; i++)
        {
            accounts.Add(await Bench.Account());
            Assert.Null(await Store.AskForHost(accounts[i], null, Host, $"token-{i}", Now, Now));
        }

        var followed = await Task.WhenAll(accounts.Select((account, i) => Task.Run(() => Store.Follow(Look(account, $"token-{i}", HostStep.Verify, HostState.Waiting), Now))));

        var winner = Assert.Single(followed, row => row!.State == HostState.Verified);
        Assert.Equal(winner!.AccountId, (await Bench.Accounts.FindByHost(Host))!.AccountId);
        Assert.All(followed.Where(row => row != winner), row => Assert.Equal((HostState.Waiting, HostAnswer.Taken), (row!.State, row.Answer)));
        Assert.Equal(HostRefusal.HostTaken, await Store.AskForHost(await Bench.Account(), null, Host, "late", Now, Now));
    }

    [Fact, Trait("Requirement", "18")]
    public async Task A_host_that_is_given_up_is_nobodys_for_ninety_days_and_a_repeat_changes_nothing()
    {
        var (one, two) = (await Bench.Account(), await Bench.Account());
        await Verified(one);

        Assert.True(await Store.ReleaseHost(one, null, Now));
        Assert.True(await Store.ReleaseHost(one, null, Now));

        Assert.Null(await Store.Host(one));
        Assert.Null(await Bench.Accounts.FindByHost(Host));
        Assert.Equal(HostRefusal.HostTaken, await Store.AskForHost(two, null, Host, "two", Now, Now));
        Bench.Clock.Advance(Duration.FromDays(90));
        Assert.Null(await Store.AskForHost(two, null, Host, "two", Now, Now));
    }

    [Fact, Trait("Requirement", "18")]
    public async Task What_the_operator_gave_is_given_up_too_but_never_beside_what_was_asked_for()
    {
        var (one, two) = (await Bench.Account(), await Bench.Account());
        Assert.True(await Bench.Accounts.MapHost(Host, one, Now));
        Assert.Equal(Host, await Store.HostByOperator(one));
        Assert.Null(await Store.AskForHost(one, null, "another.corner.example", "token", Now, Now));

        Assert.True(await Store.ReleaseHost(one, null, Now));
        Assert.Equal(one, (await Bench.Accounts.FindByHost(Host))!.AccountId);
        Assert.False(await Store.ReleaseHost(one, two, Now));
        Assert.Equal(one, (await Bench.Accounts.FindByHost(Host))!.AccountId);
        Assert.True(await Store.ReleaseHost(one, null, Now));

        Assert.Null(await Bench.Accounts.FindByHost(Host));
        Assert.Null(await Store.HostByOperator(one));
        Assert.False(await Bench.Accounts.MapHost(Host, two, Now + Duration.FromDays(89)));
    }

    [Fact]
    public async Task A_look_is_followed_once_and_only_for_the_host_and_token_that_were_looked_for()
    {
        var account = await Bench.Account();
        Assert.Null(await Store.AskForHost(account, null, Host, "token", Now, Now));
        Assert.Null(await Store.AskForHost(account, null, Host, "other", Now, Now));
        Assert.Equal(HostRefusal.HasHost, await Store.AskForHost(account, null, "another.corner.example", "other", Now, Now));
        Assert.Equal("token", (await Store.Host(account))!.Token);

        Assert.Null(await Store.Follow(Look(account, "other", HostStep.Verify, HostState.Waiting), Now));
        Assert.Null(await Bench.Accounts.FindByHost(Host));
        await Store.Follow(Look(account, "token", HostStep.Verify, HostState.Waiting), Now);
        var failing = await Store.Follow(Look(account, "token", HostStep.BeginFailing, HostState.Verified, await Letter(account)), Now);
        var again = await Store.Follow(Look(account, "token", HostStep.BeginFailing, HostState.Verified, await Letter(account)), Now + Duration.FromHours(1));

        Assert.Equal((HostState.Failing, Now), (failing!.State, failing.FailingSince!.Value));
        Assert.Equal(failing, again);
        Assert.Equal(1, await Bench.Number("select count(*) from person_letters"));
        Assert.NotNull(await Bench.Accounts.FindByHost(Host));
        Assert.Equal(HostState.Waiting, (await Store.Follow(Look(account, "token", HostStep.GiveUp, HostState.Failing), Now))!.State);
        Assert.Null(await Bench.Accounts.FindByHost(Host));
    }

    [Fact]
    public async Task A_host_that_was_released_by_other_means_does_not_come_back_by_itself()
    {
        var account = await Bench.Account();
        await Verified(account);
        Assert.True(await Bench.Accounts.UnmapHost(Host, account, Now));

        Assert.Null(await Store.Follow(Look(account, "token", HostStep.Verify, HostState.Verified), Now));

        Assert.Null(await Store.Host(account));
        Assert.Null(await Bench.Accounts.FindByHost(Host));
    }

    [Fact, Trait("Requirement", "29")]
    public async Task Nothing_changes_for_who_is_not_the_accounts_reseller()
    {
        var (reseller, client) = await Client();
        var sender = Sender(client, WhiteLabelScope.Own);
        var server = Server(client, WhiteLabelScope.Own);

        foreach (var stranger in new int?[] { null, client, reseller + 1000 })
        {
            Assert.Equal(HostRefusal.RelationChanged, await Store.AskForHost(client, stranger, Host, "token", Now, Now));
            Assert.False(await Store.ReleaseHost(client, stranger, Now));
            Assert.False(await Store.PutSender(sender, stranger));
            Assert.False(await Store.PutMailServer(server, stranger));
        }

        // For all clients sets only who is a reseller.
        Assert.False(await Store.PutSender(Sender(client, WhiteLabelScope.Clients), reseller));
        Assert.Null(await Store.Host(client));
        Assert.Equal(new SendingRow(null, null), await Store.Sending(client));
        Assert.True(await Store.PutSender(sender, reseller));
        Assert.Equal(HostRefusal.UnknownAccount, await Store.AskForHost(99_999, null, Host, "token", Now, Now));
    }

    [Fact, Trait("Requirement", "21")]
    public async Task A_client_has_its_resellers_sender_and_server_until_it_has_its_own()
    {
        var (reseller, client) = await Client();
        Assert.True(await Store.PutSender(Sender(reseller, WhiteLabelScope.Clients), null));
        Assert.True(await Store.PutMailServer(Server(reseller, WhiteLabelScope.Clients), null));

        var inherited = await Store.Sending(client);
        Assert.Equal((reseller, reseller), (inherited.Sender!.AccountId, inherited.Server!.AccountId));
        Assert.Equal(new SendingRow(null, null), await Store.Sending(reseller));

        Assert.True(await Store.PutSender(Sender(client, WhiteLabelScope.Own), reseller));
        Assert.True(await Store.PutMailServer(Server(client, WhiteLabelScope.Own), reseller));
        var own = await Store.Sending(client);
        Assert.Equal((client, client), (own.Sender!.AccountId, own.Server!.AccountId));
    }

    [Fact, Trait("Requirement", "14")]
    public async Task Whoever_leaves_a_reseller_keeps_nothing_of_what_was_set_for_it()
    {
        var (reseller, client) = await Client();
        await Verified(client, reseller);
        Assert.True(await Store.PutSender(Sender(client, WhiteLabelScope.Own), reseller));
        Assert.True(await Store.PutMailServer(Server(client, WhiteLabelScope.Own), reseller));
        await Waiting(client, OwnLane.Of((await Store.MailServer(client, WhiteLabelScope.Own))!));

        for (var repeat = 0; repeat < 2; repeat++)
        {
            await Bench.Database.Write(async connection =>
            {
                await connection.EndWhiteLabel(client, Now);
                return await connection.Run("update accounts set reseller_id = null, attached_at = null where id = @id", ("id", client));
            });
        }

        Assert.Null(await Bench.Accounts.FindByHost(Host));
        Assert.Null(await Store.Host(client));
        Assert.Equal(new SendingRow(null, null), await Store.Sending(client));
        Assert.Equal(1, await Bench.Number("select count(*) from deliveries where lane = 'platform'"));
    }

    [Fact]
    public async Task What_waits_for_a_server_goes_by_the_one_that_takes_its_place()
    {
        var (reseller, client) = await Client();
        var former = Server(client, WhiteLabelScope.Own);
        Assert.True(await Store.PutMailServer(former, reseller));
        await Waiting(client, OwnLane.Of(former));
        Assert.Equal(1, (await Store.WaitingFor(client, WhiteLabelScope.Own)).Count);

        Bench.Clock.Advance(Duration.FromMinutes(1));
        var next = former with { Port = 465, ChangedAt = Now };
        Assert.True(await Store.PutMailServer(next, reseller));
        Assert.Equal(1, await Bench.Number("select count(*) from deliveries where lane = @lane and due_at = made_at", ("lane", OwnLane.Of(next))));

        Assert.True(await Store.RemoveMailServer(client, WhiteLabelScope.Own, reseller));
        Assert.Equal(1, await Bench.Number("select count(*) from deliveries where lane = 'platform'"));
    }

    [Fact, Trait("Fault", "11")]
    public async Task What_waits_goes_by_the_server_that_is_set_and_letters_to_persons_by_the_platforms()
    {
        var (reseller, client) = await Client();
        await Waiting(client, Outbox.PlatformLane);
        await Waiting(client, Outbox.PlatformLane, DeliveryRole.Person);
        await Waiting(reseller, Outbox.PlatformLane);
        Task<long> By(string lane) => Bench.Number("select count(*) from deliveries where lane = @lane", ("lane", lane));

        var (common, own) = (Server(reseller, WhiteLabelScope.Clients), Server(client, WhiteLabelScope.Own));
        Assert.True(await Store.PutMailServer(common, null));
        Assert.Equal((1L, 2L), (await By(OwnLane.Of(common)), await By(Outbox.PlatformLane)));
        Assert.True(await Store.PutMailServer(own, reseller));
        Assert.Equal((1L, 2L), (await By(OwnLane.Of(own)), await By(Outbox.PlatformLane)));
        Assert.True(await Store.RemoveMailServer(client, WhiteLabelScope.Own, reseller));
        Assert.Equal((1L, 2L), (await By(OwnLane.Of(common)), await By(Outbox.PlatformLane)));
        Assert.True(await Store.RemoveMailServer(reseller, WhiteLabelScope.Clients, null));
        Assert.Equal(3, await By(Outbox.PlatformLane));
    }

    [Fact, Trait("Fault", "11")]
    public async Task A_customers_link_goes_by_the_accounts_own_server_from_the_first()
    {
        var (reseller, client) = await Client();
        var server = Server(client, WhiteLabelScope.Own);
        Assert.True(await Store.PutMailServer(server, reseller));
        var customers = new CustomerStore(Bench.Database, new NobodyToWake(), Options.Create(new PlatformOptions { NoReplyAddress = "no-reply@post.example" }));

        Assert.True(await customers.Send(CustomerLink.New(client, "ada@example.com", "en", Now), 1, 1, 3, 3));
        Assert.True(await customers.Send(CustomerLink.New(reseller, "ada@example.com", "en", Now), 2, 2, 3, 3));

        Assert.Equal(1, await Bench.Number("select count(*) from deliveries where id = 1 and lane = @lane", ("lane", OwnLane.Of(server))));
        Assert.Equal(1, await Bench.Number("select count(*) from deliveries where id = 2 and lane = 'platform'"));
    }

    [Fact]
    public async Task What_one_process_looks_at_is_not_due_to_another_until_a_minute_later()
    {
        var account = await Bench.Account();
        Assert.Null(await Store.AskForHost(account, null, Host, "token", Now, Now));
        Assert.True(await Store.PutSender(Sender(account, WhiteLabelScope.Own), null));

        var taken = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => Store.TakeDue(Now, 10))));

        Assert.Equal([account], taken.SelectMany(due => due.Hosts));
        Assert.Equal([(account, WhiteLabelScope.Own)], taken.SelectMany(due => due.Senders));
        Bench.Clock.Advance(Duration.FromMinutes(1));
        Assert.Single((await Store.TakeDue(Now, 10)).Hosts);
    }

    private static HostLook Look(int account, string token, HostStep step, HostState from, PersonLetter? letter = null) => new()
    {
        AccountId = account,
        Host = Host,
        Token = token,
        Answer = step == HostStep.Verify ? HostAnswer.Proven : HostAnswer.NoRecord,
        LeadsHere = true,
        Step = step,
        From = from,
        Letter = letter,
    };

    private async Task Verified(int account, int? reseller = null)
    {
        Assert.Null(await Store.AskForHost(account, reseller, Host, "token", Now, Now));
        Assert.Equal(HostState.Verified, (await Store.Follow(Look(account, "token", HostStep.Verify, HostState.Waiting), Now))!.State);
    }

    private async Task<(int Reseller, int Client)> Client()
    {
        var (reseller, client) = (await Bench.Account(), await Bench.Account());
        await Bench.Database.Write(async connection =>
            await connection.Run("update accounts set is_reseller = 1 where id = @id", ("id", reseller))
            + await connection.Run("update accounts set reseller_id = @reseller, attached_at = 0 where id = @id", ("reseller", reseller), ("id", client)));
        return (reseller, client);
    }

    private SenderRow Sender(int account, WhiteLabelScope scope) => new()
    {
        AccountId = account,
        Scope = scope,
        Address = "hello@corner.example",
        Domain = "corner.example",
        Selector = "m1",
        KeySealed = "sealed",
        KeyPublic = "public",
        Records = new SenderRecords(RecordState.NotAsked, RecordState.NotAsked, RecordState.NotAsked),
        ChangedAt = Now,
        CheckedAt = null,
        NextCheckAt = Now,
    };

    private MailServerRow Server(int account, WhiteLabelScope scope) => new()
    {
        AccountId = account,
        Scope = scope,
        Host = "smtp.corner.example",
        Port = 587,
        Security = MailServerSecurity.StartTls,
        User = "corner",
        PasswordSealed = "sealed",
        ChangedAt = Now,
    };

    private async Task<PersonLetter> Letter(int account)
    {
        var keeper = (await Store.KeeperOf(account))!;
        var (id, delivery) = (await Bench.Ids.Next(IdKind.Change), await Bench.Ids.Next(IdKind.Delivery));
        return new PersonLetter
        {
            Id = id,
            DeliveryId = delivery,
            MessageId = $"{delivery}@post.example",
            PersonId = keeper.PersonId,
            AccountId = keeper.AccountId,
            Kind = LetterKind.HostFailing,
            Recipient = keeper.Email,
            Language = "en",
            Detail = $"{Host} {keeper.AccountName}",
        };
    }

    private Task<int> Waiting(int account, string lane, DeliveryRole role = DeliveryRole.Customer) => Bench.Database.Write(connection => connection.Run(
        """
        insert into deliveries (id, change_id, account_id, appointment_id, version, kind, role, recipient, lane, fact_at, made_at, due_at, message_id)
        select coalesce(max(id), 0) + 1, coalesce(max(id), 0) + 1, @account, 1, 1, 1, @role, 'a@b.example', @lane, 1, @now, @later, 'm' from deliveries
        """,
        ("account", account), ("role", role), ("lane", lane), ("now", Now), ("later", Now + Duration.FromHours(4))));
}

public sealed class SqliteWhiteLabelStoreTests : WhiteLabelStoreContract
{
    private readonly TemporaryFolder folder = new();

    protected override ValueTask<Dictionary<string, string?>> NewDatabase() => folder.NewDatabase();

    public override ValueTask DisposeAsync() => folder.After(base.DisposeAsync());
}

public sealed class PostgresWhiteLabelStoreTests(PostgresServer server) : WhiteLabelStoreContract
{
    protected override async ValueTask<Dictionary<string, string?>> NewDatabase() => PostgresServer.Settings(await server.NewDatabase());
}
