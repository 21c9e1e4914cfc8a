using NodaTime;
using Slotwright.Appointments;
using static Slotwright.Appointments.AgendaCommitResult;

namespace Slotwright.Storage;

public abstract class PlanLimitContract : StorageContract
{
    [Fact]
    public async Task Of_64_rivals_over_three_schedules_exactly_as_many_as_the_plan_allows_are_stored_in_each_of_20_rounds()
    {
        for (var round = 0; round < 20; round++)
        {
            var account = await Bench.Account(50);
            Taken[] agendas = [await Bench.Schedule(account), await Bench.Schedule(account), await Bench.Schedule(account)];
            var writes = new List<AgendaWrite>();
            for (var i = 0; i < 64; i++)
            {
                writes.Add(await Bench.Booking(agendas[i % 3], 1 + i));
            }

            // One of them takes no place: its epoch is old.
            writes[20] = writes[20] with { Epoch = writes[20].Epoch + 7 };
            var commits = await Task.WhenAll(writes.Select(write => Task.Run(() => Bench.Agendas.Append(write))));

            Assert.Equal(50, commits.Count(commit => commit.Result == Stored));
            Assert.Equal(13, commits.Count(commit => commit.Result == AccountFull));
            Assert.Equal(50, await Bench.Agendas.CountUpcoming(account, StorageBench.Noon));
            Assert.Equal(50, await Used(account));
            Assert.Equal([ChangeKind.LimitNear, ChangeKind.LimitReached, ChangeKind.LimitRefused], await Mails(account));
        }
    }

    [Fact]
    public async Task A_row_that_is_not_stored_takes_no_place_of_the_plan()
    {
        var account = await Bench.Account(2);
        var agenda = await Bench.Schedule(account);
        var first = await Bench.Booking(agenda, 1);
        var rival = await Bench.Booking(agenda, 1);
        var second = await Bench.Booking(agenda, 2);

        var commits = await Task.WhenAll(new[] { first, rival, second }.Select(Bench.Agendas.Append));

        Assert.Equal([Stored, Conflict, Stored], commits.Select(commit => commit.Result));
    }

    [Fact]
    public async Task A_known_key_is_answered_before_the_full_plan_is_refused()
    {
        var account = await Bench.Account(1);
        var agenda = await Bench.Schedule(account);
        var key = new RepeatKey { Credential = "api", Key = "k", Fingerprint = "f" };
        await Bench.Agendas.Append(await Bench.Booking(agenda, 1, key: key));

        Assert.Equal(KeyKnown, (await Bench.Agendas.Append(await Bench.Booking(agenda, 2, key: key))).Result);
        Assert.Equal(AccountFull, (await Bench.Agendas.Append(await Bench.Booking(agenda, 2))).Result);
    }

    [Fact, Trait("Requirement", "80")]
    public async Task Each_threshold_is_told_once_and_again_after_the_use_fell_below_it()
    {
        var account = await Bench.Account(5);
        var agenda = await Bench.Schedule(account);
        var stored = new List<AgendaWrite>();
        async Task<AgendaCommitResult> Book()
        {
            var write = await Bench.Booking(agenda, 1 + stored.Count);
            var result = (await Bench.Agendas.Append(write)).Result;
            if (result == Stored)
            {
                stored.Add(write);
            }

            return result;
        }

        async Task Cancel()
        {
            await Bench.Agendas.Append(await Bench.Cancellation(stored[^1]));
            stored.RemoveAt(stored.Count - 1);
        }

        await Book();
        await Book();
        await Book();
        Assert.Empty(await Mails(account));
        await Book();
        Assert.Equal([ChangeKind.LimitNear], await Mails(account));
        await Book();
        Assert.Equal([ChangeKind.LimitNear, ChangeKind.LimitReached], await Mails(account));
        Assert.Equal(AccountFull, await Book());
        Assert.Equal(AccountFull, await Book());
        Assert.Equal([ChangeKind.LimitNear, ChangeKind.LimitReached, ChangeKind.LimitRefused], await Mails(account));

        await Cancel();
        await Book();
        Assert.Equal(AccountFull, await Book());
        Assert.Equal(
            [ChangeKind.LimitNear, ChangeKind.LimitReached, ChangeKind.LimitRefused, ChangeKind.LimitReached, ChangeKind.LimitRefused],
            await Mails(account));

        await Cancel();
        await Cancel();
        await Book();
        Assert.Equal(6, (await Mails(account)).Count);
        Assert.Equal(4, await Used(account));
    }

