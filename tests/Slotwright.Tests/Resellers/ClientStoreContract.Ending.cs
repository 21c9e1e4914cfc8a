using NodaTime;
using Slotwright.Appointments;
using Slotwright.Platform;
using Slotwright.Storage;
using Slotwright.Storage.Resellers;
using Slotwright.Team;

namespace Slotwright.Resellers;

/// <summary>What a deletion and a revert leave, whatever happens at the same time.</summary>
public abstract partial class ClientStoreContract
{
    [Fact, Trait("Requirement", "88"), Trait("Fault", "62")]
    public async Task A_deleted_account_leaves_nothing_of_its_own_and_its_names_blocked()
    {
        var (reseller, client, neighbour) = (await Reseller(), await Bench.Account(), await Bench.Account());
        await Attach(reseller, client);
        await Attach(reseller, neighbour);
        var agenda = await Bench.Schedule(client);
        var beside = await Bench.Schedule(neighbour);
        await Bench.Agendas.Append(await Bench.Booking(agenda, 1));
        await Bench.Agendas.Append(await Bench.Booking(beside, 1));
        Assert.True(await Bench.Accounts.MapHost("book.client.test", client, Now));
        var name = $"ACCOUNT-{client}";
        var before = (await Bench.Accounts.Load(client))!;

        Assert.Equal(EraseAnswer.UnknownClient, await Clients.Erase(neighbour, client, Person, Now, []));
        Assert.NotNull(await Bench.Accounts.Load(client));
        Assert.Equal(EraseAnswer.Erased, await Clients.Erase(reseller, client, Person, Now, [await Letter(client, LetterKind.ClientDeleted)]));
        Assert.Equal(EraseAnswer.UnknownClient, await Clients.Erase(reseller, client, Person, Now, []));

        Assert.Null(await Bench.Accounts.Load(client));
        Assert.Null(await Bench.Accounts.FindByName(name));
        Assert.Null(await Bench.Accounts.FindByKeyHash($"hash-{client}"));
        Assert.Null(await Bench.Accounts.FindByHost("book.client.test"));
        Assert.Equal(AgendaCommitResult.Fenced, (await Bench.Agendas.Append(await Bench.Booking(agenda, 2))).Result);
        Assert.NotNull(await Bench.Persons.Load(before.OwnerPersonId));
        Assert.Empty(await Bench.Persons.Memberships(before.OwnerPersonId));
        foreach (var table in await Naming())
        {
            var column = table == "accounts" ? "id" : "account_id";
            Assert.Equal((table, 0L), (table, await Bench.Number($"select count(*) from {table} where {column} = @id", ("id", client))));
        }

        // What goes out about it is in nobody's name but the one in its details.
        Assert.Equal(1, await Bench.Number("select count(*) from person_letters where kind = 114 and account_id = 0"));
        Assert.False(await Bench.Accounts.MapHost("book.client.test", neighbour, Now + Duration.FromDays(89)));
        var again = StorageBench.NewAccount(await Bench.Ids.Next(IdKind.Account), $"account-{client}", "new@example.test", await Bench.Ids.Next(IdKind.Person));
        Assert.False(await Bench.Accounts.Open(again with { Now = Now + Duration.FromDays(89) }));
        Assert.True(await Bench.Accounts.Open(again with { Now = Now + Duration.FromDays(90) }));
        Assert.Equal(1, await Bench.Number("select count(*) from appointments"));
        await Holds();
    }

    [Fact, Trait("Requirement", "88")]
    public async Task A_table_that_names_an_account_is_erased_with_it_or_kept_for_a_reason()
    {
        var tables = await Bench.Database.Read(connection => connection.All(
            Bench.Database.Dialect == Dialect.Sqlite
                ? "select m.name from sqlite_master m join pragma_table_info(m.name) c where m.type = 'table' and c.name in ('account_id', 'client_id', 'reseller_id', 'payer_id') group by m.name"
                : "select table_name from information_schema.columns where table_schema = current_schema() and column_name in ('account_id', 'client_id', 'reseller_id', 'payer_id') group by table_name",
            row => row.GetString(0)));

        var undecided = tables.Where(table => !AccountErasure.Erased.Contains(table) && !AccountErasure.Kept.ContainsKey(table));

        Assert.Empty(undecided);
    }

