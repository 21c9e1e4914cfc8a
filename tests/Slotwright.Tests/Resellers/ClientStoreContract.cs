using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Slotwright.Accounts;
using Slotwright.Mail;
using Slotwright.Platform;
using Slotwright.Storage;
using Slotwright.Storage.Resellers;
using Slotwright.Storage.Upkeep;
using Slotwright.Team;

namespace Slotwright.Resellers;

/// <summary>Who is whose client, as transactions keep it; on both databases.</summary>
public abstract partial class ClientStoreContract : StorageContract
{
    private const int Person = 5;

    private IClientStore Clients => Bench.Services.GetRequiredService<IClientStore>();

    private static Instant Now => StorageBench.Noon;

    [Fact, Trait("Requirement", "53"), Trait("Requirement", "91")]
    public async Task Of_resellers_who_attach_one_account_at_once_one_gets_it()
    {
        var resellers = new[] { await Reseller(), await Reseller(), await Reseller(), await Reseller() };
        var client = await Bench.Account();

        var letter = await Letter(client);
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(async rival => (Reseller: resellers[rival % 4], Answer: await Attach(resellers[rival % 4], client))));

        var winner = Assert.Single(answers, one => one.Answer == AttachAnswer.Attached).Reseller;
        Assert.Equal(3, answers.Count(one => one.Answer == AttachAnswer.AlreadyYours && one.Reseller == winner));
        Assert.Equal(12, answers.Count(one => one.Answer == AttachAnswer.AttachedElsewhere && one.Reseller != winner));
        Assert.Equal(winner, (await Bench.Accounts.Load(client))!.ResellerId);
        Assert.Equal(1, await Bench.Number("select count(*) from person_letters where kind = 111"));
        Assert.NotNull(letter);
    }

    [Fact, Trait("Requirement", "47"), Trait("Requirement", "53")]
    public async Task Nesting_is_one_level_whichever_comes_first()
    {
        var (reseller, other, client) = (await Reseller(), await Reseller(), await Bench.Account());
        Assert.Equal(AttachAnswer.IsReseller, await Attach(reseller, other));
        Assert.Equal(AttachAnswer.IsReseller, await Attach(reseller, reseller));
        Assert.Equal(AttachAnswer.UnknownReseller, await Attach(client, other));
        Assert.Equal(AttachAnswer.UnknownAccount, await Attach(reseller, 999_999));

        // A client that becomes a reseller as it is attached: one of the two comes first, and the other is refused.
        for (var round = 0; round < 8; round++)
        {
            var wavering = await Bench.Account();
            var attach = Task.Run(() => Attach(reseller, wavering));
            var become = Task.Run(() => Bench.Accounts.BecomeReseller(wavering));
            Assert.True((await attach == AttachAnswer.Attached) ^ await become);
            var row = (await Bench.Accounts.Load(wavering))!;
            Assert.True(row.IsReseller ^ row.ResellerId is not null);
        }
    }

    [Fact, Trait("Requirement", "14"), Trait("Requirement", "89"), Trait("Requirement", "90"), Trait("Requirement", "74"), Trait("Fault", "62")]
    public async Task A_detached_account_is_a_regular_one_with_all_that_was_the_resellers_gone_and_its_trial_used_for_ever()
    {
        var (reseller, next, client) = (await Reseller(), await Reseller(), await Bench.Account());
        await Attach(reseller, client);
        Assert.True(await Bench.Accounts.MapHost("book.client.test", client, Now));
        Assert.True(await Bench.Accounts.StartTrial(client, Now, Now + Trial.Length, []));
        Assert.True(await Clients.NotePrice(reseller, client, new AskedPrice(49.95m, AskedEvery.Month, "all in")));
        Assert.Equal(49.95m, (await Clients.Find(reseller, client))!.Asked!.Amount);

        Assert.False(await Clients.Detach(next, client, Person, Now, [await Letter(client)]));
        Assert.True(await Clients.Detach(reseller, client, Person, Now, [await Letter(client)]));
        Assert.False(await Clients.Detach(reseller, client, Person, Now, [await Letter(client)]));

        var row = (await Bench.Accounts.Load(client))!;
        Assert.Equal((null, null, null, true), (row.ResellerId, row.AttachedAt, row.PausedAt, row.LosesSender));
        Assert.Null(await Bench.Accounts.FindByHost("book.client.test"));
        Assert.False(await Bench.Accounts.MapHost("book.client.test", next, Now + Duration.FromDays(89)));
        Assert.Equal(1, await Bench.Number("select count(*) from person_letters where kind = 112"));
        Assert.Null(await Clients.Find(reseller, client));
        Assert.Equal(AttachAnswer.Attached, await Attach(next, client));
        Assert.Null((await Clients.Find(next, client))!.Asked);
        Assert.False(await Bench.Accounts.StartTrial(client, Now + Duration.FromDays(30), Now + Duration.FromDays(37), []));
        await Holds();
    }

    [Fact]
    public async Task Whom_the_operator_suspended_is_neither_attached_nor_deleted()
    {
        var (reseller, client, regular) = (await Reseller(), await Bench.Account(), await Bench.Account());
        await Attach(reseller, client);
        await Run("update accounts set suspended_at = @now where id in (@client, @regular)", ("now", Now), ("client", client), ("regular", regular));

        Assert.Equal(AttachAnswer.UnknownAccount, await Attach(reseller, regular));
        Assert.Equal(EraseAnswer.Suspended, await Clients.Erase(reseller, client, Person, Now, [await Letter(client, LetterKind.ClientDeleted)]));

        Assert.Null((await Bench.Accounts.Load(regular))!.ResellerId);
        Assert.Equal(reseller, (await Bench.Accounts.Load(client))!.ResellerId);
        Assert.Equal(0, await Letters(114));
        await Run("update accounts set suspended_at = null where id = @client", ("client", client));
        Assert.Equal(EraseAnswer.Erased, await Clients.Erase(reseller, client, Person, Now, []));
    }

    [Fact, Trait("Requirement", "89")]
    public async Task What_was_made_or_waits_for_the_reseller_ends_with_the_relation()
    {
        var (reseller, client, neighbour) = (await Reseller(), await Bench.Account(), await Bench.Account());
        await Attach(reseller, client);
        await Attach(reseller, neighbour);
        var (own, others) = (await Bench.Schedule(client), await Bench.Schedule(neighbour));
        await Acted(1, client, from: 10, until: 20);
        await Acted(2, client, from: 30, until: null);
        await Acted(3, neighbour, from: 10, until: 20);
        foreach (var minute in new[] { 9, 10, 20, 21, 30, 90, 91 })
        {
            await Feed($"own-{minute}", client, own, minute);
        }

        await Feed("beside", neighbour, others, 15);
        foreach (var state in new[] { DeliveryState.Due, DeliveryState.Sent, DeliveryState.Held })
        {
            await Copy(client, state);
        }

        Assert.True(await Clients.Detach(reseller, client, Person, Now + Duration.FromDays(1), [await Letter(client)]));

        var left = await Bench.Database.Read(connection => connection.All(
            "select token_hash from feeds where revoked_at is null order by made_at, token_hash", row => row.GetString(0)));
        Assert.Equal(["own-9", "beside", "own-21", "own-91"], left);
        Assert.Equal(2, await Bench.Number("select count(*) from deliveries where role = 3 and state = 3"));
        Assert.Equal(1, await Bench.Number("select count(*) from deliveries where role = 3 and state = 2"));
        Assert.Equal(0, await Bench.Number("select count(*) from acting_sessions where account_id = @client and ended_at is null", ("client", client)));
    }

    [Fact, Trait("Requirement", "49"), Trait("Requirement", "50"), Trait("Requirement", "51")]
    public async Task Who_has_a_login_gets_a_notice_and_who_has_none_a_link_and_a_form_sent_twice_makes_one_account()
    {
        var reseller = await Reseller();
        Assert.True(await Bench.Accounts.Open(await Client(reseller, "first", "new@example.test", "key-1")));
        Assert.False(await Bench.Accounts.Open(await Client(reseller, "first", "new@example.test", "key-1")));
        var first = await Bench.Accounts.FindByOpeningKey("key-1");
        Assert.Equal("first", first!.Name);
        Assert.Equal((1L, 0L), (await Letters(103), await Letters(110)));

        // Not used yet: a second account for the same address brings a link again.
        Assert.True(await Bench.Accounts.Open(await Client(reseller, "second", "new@example.test", "key-2")));
        Assert.Equal((2L, 0L), (await Letters(103), await Letters(110)));
        await Bench.Database.Write(connection => connection.Run("update persons set password_hash = 'set' where email = 'new@example.test'"));
        Assert.True(await Bench.Accounts.Open(await Client(reseller, "third", "new@example.test", "key-3")));

        Assert.Equal((2L, 1L), (await Letters(103), await Letters(110)));
        Assert.Equal(3, await Bench.Number("select count(*) from deliveries where recipient = 'new@example.test' and role = 4"));
    }

    [Fact, Trait("Requirement", "51")]
    public async Task An_invitation_is_sent_again_three_times_an_hour_and_revoked_for_its_own_account_only()
    {
        var reseller = await Reseller();
        var client = await Client(reseller, "client", "new@example.test", "key-1");
        Assert.True(await Bench.Accounts.Open(client));
        var elsewhere = await Client(await Reseller(), "elsewhere", "new@example.test", "key-2");
        Assert.True(await Bench.Accounts.Open(elsewhere));

        var sent = new List<bool?>();
        for (var i = 0; i < 4; i++)
        {
            var again = await Client(reseller, "client", "new@example.test", "");
            sent.Add(await Clients.Invite(
                reseller, client.Id, ForOwner(again.Invitation!, client), again.Notice!, 3, Now - Duration.FromHours(1), Now));
        }

        Assert.Equal([true, true, false, false], sent);
        Assert.Equal(2, await Bench.Number("select count(*) from person_links where kind = 2 and spent_at is null"));
        Assert.True(await Clients.RevokeInvitations(reseller, client.Id, Now));
        Assert.Equal(1, await Bench.Number("select count(*) from person_links where kind = 2 and spent_at is null"));
        Assert.False(await Clients.RevokeInvitations(reseller, elsewhere.Id, Now));
        Assert.Null(await Clients.Invite(reseller, elsewhere.Id, client.Invitation!, client.Notice!, 3, Now, Now));
    }

    [Fact, Trait("Fault", "34")]
    public async Task What_becomes_of_a_relation_stands_in_the_audit_by_whoever_did_it_and_what_is_refused_does_not()
    {
        var (reseller, other, client, deleted) = (await Reseller(), await Reseller(), await Bench.Account(), await Bench.Account());
        await Attach(reseller, client);
        await Attach(reseller, deleted);
        Assert.Equal(AttachAnswer.AttachedElsewhere, await Attach(other, client));
        Assert.False(await Clients.Detach(other, client, Person, Now, []));
        Assert.True(await Clients.Detach(reseller, client, 6, Now, []));
        await Attach(other, client);

        // Each reseller reads its own people's part, the account all of it.
        var acting = Bench.Services.GetRequiredService<IActingStore>();
        Assert.Null(await acting.Log(client, reseller, int.MaxValue, Now));
        var log = (await acting.Log(client, other, int.MaxValue, Now))!;
        Assert.Equal((1, 3), (log.Total, Assert.Single(log.Acts).Number));
        Assert.Equal(3, (await acting.Log(client, null, int.MaxValue, Now))!.Total);
        Assert.Equal(EraseAnswer.Erased, await Clients.Erase(reseller, deleted, 7, Now, []));
        var letters = new Dictionary<int, IReadOnlyList<PersonLetter>> { [client] = [] };
        Assert.Equal(RevertAnswer.Reverted, await Clients.Revert(other, 8, letters, Now, await Letter(other, LetterKind.ResellerReverted)));

        Assert.Equal([$"Relation#Attach 5 {reseller} ", $"Relation#Detach 6 {reseller} ", $"Relation#Attach 5 {other} ", $"Relation#Detach 8 {other} "], await Audit(client));
        Assert.Equal([$"Relation#Attach 5 {reseller} "], await Audit(deleted));
        Assert.Equal([$"Relation#Delete 7 {reseller} account-{deleted}"], await Audit(reseller));
        Assert.Equal([$"Relation#Revert 8 {other} "], await Audit(other));
        await Holds();
    }

    private Task<List<string>> Audit(int account) => Bench.Database.Read(connection => connection.All(
        "select act, person_id, reseller_id, path from audit where account_id = @id order by seq",
        row => $"{row.GetString(0)} {row.GetInt32(1)} {row.GetInt32(2)} {row.GetString(3)}",
        ("id", account)));

    private Task Run(string sql, params (string Name, object? Value)[] parameters) => Bench.Database.Write(connection => connection.Run(sql, parameters));

    /// <summary>Somebody of the reseller acted in the account; minutes after noon. An open end: they closed their browser, and an hour later it was over.</summary>
    private Task Acted(int id, int account, int from, int? until) => Run(
        """
        insert into acting_sessions (id, token_hash, person_id, session_hash, reseller_id, account_id, mode, host, started_at, ends_at, ended_at)
        values (@id, @token, 5, 's', 1, @account, 1, '', @from, @ends, @until)
        """,
        ("id", id), ("token", $"token-{id}"), ("account", account), ("from", Now + Duration.FromMinutes(from)),
        ("ends", Now + Duration.FromMinutes(from + 60)), ("until", until is { } minute ? Now + Duration.FromMinutes(minute) : null));

    private Task Feed(string token, int account, Taken schedule, int minute) => Run(
        "insert into feeds (token_hash, account_id, schedule_id, handle, label, made_at) values (@token, @account, @schedule, @token, '', @made)",
        ("token", token), ("account", account), ("schedule", schedule.AgendaId), ("made", Now + Duration.FromMinutes(minute)));

    /// <summary>A copy to the reseller of news about the account's limit.</summary>
    private async Task Copy(int account, DeliveryState state) => await Run(
        """
        insert into deliveries (id, change_id, account_id, appointment_id, version, kind, role, recipient, lane, state, fact_at, made_at, due_at, message_id)
        values (@id, @id, @account, 0, 0, 20, 3, 'r@example.test', '', @state, 0, 0, 0, 'm')
        """,
        ("id", await Bench.Ids.Next(IdKind.Delivery)), ("account", account), ("state", state));

    private async Task<int> Reseller()
    {
        var id = await Bench.Account();
        Assert.True(await Bench.Accounts.BecomeReseller(id));
        return id;
    }

    private async Task<AttachAnswer> Attach(int reseller, int client) => await Clients.Attach(reseller, client, Person, Now, await Letter(client, LetterKind.ClientAttached));

    private async Task<long> Letters(int kind) => await Bench.Number("select count(*) from person_letters where kind = @kind", ("kind", kind));

    private async Task<PersonLetter> Letter(int account, LetterKind kind = LetterKind.ClientDetached, int? person = null) => new()
    {
        Id = await Bench.Ids.Next(IdKind.Change),
        DeliveryId = await Bench.Ids.Next(IdKind.Delivery),
        MessageId = $"{Guid.NewGuid()}@post.example",
        PersonId = person ?? (await Bench.Accounts.Load(account))?.OwnerPersonId ?? 1,
        AccountId = account,
        Kind = kind,
        Recipient = "new@example.test",
        Language = "en",
        Detail = new ClientNews { AccountName = "client", DisplayName = "Client" }.Write(),
    };

    private async Task<NewAccount> Client(int reseller, string name, string email, string key)
    {
        var (id, person) = (await Bench.Ids.Next(IdKind.Account), await Bench.Ids.Next(IdKind.Person));
        var link = PersonLink.New(person, PersonLinkKind.Invitation, Now);
        return StorageBench.NewAccount(id, name, email, person) with
        {
            ResellerId = reseller,
            OpeningKey = key.Length == 0 ? null : key,
            Invitation = new Invitation(link, await Letter(id, LetterKind.AccountActivation, person) with { LinkId = link.Id }),
            Notice = await Letter(id, LetterKind.ClientOpened, person),
        };
    }

    private static Invitation ForOwner(Invitation invitation, NewAccount client) => new(
        invitation.Link with { PersonId = client.Owner.Id }, invitation.Letter with { PersonId = client.Owner.Id, AccountId = client.Id });

    private async Task<IEnumerable<string>> Naming() => (await Bench.Database.Read(connection => connection.All(
        Bench.Database.Dialect == Dialect.Sqlite
            ? "select m.name from sqlite_master m join pragma_table_info(m.name) c where m.type = 'table' and c.name = 'account_id' group by m.name"
            : "select table_name from information_schema.columns where table_schema = current_schema() and column_name = 'account_id' group by table_name",
        row => row.GetString(0)))).Except(AccountErasure.Kept.Keys).Append("accounts");

    private async Task Holds()
    {
        using var output = new StringWriter();
        await Bench.Services.GetRequiredService<Verification>().Run(output);
        Assert.DoesNotContain("BROKEN", output.ToString(), StringComparison.Ordinal);
    }
}

public sealed class SqliteClientStoreTests : ClientStoreContract
{
    private readonly TemporaryFolder folder = new();

    protected override ValueTask<Dictionary<string, string?>> NewDatabase() => folder.NewDatabase();

    public override ValueTask DisposeAsync() => folder.After(base.DisposeAsync());
}

public sealed class PostgresClientStoreTests(PostgresServer server) : ClientStoreContract
{
    protected override async ValueTask<Dictionary<string, string?>> NewDatabase() => PostgresServer.Settings(await server.NewDatabase());
}
