using System.Diagnostics;
using System.Globalization;
using System.Net;
using Slotwright.Platform;
using Slotwright.Processes;

namespace Slotwright.Load;

/// <summary>How long a start takes until a customer's page is there, and how much memory the process holds.</summary>
internal static class StartFigures
{
    private const string Page = "/schedule/corner-barber/Chairs";

    public static async IAsyncEnumerable<Figure> Run()
    {
        await using var target = new SqliteTarget();
        var (empty, first) = await StartToPage(target);
        var idle = await Resident(first);
        await first.Terminate(TimeSpan.FromSeconds(30));
        await first.DisposeAsync();
        yield return new Figure("start to first page, empty folder (demo world made meanwhile), SQLite", $"{empty:0.0} s", "", "≤ 3 s", empty <= 3);
        yield return new Figure("memory idle", $"{idle:0} MB", "resident set after the first page", "≤ 200 MB", idle <= 200);

        IReadOnlyList<LoadSchedule> schedules;
        await using (var world = await World.Open(target))
        {
            schedules = await world.Make("full", 20, 5, resources: 1);
            foreach (var schedule in schedules)
            {
                await Fill(world, schedule, 1000);
            }
        }

        var (full, started) = await StartToPage(target);
        await using var product = started;
        yield return new Figure("start to first page, 100,000 appointments, SQLite", $"{full:0.0} s", "", "≤ 5 s", full <= 5);

        var before = await Resident(product);
        foreach (var schedule in schedules)
        {
            await Touch(product, schedule);
        }

        var each = (await Resident(product) - before) / schedules.Count;
        yield return new Figure(
            "memory per active schedule with 1,000 upcoming appointments", $"{each:0.00} MB", "growth of the resident set over 100 of them, garbage included", "≤ 1 MB", each <= 1);
    }

    private static async Task<(double Seconds, ProductProcess Product)> StartToPage(Target target)
    {
        var settings = new Dictionary<string, string>(target.Settings(sending: false)) { ["Demo__Enabled"] = "true" };
        var began = Stopwatch.GetTimestamp();
        var product = ProductProcess.StartWeb(settings);
        using var http = new HttpClient { BaseAddress = product.Address };
        while (true)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri(Page, UriKind.Relative));
                if (answer.StatusCode == HttpStatusCode.OK)
                {
                    return (Stopwatch.GetElapsedTime(began).TotalSeconds, product);
                }
            }
            catch (HttpRequestException) when (Stopwatch.GetElapsedTime(began) < TimeSpan.FromMinutes(1))
            {
                // Not listening yet.
            }

            await Task.Delay(10);
        }
    }

    /// <summary>Resident set in MB, once it has settled for two seconds.</summary>
    private static async Task<double> Resident(ProductProcess product)
    {
        await Task.Delay(TimeSpan.FromSeconds(2));
        var line = File.ReadLines($"/proc/{product.Id}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024.0;
    }

    private static async Task Fill(World world, LoadSchedule schedule, int count)
    {
        var loaded = await world.Store.Load(schedule.AccountId, schedule.ScheduleId, LoadSchedule.First);
        var epoch = await world.Store.TakeEpoch(schedule.ScheduleId, loaded!.Version) ?? throw new InvalidOperationException("The epoch was not to be had.");
        await Task.WhenAll(Enumerable.Range(0, count).Select(async _ =>
        {
            var (resource, start) = schedule.Next();
            var id = await world.Ids.Next(IdKind.Change);
            await world.Store.Append(GrainFigures.Row(schedule, epoch, id, resource, start, key: null));
        }));
    }

    private static async Task Touch(ProductProcess product, LoadSchedule schedule)
    {
        using var http = new HttpClient { BaseAddress = product.Address };
        using var request = new HttpRequestMessage(
            HttpMethod.Get, new Uri(string.Create(CultureInfo.InvariantCulture, $"/api/free/{schedule.ScheduleId}.json?maxresults=10"), UriKind.Relative));
        request.Headers.Authorization = new("Basic", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{schedule.Account}:{schedule.ApiKey}")));
        using var answer = await http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
    }
}
