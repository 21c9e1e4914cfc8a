using Microsoft.Extensions.DependencyInjection;
using Slotwright.Appointments;
using Slotwright.Platform;
using static Slotwright.Appointments.AgendaCommitResult;

namespace Slotwright.Storage;

/// <summary>What callers are told when a commit or a neighbour fails.</summary>
public abstract class WriterContract : StorageContract
{
    private protected abstract void FailCommits(Action? fault);

    [Fact]
    public async Task A_failed_commit_is_told_to_all_its_callers_and_stores_nothing_and_the_next_one_works()
    {
        var agenda = await Bench.Schedule(await Bench.Account());
        var writes = new List<AgendaWrite>();
        for (var hour = 0; hour < 30; hour++)
        {
            writes.Add(await Bench.Booking(agenda, hour));
        }

        FailCommits(() => throw new IOException("the disk is full"));
        var faults = await Task.WhenAll(writes.Select(write => Record.ExceptionAsync(() => Bench.Agendas.Append(write)).AsTask()));
        Assert.All(faults, fault => Assert.IsType<StorageUnavailableException>(fault));
        Assert.Equal(0, await Bench.Number("select count(*) from appointments"));
        Assert.Equal(0, await Bench.Number("select count(*) from changes"));
        Assert.Equal(0, await Bench.Number("select used from accounts where id = @id", ("id", agenda.AccountId)));

        FailCommits(null);
        var commits = await Task.WhenAll(writes.Select(Bench.Agendas.Append));
        Assert.All(commits, commit => Assert.Equal(Stored, commit.Result));
        Assert.True(await Bench.Services.GetRequiredService<IStorageHealth>().IsReady());
    }

    [Fact]
    public async Task A_row_that_cannot_be_stored_is_told_in_words_of_this_product_and_alone()
    {
        var agenda = await Bench.Schedule(await Bench.Account());
        var good = await Bench.Booking(agenda, 1);
        var bad = await Bench.Booking(agenda, 2);
        bad = bad with { Appointment = bad.Appointment with { Note = null! } };
        var other = await Bench.Booking(agenda, 3);
        var (first, spoilt, last) = (Bench.Agendas.Append(good), Record.ExceptionAsync(() => Bench.Agendas.Append(bad)).AsTask(), Bench.Agendas.Append(other));

        var fault = Assert.IsType<StorageUnavailableException>(await spoilt);

        Assert.Null(fault.InnerException);
        Assert.Contains("note", fault.Message, StringComparison.Ordinal);
        Assert.Equal((Stored, Stored), ((await first).Result, (await last).Result));
    }

    [Fact]
    public async Task Work_that_throws_is_undone_alone()
    {
        var agenda = await Bench.Schedule(await Bench.Account());
        var booking = await Bench.Booking(agenda, 1);
        Task<int> Spoilt() => Bench.Database.Write<int>(async connection =>
        {
            await connection.Run("update accounts set plan = 'spoilt'");
            throw new InvalidOperationException("spoilt");
        });
        Task<int> Good(string plan) => Bench.Database.Write(connection => connection.Run("update accounts set plan = @plan", ("plan", plan)));

        var before = Good("before");
        var spoilt = Record.ExceptionAsync(Spoilt);
        var append = Bench.Agendas.Append(booking);

        Assert.Equal("spoilt", Assert.IsType<InvalidOperationException>(await spoilt).Message);
        Assert.Equal(1, await before);
        Assert.Equal(Stored, (await append).Result);
        Assert.Equal(1, await Bench.Number("select count(*) from accounts where plan = 'before'"));
    }

    [Fact]
    public async Task Nothing_is_taken_after_the_stop_and_what_waited_is_stored()
    {
        var agenda = await Bench.Schedule(await Bench.Account());
        var writes = new List<AgendaWrite>();
        for (var hour = 0; hour < 100; hour++)
        {
            writes.Add(await Bench.Booking(agenda, hour));
        }

        var late = await Bench.Booking(agenda, 200);
        var appends = writes.Select(Bench.Agendas.Append).ToList();

        await Bench.Services.GetRequiredService<IStorageStart>().Stop();

        Assert.All(await Task.WhenAll(appends), commit => Assert.Equal(Stored, commit.Result));
        await Assert.ThrowsAsync<StorageUnavailableException>(() => Bench.Agendas.Append(late));
        Assert.False(await Bench.Services.GetRequiredService<IStorageHealth>().IsReady());
    }
}
