using NodaTime;
using Slotwright.Accounts;
using Slotwright.Platform;

namespace Slotwright.Storage;

public abstract class AccountStoreContract : StorageContract
{
    [Fact]
    public async Task An_account_is_found_by_everything_that_leads_to_it()
    {
        var id = await Bench.Ids.Next(IdKind.Account);
        var account = StorageBench.NewAccount(id, "Corner-Barber", "owner@corner.test", await Bench.Ids.Next(IdKind.Person)) with { FoldedName = "corner-barber" };
        Assert.True(await Bench.Accounts.Open(account));
        Assert.True(await Bench.Accounts.AddSchedule(id, 7, "Chairs", "chairs", StorageBench.Noon));
        Assert.True(await Bench.Accounts.MapHost("book.corner.test", id, StorageBench.Noon));

        var expected = new AccountReference(id, "Corner-Barber");
        Assert.Equal(expected, await Bench.Accounts.FindByName("corner-barber"));
        Assert.Equal(expected, await Bench.Accounts.FindByKeyHash(account.ApiKeyHash));
        Assert.Equal(expected, await Bench.Accounts.FindByHost("book.corner.test"));
        Assert.Equal(expected, await Bench.Accounts.FindBySchedule(7));
        Assert.Null(await Bench.Accounts.FindByName("corner"));
        var row = await Bench.Accounts.Load(id);
        Assert.Equal(
            ("Corner-Barber", null, false, account.Owner.Id, "owner@corner.test", "sealed", "free", int.MaxValue, null),
            (row!.Name, row.ResellerId, row.IsReseller, row.OwnerPersonId, row.OwnerEmail, row.ApiKeySealed, row.PlanCode, row.Allowed, row.TrialEndsAt));
        Assert.Null(await Bench.Accounts.Load(id + 1));
    }

    [Fact]
    public async Task Of_32_who_open_one_name_at_once_one_gets_it_and_nothing_of_the_others_is_stored()
    {
        var rivals = new List<NewAccount>();
        for (var i = 0; i < 32; i++)
        {
            rivals.Add(StorageBench.NewAccount(100 + i, "wanted", $"owner-{i}@example.test", 100 + i));
        }

        var opened = await Task.WhenAll(rivals.Select(rival => Task.Run(() => Bench.Accounts.Open(rival))));

        Assert.Single(opened, won => won);
        Assert.Equal(1, await Bench.Number("select count(*) from accounts"));
        Assert.Equal(1, await Bench.Number("select count(*) from persons"));
        Assert.Equal(2, await Bench.Number("select count(*) from names"));
        Assert.Equal(1, await Bench.Number("select count(*) from memberships"));
    }

    [Fact]
    public async Task Accounts_opened_at_once_with_one_email_belong_to_one_person()
    {
        var opened = await Task.WhenAll(Enumerable.Range(1, 16).Select(i =>
            Task.Run(() => Bench.Accounts.Open(StorageBench.NewAccount(i, $"account-{i}", "same@example.test", i)))));

        Assert.All(opened, Assert.True);
        Assert.Equal(1, await Bench.Number("select count(*) from persons"));
        var person = await Bench.Persons.FindByEmail("same@example.test");
        Assert.Equal(16, (await Bench.Persons.Memberships(person!.Value)).Count);
        Assert.Equal(person, await Bench.Persons.FindOwner("ACCOUNT-3"));
    }

    [Fact]
    public async Task A_schedule_name_is_one_accounts_only_and_free_after_a_renaming()
    {
        var (one, two) = (await Bench.Account(), await Bench.Account());
        Assert.True(await Bench.Accounts.AddSchedule(one, 1, "Chairs", "chairs", StorageBench.Noon));
        Assert.False(await Bench.Accounts.AddSchedule(one, 2, "chairs", "chairs", StorageBench.Noon));
        Assert.True(await Bench.Accounts.AddSchedule(two, 3, "Chairs", "chairs", StorageBench.Noon));
        Assert.True(await Bench.Accounts.AddSchedule(one, 4, "Rooms", "rooms", StorageBench.Noon));

        Assert.False(await Bench.Accounts.RenameSchedule(one, 4, "Chairs", "chairs", StorageBench.Noon));
        Assert.True(await Bench.Accounts.RenameSchedule(one, 1, "Seats", "seats", StorageBench.Noon));
        Assert.True(await Bench.Accounts.RenameSchedule(one, 4, "Chairs", "chairs", StorageBench.Noon));
        Assert.True(await Bench.Accounts.RenameSchedule(one, 4, "CHAIRS", "chairs", StorageBench.Noon));

        Assert.Equal([new ScheduleListing(1, "Seats"), new ScheduleListing(4, "CHAIRS")], await Bench.Accounts.Schedules(one));
        Assert.Equal(new ScheduleListing(3, "Chairs"), await Bench.Accounts.Schedule(two, 3));
        Assert.Null(await Bench.Accounts.Schedule(one, 3));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Bench.Accounts.RenameSchedule(one, 3, "Mine", "mine", StorageBench.Noon));
        Assert.Equal(0, await Bench.Number("select count(*) from names where normalised like '%/mine'"));
    }

    [Fact]
    public async Task A_released_host_is_blocked_for_others_for_90_days_and_not_for_its_last_owner()
    {
        var (one, two) = (await Bench.Account(), await Bench.Account());
        Assert.True(await Bench.Accounts.MapHost("book.example.test", one, StorageBench.Noon));
        Assert.True(await Bench.Accounts.MapHost("book.example.test", one, StorageBench.Noon));
        Assert.False(await Bench.Accounts.MapHost("book.example.test", two, StorageBench.Noon));
        Assert.False(await Bench.Accounts.UnmapHost("book.example.test", two, StorageBench.Noon));
        Assert.True(await Bench.Accounts.UnmapHost("book.example.test", one, StorageBench.Noon));
        Assert.False(await Bench.Accounts.UnmapHost("book.example.test", one, StorageBench.Noon));
        Assert.Null(await Bench.Accounts.FindByHost("book.example.test"));

        var late = StorageBench.Noon + Duration.FromDays(90);
        Assert.False(await Bench.Accounts.MapHost("book.example.test", two, late - Duration.FromMilliseconds(1)));
        Assert.True(await Bench.Accounts.MapHost("book.example.test", one, late - Duration.FromMilliseconds(1)));
        Assert.True(await Bench.Accounts.UnmapHost("book.example.test", one, StorageBench.Noon));
        Assert.True(await Bench.Accounts.MapHost("book.example.test", two, late));
        Assert.Equal(two, (await Bench.Accounts.FindByHost("book.example.test"))!.AccountId);
    }

    [Fact]
    public async Task Ids_asked_for_at_once_are_never_given_twice()
    {
        await using var other = await Other();

        var ids = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            var mine = new List<int>();
            for (var i = 0; i < 700; i++)
            {
                mine.Add(await Bench.Ids.Next(IdKind.Change));
                if (other is not null)
                {
                    mine.Add(await other.Ids.Next(IdKind.Change));
                }
            }

            return mine;
        })));

        var all = ids.SelectMany(mine => mine).ToList();
        Assert.Equal(all.Count, all.Distinct().Count());
        Assert.All(all, id => Assert.InRange(id, 1, 20_000));
        Assert.InRange(await Bench.Ids.Next(IdKind.Person), 1, 1000);
    }

    /// <summary>A second process on the same database, where there can be one.</summary>
    protected virtual Task<StorageBench?> Other() => Task.FromResult<StorageBench?>(null);
}