    [Fact, Trait("Requirement", "88"), Trait("Fault", "62")]
    public async Task Bookings_that_race_with_the_deletion_are_refused_or_go_with_it()
    {
        var reseller = await Reseller();
        for (var round = 0; round < 6; round++)
        {
            var client = await Bench.Account();
            await Attach(reseller, client);
            var agenda = await Bench.Schedule(client);
            var writes = new List<AgendaWrite>();
            for (var hour = 0; hour < 12; hour++)
            {
                writes.Add(await Bench.Booking(agenda, hour));
            }

            var bookings = writes.Select(write => Task.Run(() => Bench.Agendas.Append(write))).ToList();
            var erased = Task.Run(async () => await Clients.Erase(reseller, client, Person, Now, [await Letter(client, LetterKind.ClientDeleted)]));

            Assert.Equal(EraseAnswer.Erased, await erased);
            Assert.All(await Task.WhenAll(bookings), commit => Assert.True(commit.Result is AgendaCommitResult.Stored or AgendaCommitResult.Fenced));
            Assert.Equal(0, await Bench.Number("select count(*) from appointments where account_id = @id", ("id", client)));
            Assert.Equal(0, await Bench.Number("select count(*) from changes where account_id = @id", ("id", client)));
        }

        await Holds();
    }

    [Fact, Trait("Fault", "62")]
    public async Task Detaching_deleting_and_attaching_at_once_leave_one_outcome()
    {
        var (one, two) = (await Reseller(), await Reseller());
        for (var round = 0; round < 8; round++)
        {
            var client = await Bench.Account();
            await Attach(one, client);
            var detach = Task.Run(async () => await Clients.Detach(one, client, Person, Now, [await Letter(client)]));
            var erase = Task.Run(async () => await Clients.Erase(one, client, Person, Now, [await Letter(client, LetterKind.ClientDeleted)]) == EraseAnswer.Erased);
            var attach = Task.Run(() => Attach(two, client));

            await Task.WhenAll(detach, erase, attach);
            Assert.True(await detach ^ await erase);
            var row = await Bench.Accounts.Load(client);
            Assert.Equal(await erase, row is null);
            Assert.Equal(await attach == AttachAnswer.Attached ? two : null, row?.ResellerId);
        }

        await Holds();
    }

    [Fact, Trait("Requirement", "97"), Trait("Requirement", "98"), Trait("Fault", "62")]
    public async Task A_reseller_reverts_with_all_its_clients_or_not_at_all()
    {
        var (reseller, one, two) = (await Reseller(), await Bench.Account(), await Bench.Account());
        await Attach(reseller, one);
        await Attach(reseller, two);
        var letter = await Letter(reseller, LetterKind.ResellerReverted);
        IReadOnlyList<PersonLetter> first = [await Letter(one)];
        IReadOnlyList<PersonLetter> second = [await Letter(two)];

        Assert.Equal(RevertAnswer.HasOthers, await Clients.Revert(reseller, Person, new Dictionary<int, IReadOnlyList<PersonLetter>> { [one] = first }, Now, letter));
        Assert.Equal((reseller, reseller), ((await Bench.Accounts.Load(one))!.ResellerId, (await Bench.Accounts.Load(two))!.ResellerId));
        Assert.Equal(0, await Bench.Number("select count(*) from person_letters where kind in (112, 116)"));

        Assert.Equal(RevertAnswer.Reverted, await Clients.Revert(reseller, Person, new Dictionary<int, IReadOnlyList<PersonLetter>> { [one] = first, [two] = second }, Now, letter));
        Assert.Equal((null, null, false), ((await Bench.Accounts.Load(one))!.ResellerId, (await Bench.Accounts.Load(two))!.ResellerId, (await Bench.Accounts.Load(reseller))!.IsReseller));
        Assert.Equal(3, await Bench.Number("select count(*) from person_letters where kind in (112, 116)"));
        Assert.Equal(AttachAnswer.UnknownReseller, await Attach(reseller, one));
        await Holds();
    }

    [Fact, Trait("Requirement", "98")]
    public async Task A_client_that_comes_as_its_reseller_reverts_comes_before_or_not_at_all()
    {
        for (var round = 0; round < 8; round++)
        {
            var (reseller, client) = (await Reseller(), await Bench.Account());
            var letter = await Letter(reseller, LetterKind.ResellerReverted);
            var revert = Task.Run(() => Clients.Revert(reseller, Person, new Dictionary<int, IReadOnlyList<PersonLetter>>(), Now, letter));
            var attach = Task.Run(() => Attach(reseller, client));

            Assert.Equal(await revert == RevertAnswer.Reverted ? AttachAnswer.UnknownReseller : AttachAnswer.Attached, await attach);
        }

        await Holds();
    }
}