    [Fact]
    public async Task What_has_ended_is_recounted_before_a_refusal_and_before_a_mail()
    {
        var account = await Bench.Account(5);
        var agenda = await Bench.Schedule(account);
        for (var hour = 1; hour <= 3; hour++)
        {
            await Bench.Agendas.Append(await Bench.Booking(agenda, hour));
        }

        // All three are over, but the counter still holds them.
        Bench.Clock.AdvanceDays(1);
        for (var hour = 30; hour < 33; hour++)
        {
            Assert.Equal(Stored, (await Bench.Agendas.Append(await Bench.Booking(agenda, hour))).Result);
        }

        Assert.Empty(await Mails(account));
        Assert.Equal(3, await Used(account));
        for (var hour = 40; hour < 42; hour++)
        {
            Assert.Equal(Stored, (await Bench.Agendas.Append(await Bench.Booking(agenda, hour))).Result);
        }

        Assert.Equal([ChangeKind.LimitNear, ChangeKind.LimitReached], await Mails(account));
        Bench.Clock.AdvanceDays(1);
        Assert.Equal(Stored, (await Bench.Agendas.Append(await Bench.Booking(agenda, 100))).Result);
        Assert.Equal(1, await Used(account));
    }

    [Fact]
    public async Task A_cancellation_of_what_has_ended_meanwhile_frees_no_place_twice()
    {
        var account = await Bench.Account(2);
        var agenda = await Bench.Schedule(account);
        var over = await Bench.Booking(agenda, 1);
        await Bench.Agendas.Append(over);
        await Bench.Agendas.Append(await Bench.Booking(agenda, 50));
        Bench.Clock.AdvanceDays(1);
        await Bench.Agendas.Append(await Bench.Booking(agenda, 51));

        await Bench.Agendas.Append(await Bench.Cancellation(over));

        Assert.Equal(2, await Used(account));
        Assert.Equal(AccountFull, (await Bench.Agendas.Append(await Bench.Booking(agenda, 52))).Result);
    }

    [Fact]
    public async Task A_running_trial_has_no_limit_and_afterwards_the_plan_counts_again()
    {
        var account = await Bench.Account(1);
        var agenda = await Bench.Schedule(account);
        Assert.True(await Bench.Accounts.StartTrial(account, StorageBench.Noon, StorageBench.Noon + Duration.FromHours(168), []));
        for (var hour = 200; hour < 205; hour++)
        {
            Assert.Equal(Stored, (await Bench.Agendas.Append(await Bench.Booking(agenda, hour))).Result);
        }

        Assert.Empty(await Mails(account));
        Bench.Clock.AdvanceHours(168);
        Assert.Equal(AccountFull, (await Bench.Agendas.Append(await Bench.Booking(agenda, 210))).Result);
        Assert.Equal([ChangeKind.LimitRefused], await Mails(account));
        Assert.False(await Bench.Accounts.StartTrial(account, StorageBench.Noon, StorageBench.Noon, []));
    }

    [Fact]
    public async Task Blocks_are_not_counted_and_a_bigger_plan_rearms_the_mails()
    {
        var account = await Bench.Account(1);
        var agenda = await Bench.Schedule(account);
        await Bench.Agendas.Append(await Bench.Booking(agenda, 1));
        var block = await Bench.Booking(agenda, 2);
        block = block with { CountDelta = 0, Kind = ChangeKind.Blocked, Appointment = block.Appointment with { Kind = AppointmentKind.Block } };

        Assert.Equal(Stored, (await Bench.Agendas.Append(block)).Result);
        Assert.Equal(AccountFull, (await Bench.Agendas.Append(await Bench.Booking(agenda, 3))).Result);
        await Bench.Accounts.ChangePlan(account, "s", 2);
        Assert.Equal(Stored, (await Bench.Agendas.Append(await Bench.Booking(agenda, 3))).Result);

        Assert.Equal(
            [ChangeKind.LimitNear, ChangeKind.LimitReached, ChangeKind.LimitRefused, ChangeKind.LimitNear, ChangeKind.LimitReached], await Mails(account));
        var last = await Bench.Database.Read(connection => connection.First(
            "select snapshot from changes where account_id = @id and kind = 21 order by id desc limit 1", row => row.GetString(0), ("id", account)));
        Assert.Equal(new LimitSnapshot(2, 2, "s"), LimitSnapshot.Read(last!));
        Assert.Empty(await Bench.Agendas.Changes(account, 0, new ChangesQuery()));
    }

    private Task<long> Used(int account) => Bench.Number("select used from accounts where id = @id", ("id", account));

    private Task<List<ChangeKind>> Mails(int account) => Bench.Database.Read(connection => connection.All(
        "select kind from changes where account_id = @id and kind >= 20 and appointment_id = 0 and agenda_id = 0 and pending = 1 order by id",
        row => (ChangeKind)row.GetInt32(0), ("id", account)));
}
