using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Slotwright.Storage;
using Slotwright.Storage.Upkeep;

namespace Slotwright.Billing;

/// <summary>A process subscribes and renews and is killed in the middle; money is counted once all the same.</summary>
public sealed class KilledSubscriberTests(PostgresServer server)
{
    private const string Variable = "SLOTWRIGHT_TEST_SUBSCRIBER";

    private const string Prefix = "charged:";

    [Fact, Trait("Fault", "7")]
    public async Task Kill_9_leaves_each_charge_done_or_not_begun_on_sqlite()
    {
        for (var round = 0; round < 3; round++)
        {
            using var folder = new TemporaryFolder();
            await Kill(folder.Settings);
        }
    }

    [Fact, Trait("Fault", "7")]
    public async Task Kill_9_leaves_each_charge_done_or_not_begun_on_postgresql() => await Kill(PostgresServer.Settings(await server.NewDatabase()));

    private static async Task Kill(Dictionary<string, string?> settings)
    {
        var accounts = new List<int>();
        await using (var bench = await StorageBench.Open(settings))
        {
            for (var i = 0; i < 8; i++)
            {
                accounts.Add(await bench.Account());
            }
        }

        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
        {
            start.ArgumentList.Add(typeof(KilledSubscriberTests).Assembly.Location);
        }

        foreach (var argument in (string[])["-method", $"{typeof(KilledSubscriberTests).FullName}.{nameof(Charge_until_killed)}", "-explicit", "only"])
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment[Variable] = string.Join('\n', settings.Select(pair => $"{pair.Key}={pair.Value}"));
        start.Environment[Variable + "_ACCOUNTS"] = string.Join(' ', accounts);
        using var subscriber = Process.Start(start)!;
        var answered = new List<string>();
        while (await subscriber.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.StartsWith(Prefix, StringComparison.Ordinal))
            {
                answered.Add(line[Prefix.Length..]);
                if (answered.Count == 150)
                {
                    subscriber.Kill();
                }
            }
        }

        await subscriber.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(answered.Count >= 150);
        await using var after = await StorageBench.Open(settings);
        var stored = await after.Database.Read(connection => connection.All("select idempotency from ledger", row => row.GetString(0)));

        // The line of the last charge may be cut off.
        Assert.Empty(answered.SkipLast(1).Except(stored));
        Assert.Equal(await after.Number("select sum(version) from subscriptions"), stored.Count);
        Assert.Equal(0, await after.Number("select count(*) from subscriptions s where not exists (select 1 from ledger l where l.account_id = s.account_id and l.period_from = s.period_from)"));
        using var output = new StringWriter();
        Assert.True(await after.Services.GetRequiredService<Verification>().Run(output) == 0, output.ToString());
    }

    /// <summary>What the other process does; it runs only when named, and ends only when killed.</summary>
    [Fact(Explicit = true)]
    public async Task Charge_until_killed()
    {
        var settings = Environment.GetEnvironmentVariable(Variable)!.Split('\n').Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => (string?)pair[1]);
        var accounts = Environment.GetEnvironmentVariable(Variable + "_ACCOUNTS")!.Split(' ').Select(text => int.Parse(text, CultureInfo.InvariantCulture)).ToArray();
        await ChargeForEver(settings, accounts);
    }

    private static async Task ChargeForEver(Dictionary<string, string?> settings, int[] accounts)
    {
        await using var bench = await StorageBench.Open(settings);
        var store = bench.Services.GetRequiredService<ISubscriptionStore>();

        // Two for each account, as of two processes that both think the other dead.
        await Task.WhenAll(accounts.Concat(accounts).Select(account => Task.Run(async () =>
        {
            var now = StorageBench.Noon;
            while (true)
            {
                var stored = (await store.Load(account))!;
                var step = stored.Row is { } row
                    ? Terms.Rules.Settle(stored.Account, row, row.PeriodTo)!
                    : Terms.Rules.Choose(stored.Account, null, "s", new PayerActor(1, null), now).Value!.Step!;
                if (await store.Apply(stored.Account, step, 100, null, now))
                {
                    Console.WriteLine(Prefix + step.Entries[0].Key);
                }
            }
        })));
    }
}
