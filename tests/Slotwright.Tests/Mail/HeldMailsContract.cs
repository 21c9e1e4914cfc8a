using Slotwright.Appointments;
using Slotwright.Storage;

namespace Slotwright.Mail;

/// <summary>What an operator does with the mails that a restore kept back, on both databases.</summary>
public abstract class HeldMailsContract
{
    /// <summary>Settings of an empty database; null: SQLite in the world's own folder.</summary>
    protected abstract ValueTask<Dictionary<string, string?>?> NewDatabase();

    [Fact, Trait("Fault", "57")]
    public async Task Held_mails_are_listed_and_sent_or_dropped_one_by_one_or_all_together()
    {
        await using var world = await MailWorld.Open(await NewDatabase());
        await world.Account(Samples.Barber());
        await world.Fact(ChangeKind.Booked, Samples.Haircut(101));
        var process = world.Process();
        await process.Dispatcher.Expand(CancellationToken.None);
        await world.Fact(ChangeKind.Booked, Samples.Haircut(102, email: "kim@customer.example"));
        world.Time.Advance(TimeSpan.FromHours(30));
        Assert.Equal(3, await world.Database.Write(connection => new HeldAfterRestore().Run(connection, world.Now)));
        await process.Round();
        Assert.Empty(world.Written());

        var list = await Say(world, held => held.List);
        var owner = (await world.Rows()).Single(row => row.Role == (int)DeliveryRole.Account).Id;
        Assert.Contains("jane@customer.example", list, StringComparison.Ordinal);
        Assert.Contains("f102", list, StringComparison.Ordinal);
        Assert.Contains("3 held", list, StringComparison.Ordinal);
        await Say(world, held => output => held.Decide(output, HeldMails.Chosen([$"m{owner}"])!, release: false));
        await Say(world, held => output => held.Decide(output, [], release: true));
        await process.Round();
        await process.Round();

        Assert.Equal(
            ["jane@customer.example", "kim@customer.example", "owner@corner-barber.example"],
            world.Written().Select(mail => mail.To.Mailboxes.Single().Address).Order());
        Assert.Contains("No mail is held", await Say(world, held => held.List), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("12")]
    [InlineData("x12")]
    [InlineData("m-1")]
    [InlineData("m1; drop")]
    public void What_is_no_id_is_no_choice(string word) => Assert.Null(HeldMails.Chosen(["m1", word]));

    private static async Task<string> Say(MailWorld world, Func<HeldMails, Func<TextWriter, Task<int>>> command)
    {
        await using var output = new StringWriter();
        Assert.Equal(0, await command(new HeldMails(world.Database, new Started(), world.Clock))(output));
        return output.ToString();
    }

    private sealed class Started : IStorageStart
    {
        public Task Start(bool migrate = true) => Task.CompletedTask;

        public Task Stop() => Task.CompletedTask;
    }
}

public sealed class SqliteHeldMailsTests : HeldMailsContract
{
    protected override ValueTask<Dictionary<string, string?>?> NewDatabase() => ValueTask.FromResult<Dictionary<string, string?>?>(null);
}

public sealed class PostgresHeldMailsTests(PostgresServer server) : HeldMailsContract
{
    protected override async ValueTask<Dictionary<string, string?>?> NewDatabase() => PostgresServer.Settings(await server.NewDatabase());
}
