using NodaTime;
using Slotwright.Resellers;
using Slotwright.Storage.Resellers;
using Slotwright.Storage.Team;
using Slotwright.Team;

namespace Slotwright.Storage;

/// <summary>One reseller goes over into another, wholly or not at all.</summary>
public abstract partial class ResellerUpkeepContract
{
    [Fact, Trait("Requirement", "95"), Trait("Requirement", "96")]
    public async Task A_merge_moves_every_client_as_it_is_with_templates_and_leaves_a_regular_account()
    {
        var (from, into) = (await Reseller(), await Reseller());
        var clients = new[] { await Client(from), await Client(from), await Client(from) };
        await Bench.Accounts.StartTrial(clients[0], StorageBench.Noon, StorageBench.Noon + Duration.FromHours(168), []);
        await Bench.Accounts.ChangePlan(clients[1], "s", 100);
        Assert.True(await Bench.Accounts.MapHost("book.corner.test", clients[1], StorageBench.Noon));
        await Upkeep.Pause(from, clients[2], StorageBench.Noon, await Letter(LetterKind.ClientPaused, clients[2]) with { Detail = $"{from}" });
        await Upkeep.SaveTemplate(Template(from, clients[0], "Chairs"), 9);
        await Upkeep.SaveTemplate(Template(into, await Client(into), "Chairs"), 9);
        var before = await Upkeep.ExportRows(from, 0, 100, StorageBench.Noon);

        var merged = await Upkeep.Merge(await Order(from, into));

        Assert.Equal(clients, merged!.ClientIds);
        Assert.Equal(3, merged.Moved);
        Assert.Equal(before, (await Upkeep.ExportRows(into, 0, 100, StorageBench.Noon)).Where(row => clients.Contains(row.AccountId)));
        Assert.Empty(await Upkeep.ExportRows(from, 0, 100, StorageBench.Noon));
        Assert.Equal(2, (await Upkeep.Templates(into)).Count);
        var emptied = (await Bench.Accounts.Load(from))!;
        Assert.Equal((false, null), (emptied.IsReseller, emptied.ResellerId));
        Assert.Equal(1, await Bench.Number("select count(*) from person_letters where kind = 150 and detail = @into", ("into", $"{into}")));
        Assert.Equal(2, await Bench.Number("select count(*) from person_letters where kind in (152, 153)"));

        // The same once more: answered, not done twice. A later one finds nothing to merge.
        var again = await Upkeep.Merge(await Order(from, into));
        Assert.Equal(3, again!.Moved);
        Assert.Equal(2, await Bench.Number("select count(*) from person_letters where kind in (152, 153)"));
        Assert.Null(await Upkeep.Merge(await Order(from, into) with { ProvenAt = StorageBench.Noon + Duration.FromHours(1) }));
        await Holds();
    }

    [Fact, Trait("Requirement", "96")]
    public async Task Whoever_is_suspended_neither_gives_nor_gets_clients_by_a_merge()
    {
        var ((from, client), into) = (await ResellerWithClient(), await Reseller());
        foreach (var suspended in new[] { from, into })
        {
            await Run("update accounts set suspended_at = 1 where id = @id", ("id", suspended));

            Assert.Null(await Upkeep.Merge(await Order(from, into)));

            Assert.Equal(from, (await Bench.Accounts.Load(client))!.ResellerId);
            await Run("update accounts set suspended_at = null where id = @id", ("id", suspended));
        }

        // Done and suspended afterwards: the same form sent again is answered as before.
        Assert.NotNull(await Upkeep.Merge(await Order(from, into)));
        await Run("update accounts set suspended_at = 1 where id = @id", ("id", from));
        Assert.Equal(1, (await Upkeep.Merge(await Order(from, into)))!.Moved);
    }

    [Fact, Trait("Requirement", "95")]
    public async Task What_the_emptied_reseller_set_as_a_reseller_is_gone_and_its_own_stays()
    {
        var (from, into) = (await Reseller(), await Reseller());
        foreach (var id in new[] { from, into })
        {
            foreach (var scope in new[] { 1, 2 })
            {
                await Run(
                    """
                    insert into senders (account_id, scope, address, domain, selector, key_sealed, key_public, spf, dkim, dmarc, changed_at)
                    values (@id, @scope, 'a@b.test', 'b.test', 'm1', '', '', 1, 1, 1, 0)
                    """,
                    ("id", id), ("scope", scope));
                await Run(
                    "insert into mail_servers (account_id, scope, host, port, security, user_name, password_sealed, changed_at) values (@id, @scope, 'h', 25, 0, '', '', 0)",
                    ("id", id), ("scope", scope));
            }
        }

        Assert.NotNull(await Upkeep.Merge(await Order(from, into)));

        foreach (var table in new[] { "senders", "mail_servers" })
        {
            Assert.Equal((table, 1L), (table, await Bench.Number($"select count(*) from {table} where account_id = @id", ("id", from))));
            Assert.Equal((table, 0L), (table, await Bench.Number($"select count(*) from {table} where account_id = @id and scope = 2", ("id", from))));
            Assert.Equal((table, 2L), (table, await Bench.Number($"select count(*) from {table} where account_id = @id", ("id", into))));
        }
    }

