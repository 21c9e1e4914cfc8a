using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Slotwright.Accounts;
using Slotwright.Resellers;
using Slotwright.Storage.Upkeep;
using Slotwright.Team;

namespace Slotwright.Storage;

/// <summary>Acting sessions, their audit and the hand-over, on either database.</summary>
public abstract class ActingStoreContract : StorageContract
{
    private const int Person = 5;

    private static readonly Instant Noon = StorageBench.Noon;

    private int reseller;
    private int client;
    private int lastActing;

    private IActingStore Acting => Bench.Services.GetRequiredService<IActingStore>();

    [Fact, Trait("Fault", "33")]
    public async Task An_acting_session_lasts_as_long_as_all_it_hangs_on()
    {
        await Settle();
        Assert.Null(await Start("token"));

        Assert.NotNull(await Acting.Find(Proof("token"), Noon + Duration.FromMinutes(59)));
        Assert.Null(await Acting.Find(Proof("token"), Noon + Duration.FromMinutes(60)));
        Assert.Null(await Acting.Find(Proof("token") with { PersonId = 6 }, Noon));
        Assert.Null(await Acting.Find(Proof("token") with { SessionHash = "another" }, Noon));
        Assert.Null(await Acting.Find(Proof("token") with { AccountId = reseller }, Noon));

        // A client that left and came back begins anew.
        await Run("update accounts set attached_at = @later where id = @id", ("later", (Noon + Duration.FromSeconds(1)).ToUnixTimeMilliseconds()), ("id", client));
        Assert.Null(await Acting.Find(Proof("token"), Noon + Duration.FromMinutes(1)));
        Assert.False(await Acting.Record(Proof("token"), Act("Settings"), Noon + Duration.FromMinutes(1)));
        Assert.Equal(1, await Bench.Number("select count(*) from audit"));
    }

    [Fact]
    public async Task Who_is_no_reseller_of_it_gets_nothing_but_a_row_in_their_own_audit()
    {
        await Settle();
        var stranger = await Bench.Account();

        Assert.Equal(ActingRefusal.UnknownClient, await Start("a", account: stranger));
        Assert.Equal(ActingRefusal.UnknownClient, await Start("b", account: 2_000_000));
        Assert.Equal(ActingRefusal.NotAllowed, await Start("c", person: 6));
        Assert.Equal(ActingRefusal.NotAllowed, await Start("d", session: "ended"));

        Assert.Equal(0, await Bench.Number("select count(*) from acting_sessions"));
        Assert.Equal(2, await Bench.Number("select count(*) from audit where account_id = @id and outcome = 3", ("id", reseller)));
        Assert.Equal(2, await Bench.Number("select count(*) from audit"));
    }

    [Fact]
    public async Task A_second_one_ends_the_first_and_many_at_once_leave_one()
    {
        await Settle();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(number => Task.Run(() => Start($"token-{number}"))));

