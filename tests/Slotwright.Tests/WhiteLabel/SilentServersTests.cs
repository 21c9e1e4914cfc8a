using Microsoft.Extensions.DependencyInjection;
using Slotwright.Mail;

namespace Slotwright.WhiteLabel;

/// <summary>Whoever waits for servers that say nothing gets an answer all the same.</summary>
public sealed class SilentServersTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_test_mail_to_a_server_that_says_nothing_ends_within_fifteen_seconds()
    {
        await using var world = await MailWorld.Open();
        await using var tarpit = new SmtpSink { Tarpit = true };
        await world.Account(Samples.Barber());
        await world.OwnServer(1, tarpit.Port);
        var services = world.Process(new Dictionary<string, string?> { ["WhiteLabel:AllowPrivateMailServers"] = "true", ["Smtp:TimeoutSeconds"] = "45" }).Services;
        var server = await services.GetRequiredService<IWhiteLabelStore>().MailServer(1, WhiteLabelScope.Own);

        var trying = services.GetRequiredService<OwnServers>().Try(server!, "owner@corner-barber.example", "Test", "Test");
        world.Time.Advance(TimeSpan.FromSeconds(15));

        Assert.Equal(MailTryResult.Unreachable, (await trying.WaitAsync(Patience, TestContext.Current.CancellationToken)).Result);
    }

    [Fact]
    public async Task Name_servers_are_asked_for_all_records_at_once()
    {
        var names = new Gate();
        await using var product = await Product.Start(builder => builder.Services.AddSingleton<INameServers>(names));
        var grain = product.Grains.WhiteLabel((await product.Grains.Directory().AccountByName("harbour-yoga"))!.AccountId);
        Assert.True((await grain.ChangeSender(WhiteLabelScope.Own, "hello@harbour.example", null)).Accepted);
        Assert.True((await grain.AskForHost("book.harbour.example", null)).Accepted);

        // None is answered until all are asked.
        names.Await(3);
        Assert.Equal(RecordState.NoAnswer, (await grain.CheckSender(WhiteLabelScope.Own).WaitAsync(Patience, TestContext.Current.CancellationToken))!.Dkim);
        names.Await(2);
        Assert.Equal(HostAnswer.NoAnswer, (await grain.CheckHost().WaitAsync(Patience, TestContext.Current.CancellationToken))!.LastAnswer);
    }

    private sealed class Gate : INameServers
    {
        private TaskCompletionSource all = new();
        private int awaited;

        public void Await(int questions) => (all, awaited) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), questions);

        public async Task<IReadOnlyList<string>?> Texts(string name)
        {
            await Asked();
            return null;
        }

        public async Task<bool?> LeadsTo(string name, string target)
        {
            await Asked();
            return null;
        }

        private Task Asked()
        {
            if (Interlocked.Decrement(ref awaited) == 0)
            {
                all.SetResult();
            }

            return all.Task;
        }
    }
}
