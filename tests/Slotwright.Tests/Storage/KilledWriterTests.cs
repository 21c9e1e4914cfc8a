using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Slotwright.Appointments;
using Slotwright.Storage.Upkeep;

namespace Slotwright.Storage;

/// <summary>A process of its own writes and is killed in the middle; what it was answered must be there.</summary>
public sealed class KilledWriterTests(PostgresServer server)
{
    private const string Variable = "SLOTWRIGHT_TEST_WRITER";

    private const string Prefix = "stored:";

    [Fact, Trait("Fault", "7")]
    public async Task Kill_9_loses_nothing_that_was_answered_on_sqlite()
    {
        for (var round = 0; round < 3; round++)
        {
            using var folder = new TemporaryFolder();
            await Kill(folder.Settings);
        }
    }

    [Fact, Trait("Fault", "7")]
    public async Task Kill_9_loses_nothing_that_was_answered_on_postgresql() => await Kill(PostgresServer.Settings(await server.NewDatabase()));

    private static async Task Kill(Dictionary<string, string?> settings)
    {
        Taken agenda;
        await using (var bench = await StorageBench.Open(settings))
        {
            agenda = await bench.Schedule(await bench.Account());
        }

        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
        {
            // Started through the shared host: it must be told what to run.
            start.ArgumentList.Add(typeof(KilledWriterTests).Assembly.Location);
        }

        foreach (var argument in (string[])["-method", $"{typeof(KilledWriterTests).FullName}.{nameof(Write_until_killed)}", "-explicit", "only"])
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment[Variable] = string.Join('\n', settings.Select(pair => $"{pair.Key}={pair.Value}"));
        start.Environment[Variable + "_AGENDA"] = $"{agenda.AccountId} {agenda.AgendaId} {agenda.Epoch}";
        using var writer = Process.Start(start)!;
        var answered = new List<int>();
        while (await writer.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (!line.StartsWith(Prefix, StringComparison.Ordinal) || !int.TryParse(line[Prefix.Length..], out var id))
            {
                // The runner's own words, or a line cut off by the end.
                continue;
            }

            answered.Add(id);
            if (answered.Count == 500)
            {
                writer.Kill();
            }
        }

        await writer.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(answered.Count >= 500);
        await using var after = await StorageBench.Open(settings);
        var stored = await after.Database.Read(connection => connection.All("select id from appointments", row => row.GetInt32(0)));
        Assert.Empty(answered.Except(stored));
        using var output = new StringWriter();
        Assert.True(await after.Services.GetRequiredService<Verification>().Run(output) == 0, output.ToString());
        Assert.Equal(AgendaCommitResult.Stored, (await after.Agendas.Append(await after.Booking(agenda, 1_000_000))).Result);
    }

    /// <summary>What the other process does; it runs only when named, and ends only when killed.</summary>
    [Fact(Explicit = true)]
    public async Task Write_until_killed()
    {
        var numbers = Environment.GetEnvironmentVariable(Variable + "_AGENDA")!.Split(' ').Select(text => int.Parse(text, CultureInfo.InvariantCulture)).ToArray();
        var settings = Environment.GetEnvironmentVariable(Variable)!.Split('\n').Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => (string?)pair[1]);
        await WriteForEver(settings, new Taken(numbers[0], numbers[1], numbers[2]));
    }

    private static async Task WriteForEver(Dictionary<string, string?> settings, Taken agenda)
    {
        await using var bench = await StorageBench.Open(settings);
        var hour = 0;
        await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(async () =>
        {
            while (true)
            {
                var write = await bench.Booking(agenda, Interlocked.Increment(ref hour));
                if ((await bench.Agendas.Append(write)).Result == AgendaCommitResult.Stored)
                {
                    // The console's writer is shared and flushes each line.
                    Console.WriteLine(Prefix + write.Appointment.Id);
                }
            }
        })));
    }
}