        Assert.Equal(1, await Bench.Number("select count(*) from acting_sessions where ended_at is null"));
        Assert.Equal(8, await Bench.Number("select count(*) from audit"));
    }

    [Fact, Trait("Fault", "34")]
    public async Task Many_writers_make_one_chain_and_verify_names_the_first_row_that_is_not_as_written()
    {
        await Settle();
        await Start("token");
        var written = await Task.WhenAll(Enumerable.Range(0, 24).Select(number => Task.Run(() => Acting.Record(Proof("token"), Act($"Settings/{number}"), Noon))));
        await Acting.RecordAttack(reseller, Person, Act("Settings") with { Outcome = ActOutcome.Attack }, Noon);
        Assert.DoesNotContain(false, written);
        Assert.Contains("ok      the audit of each account", await Verify(), StringComparison.Ordinal);

        foreach (var (alter, back, found) in new[]
        {
            ("update audit set act = 'Settings/x' where seq = 7", "", $"row 7 of account {client}"),
            ("update audit set outcome = 2 where seq = 3", "", $"row 3 of account {client}"),
            ("delete from audit where seq = 25", "", $"what followed row 24 of account {client}"),
            ("delete from audit where account_id = @account and seq = 12", "", $"row 13 of account {client}"),
        })
        {
            await Run("create table kept as select * from audit");
            await Run(alter.Replace("@account", $"{client}", StringComparison.Ordinal) + back);
            var broken = await Verify();
            Assert.Contains($"as it was written, row by row: {found}", broken, StringComparison.Ordinal);
            await Run("delete from audit");
            await Run("insert into audit select * from kept");
            await Run("drop table kept");
        }

        Assert.Contains("ok      the audit of each account", await Verify(), StringComparison.Ordinal);
    }

    [Fact, Trait("Requirement", "60")]
    public async Task Two_hand_overs_at_once_leave_one_administrator_who_is_a_member()
    {
        await Settle();
        await Start("token");
        var store = Bench.Services.GetRequiredService<IHandOverStore>();

        var answers = await Task.WhenAll(Enumerable.Range(0, 2).Select(number => Task.Run(() => store.HandOver(To($"next-{number}@example.test", 50 + number)))));

        // One after the other: the second takes it from the first.
        Assert.All(answers, Assert.Null);
        Assert.Equal(1, await Bench.Number("select count(*) from memberships where account_id = @id", ("id", client)));
        Assert.Equal(1, await Bench.Number("select count(*) from memberships m join accounts a on a.id = m.account_id and a.owner_person_id = m.person_id where a.id = @id", ("id", client)));
        var owner = (await Bench.Accounts.Load(client))!.OwnerEmail;
        Assert.Equal(HandOverRefusal.Unchanged, await store.HandOver(To(owner, 60)));

        await Run("update sessions set confirmed_at = @long where token_hash = 'session'", ("long", (Noon - Duration.FromMinutes(15)).ToUnixTimeMilliseconds()));
        Assert.Equal(HandOverRefusal.NotConfirmed, await store.HandOver(To("third@example.test", 61)));
        await Acting.Switch(Proof("token"), ActingMode.AsAdministrator, Noon);
        Assert.Equal(HandOverRefusal.Ended, await store.HandOver(To("third@example.test", 62)));
        Assert.Equal(owner, (await Bench.Accounts.Load(client))!.OwnerEmail);
        Assert.Null(await Bench.Persons.FindByEmail("third@example.test"));
        Assert.Contains("ok      every account's owner is its member", await Verify(), StringComparison.Ordinal);
    }

    private static AuditedAct Act(string act) => new(act, "/a/client/settings", "192.0.2.7", ActOutcome.Begun);

    private async Task Settle()
    {
        reseller = await Bench.Account();
        client = await Bench.Account();
        foreach (var person in new[] { Person, 6 })
        {
            await Run("insert into persons (id, email, created_at) values (@id, @email, 0)", ("id", person), ("email", $"person-{person}@example.test"));
            await Run("insert into names (kind, normalised, owner, current) values ('email', @email, @id, 1)", ("id", person), ("email", $"person-{person}@example.test"));
        }

        await Run("update accounts set is_reseller = 1 where id = @id", ("id", reseller));
        await Run("update accounts set reseller_id = @reseller, attached_at = 1 where id = @id", ("reseller", reseller), ("id", client));
        await Run("insert into memberships (person_id, account_id, created_at) values (@person, @account, 1)", ("person", Person), ("account", reseller));
        await Bench.Persons.OpenSession(Person, new SessionRow { TokenHash = "session", StartedAt = Noon, Host = "", Device = "", ConfirmedAt = Noon });
    }

    private Task<ActingRefusal?> Start(string token, int? account = null, int person = Person, string session = "session") => Acting.Start(
        new NewActing
        {
            Id = Interlocked.Increment(ref lastActing),
            TokenHash = token,
            PersonId = person,
            SessionHash = session,
            ResellerId = reseller,
            AccountId = account ?? client,
            Host = "localhost",
            StartedAt = Noon,
            EndsAt = Noon + Duration.FromMinutes(60),
        },
        Act(AuditActs.Started));

    private ActingProof Proof(string token) => new(reseller, client, token, Person, "session");

    private NewAdministrator To(string email, int person)
    {
        var link = PersonLink.New(person, PersonLinkKind.Invitation, Noon);
        return new NewAdministrator
        {
            Proof = Proof("token"),
            Person = new NewPerson { Id = person, Email = email, NormalisedEmail = email },
            Invitation = new Invitation(link, Letter(LetterKind.AccountActivation, person * 10, link.Id)),
            Notice = Letter(LetterKind.AdministratorNow, (person * 10) + 1),
            Farewell = Letter(LetterKind.AdministratorNoMore, (person * 10) + 2),
            Now = Noon,
        };
    }

    private PersonLetter Letter(LetterKind kind, int id, string link = "") => new()
    {
        Id = 1_000_000 + id,
        DeliveryId = 1_000_000 + id,
        MessageId = $"{id}@example.test",
        PersonId = 1,
        AccountId = client,
        Kind = kind,
        Recipient = "",
        Language = "en",
        LinkId = link,
    };

    private Task<int> Run(string sql, params (string Name, object? Value)[] parameters) => Bench.Database.Write(connection => connection.Run(sql, parameters));

    private async Task<string> Verify()
    {
        await using var output = new StringWriter();
        await Bench.Services.GetRequiredService<Verification>().Run(output);
        return output.ToString();
    }
}
