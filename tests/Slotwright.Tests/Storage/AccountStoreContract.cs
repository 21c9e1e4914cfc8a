using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Slotwright.Accounts;
using Slotwright.Platform;
using Slotwright.Schedules;

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

    [Fact, Trait("Requirement", "18")]
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

    [Fact]
    public async Task A_renamed_account_keeps_its_former_names_and_of_rivals_for_one_name_one_gets_it()
    {
        var (one, two) = (await Bench.Account(), await Bench.Account());
        Assert.Equal(RenameAnswer.Renamed, await Bench.Accounts.Rename(one, "Quay", "quay", 2, StorageBench.Noon));
        Assert.Equal(RenameAnswer.Taken, await Bench.Accounts.Rename(two, "quay", "quay", 2, StorageBench.Noon));
        Assert.Equal(RenameAnswer.Taken, await Bench.Accounts.Rename(two, "old", $"ACCOUNT-{one}", 2, StorageBench.Noon));
        Assert.Equal(RenameAnswer.Renamed, await Bench.Accounts.Rename(one, "Harbour", "harbour", 2, StorageBench.Noon));
        Assert.Equal(RenameAnswer.TooMany, await Bench.Accounts.Rename(one, "Pier", "pier", 2, StorageBench.Noon));
        Assert.Equal(RenameAnswer.Renamed, await Bench.Accounts.Rename(one, "QUAY", "quay", 2, StorageBench.Noon));

        foreach (var name in new[] { "quay", "harbour", $"ACCOUNT-{one}" })
        {
            Assert.Equal(new AccountReference(one, "QUAY"), await Bench.Accounts.FindByName(name));
        }

        Assert.Equal(1, await Bench.Number("select count(*) from names where kind = 'account' and owner = @id and current = 1", ("id", one)));
        var rivals = await Task.WhenAll(Enumerable.Range(0, 16).Select(rival => Task.Run(() => Bench.Accounts.Rename(rival % 2 == 0 ? one : two, "wanted", "wanted", 9, StorageBench.Noon))));
        Assert.Equal(8, rivals.Count(answer => answer == RenameAnswer.Renamed));
        Assert.Equal(8, rivals.Count(answer => answer == RenameAnswer.Taken));
    }

    [Fact]
    public async Task A_changed_key_opens_and_the_former_one_no_longer_does()
    {
        var id = await Bench.Account();

        await Bench.Accounts.ChangeApiKey(id, "another-hash", "sealed anew");

        Assert.Equal(id, (await Bench.Accounts.FindByKeyHash("another-hash"))!.AccountId);
        Assert.Null(await Bench.Accounts.FindByKeyHash($"hash-{id}"));
        Assert.Equal("sealed anew", (await Bench.Accounts.Load(id))!.ApiKeySealed);
    }

    [Fact]
    public async Task Past_appointments_and_customers_are_counted_per_account()
    {
        var (one, two) = (await Bench.Schedule(await Bench.Account()), await Bench.Schedule(await Bench.Account()));
        var first = await Bench.Booking(one, 1);
        await Bench.Agendas.Append(first);
        await Bench.Agendas.Append(await Bench.Booking(one, 2));
        await Bench.Agendas.Append(await Bench.Booking(two, 1));
        await Bench.Agendas.Append(await Bench.Cancellation(first));

        Assert.Equal((1, 1), await Bench.Accounts.CountKept(one.AccountId, StorageBench.Noon));
        Assert.Equal((2, 1), await Bench.Accounts.CountKept(one.AccountId, StorageBench.Noon + Duration.FromDays(1)));
        Assert.Equal((0, 0), await Bench.Accounts.CountKept(await Bench.Account(), StorageBench.Noon));
    }

    [Fact]
    public async Task A_feed_is_found_by_its_hash_working_or_revoked_and_listed_for_its_own_schedule_alone()
    {
        var feeds = Bench.Services.GetRequiredService<IFeedStore>();
        var (mine, other) = (await Bench.Schedule(await Bench.Account()), await Bench.Schedule(await Bench.Account()));
        var feed = new CalendarFeed { Handle = "h1", Label = "Anna's phone", MadeAt = StorageBench.Noon };
        await feeds.Add(mine.AccountId, mine.AgendaId, feed, "hash-of-a-token");

        Assert.Equal([feed], await feeds.Working(mine.AccountId, mine.AgendaId));
        Assert.Empty(await feeds.Working(other.AccountId, mine.AgendaId));
        Assert.Equal(new FeedReference(mine.AccountId, mine.AgendaId, false), await feeds.Find("hash-of-a-token"));
        Assert.False(await feeds.Revoke(other.AccountId, other.AgendaId, "h1", StorageBench.Noon));
        Assert.True(await feeds.Revoke(mine.AccountId, mine.AgendaId, "h1", StorageBench.Noon));
        Assert.False(await feeds.Revoke(mine.AccountId, mine.AgendaId, "h1", StorageBench.Noon));
        Assert.Empty(await feeds.Working(mine.AccountId, mine.AgendaId));
        Assert.True((await feeds.Find("hash-of-a-token"))!.IsRevoked);
        Assert.Null(await feeds.Find("another"));
    }

    [Fact]
    public async Task A_picture_comes_back_byte_for_byte_to_its_own_account_until_it_is_removed()
    {
        var pictures = Bench.Services.GetRequiredService<IPictureStore>();
        var (mine, other) = (await Bench.Account(), await Bench.Account());
        byte[] bytes = [0, 255, 10, 13, 0, 39, .. Enumerable.Range(0, 100_000).Select(number => (byte)number)];
        await pictures.Add(mine, BrandPictureKind.Logo, "random", new BrandPicture { ContentType = "image/png", Bytes = bytes }, StorageBench.Noon);

        Assert.Equal(bytes, (await pictures.Find(mine, "random"))!.Bytes);
        Assert.Null(await pictures.Find(other, "random"));
        await pictures.Remove(other, "random");
        Assert.NotNull(await pictures.Find(mine, "random"));
        await pictures.Remove(mine, "random");
        Assert.Null(await pictures.Find(mine, "random"));
    }

    /// <summary>A second process on the same database, where there can be one.</summary>
    protected virtual Task<StorageBench?> Other() => Task.FromResult<StorageBench?>(null);
}