    [Fact, Trait("Requirement", "95")]
    public async Task Templates_come_over_whatever_the_others_are_called()
    {
        var ((from, client), (into, other)) = (await ResellerWithClient(), await ResellerWithClient());
        var kept = (await Upkeep.SaveTemplate(Template(from, client, "Chairs"), 9)).Value!;
        await Upkeep.SaveTemplate(Template(into, other, "Chairs"), 9);

        // One that is called as the first would be renamed.
        await Upkeep.SaveTemplate(Template(into, other, $"Chairs {kept.Id}"), 9);

        Assert.NotNull(await Upkeep.Merge(await Order(from, into)));

        Assert.Equal(3, (await Upkeep.Templates(into)).Count);
        Assert.Equal(3, await Bench.Number("select count(distinct normalised) from client_templates where reseller_id = @into", ("into", into)));
    }

    [Fact]
    public async Task What_waits_to_tell_a_clients_people_of_their_reseller_tells_of_the_one_it_is_by_then()
    {
        var ((from, client), into) = (await ResellerWithClient(), await Reseller());
        var news = new ClientNews { AccountName = "one", DisplayName = $"\"ResellerId\":{from},", ResellerId = from };
        var (waits, sent) = (await Letter(LetterKind.ClientOpened, client), await Letter(LetterKind.ClientAttached, client));
        await Bench.Database.Write(async connection =>
        {
            await connection.Queue(waits with { Detail = news.Write() }, StorageBench.Noon);
            await connection.Queue(sent with { Detail = news.Write() }, StorageBench.Noon);
            return await connection.Run("update deliveries set state = 2 where id = @id", ("id", sent.DeliveryId));
        });

        Assert.NotNull(await Upkeep.Merge(await Order(from, into)));

        Assert.Equal(news with { ResellerId = into }, await Told(waits));
        Assert.Equal(news, await Told(sent));

        async Task<ClientNews> Told(PersonLetter letter) => ClientNews.Read((await Bench.Database.Read(connection => connection.All(
            "select detail from person_letters where id = @id", row => row.GetString(0), ("id", letter.Id))))[0]);
    }

    [Fact, Trait("Requirement", "96")]
    public async Task A_merge_that_fails_before_any_of_its_statements_leaves_everything_as_it_was()
    {
        var (from, into) = (await Reseller(), await Reseller());
        var clients = new[] { await Client(from), await Client(from) };
        await Upkeep.SaveTemplate(Template(from, clients[0], "Chairs"), 9);
        var store = (UpkeepStore)Upkeep;
        var reached = 0;
        for (var fail = 1; fail <= MergeStatements.All.Count + 10; fail++)
        {
            reached = 0;
            store.BeforeStep = step =>
            {
                reached = step;
                if (step == fail)
                {
                    throw new IOException("The power went.");
                }
            };
            await Assert.ThrowsAnyAsync<Exception>(async () => await Upkeep.Merge(await Order(from, into)));

            Assert.Equal(fail, reached);
            Assert.Equal(2, await Bench.Number("select count(*) from accounts where reseller_id = @from", ("from", from)));
            Assert.Equal(1, await Bench.Number("select count(*) from client_templates where reseller_id = @from", ("from", from)));
            Assert.True((await Bench.Accounts.Load(from))!.IsReseller);
            Assert.Equal(0, await Bench.Number("select count(*) from person_letters"));
            Assert.Equal(0, await Bench.Number("select count(*) from reseller_merges"));
            Assert.Equal(0, await Bench.Number("select count(*) from audit"));
        }

        store.BeforeStep = null;
        Assert.Equal(2, (await Upkeep.Merge(await Order(from, into)))!.Moved);
        foreach (var (account, act) in new[] { (clients[0], "Relation#Move"), (clients[1], "Relation#Move"), (into, "Relation#Merge"), (from, "Relation#MergedAway") })
        {
            Assert.Equal(1, await Bench.Number(
                "select count(*) from audit where account_id = @id and act = @act and person_id = 5 and reseller_id = @into", ("id", account), ("act", act), ("into", into)));
        }

        await Holds();
    }

    [Fact]
    public async Task Of_two_that_merge_into_each_other_at_once_one_wins_and_no_client_is_lost()
    {
        for (var round = 0; round < 10; round++)
        {
            var (one, two) = (await Reseller(), await Reseller());
            await Client(one);
            await Client(two);
            var (there, back) = (await Order(one, two), await Order(two, one));

            var answers = await Task.WhenAll(Task.Run(() => Upkeep.Merge(there)), Task.Run(() => Upkeep.Merge(back)));

            Assert.Single(answers, answer => answer is not null);
            var winner = answers[0] is null ? one : two;
            Assert.Equal(2, await Bench.Number("select count(*) from accounts where reseller_id = @winner", ("winner", winner)));
        }

        await Holds();
    }

    [Fact]
    public async Task A_reseller_is_not_merged_with_itself_nor_with_a_regular_account()
    {
        var (reseller, client) = await ResellerWithClient();
        var regular = await Bench.Account();

        Assert.Null(await Upkeep.Merge(await Order(reseller, reseller)));
        Assert.Null(await Upkeep.Merge(await Order(regular, reseller)));
        Assert.Null(await Upkeep.Merge(await Order(reseller, regular)));
        Assert.Null(await Upkeep.Merge(await Order(reseller, client)));
        Assert.Equal(reseller, (await Bench.Accounts.Load(client))!.ResellerId);
    }
}
