using Slotwright.Appointments;
using Slotwright.Processes;
using Slotwright.Tenancy;
using Slotwright.Time;

namespace Slotwright.Load;

/// <summary>The booking page over HTTP beside a Razor page with the same markup and nothing to find out.</summary>
internal static class PageFigures
{
    private const int Clients = 64;
    private const int Many = 10_000;
    private const int Few = 100;

    public static async IAsyncEnumerable<Figure> Run(Pace pace)
    {
        await using var target = new SqliteTarget();
        string hot, few, many;
        string[] all;
        await using (var world = await World.Open(target))
        {
            hot = Address((await world.Make("hot", 1, 1, FreeFigures.Chair("Europe/Paris")))[0]);
            all = [.. (await world.Make("all", 200, 5, FreeFigures.Chair("Europe/Paris"))).Select(Address)];
            var two = await world.Make("filled", 1, 2, FreeFigures.Chair("Etc/UTC"));
            (few, many) = (Address(two[0]), Address(two[1]));
            await Fill(world, two[0], Few);
            await Fill(world, two[1], Many);
        }

        await using var product = await ProductProcess.StartWeb(target.Settings(sending: false)).Ready(CancellationToken.None);
        await using var echo = await EchoServer.Start();
        var warmUp = pace with { WarmUp = TimeSpan.Zero, Measured = TimeSpan.FromSeconds(Math.Max(3, pace.Measured.TotalSeconds)) };
        await HttpLoad.Get(product.Address!, all, Clients, warmUp);
        await HttpLoad.Get(echo.Address, ["/twin"], Clients, warmUp);
        var sizes = (await Size(product.Address!, hot), await Size(echo.Address, "/twin"));

        yield return await Beside("on one schedule", [hot]);
        yield return await Beside("over 1,000 schedules", all);

        List<Rate> withFew = [], withMany = [];
        for (var repeat = 0; repeat < pace.Repeats; repeat++)
        {
            withFew.Add(await HttpLoad.Get(product.Address!, [few], Clients, pace));
            withMany.Add(await HttpLoad.Get(product.Address!, [many], Clients, pace));
        }

        var times = withFew.Zip(withMany, (one, other) => one.PerSecond / other.PerSecond).Order().ToList();
        var time = Rate.Median(times);
        yield return new Figure(
            $"GET booking page with {Many:#,0} upcoming appointments, {Clients} connections ({HttpLoad.Client})",
            Figure.Of(Rate.Median(withMany)),
            $"with {Few} {Figure.Of(Rate.Median(withFew))}; time {times[0]:0.00} / **{time:0.00}** / {times[^1]:0.00}",
            "≤ 1.2 × the time",
            time <= 1.2 && Rate.Median(withMany).Errors == 0);

        async Task<Figure> Beside(string where, string[] paths)
        {
            List<Rate> twin = [], page = [];
            for (var repeat = 0; repeat < pace.Repeats; repeat++)
            {
                twin.Add(await HttpLoad.Get(echo.Address, ["/twin"], Clients, pace));
                page.Add(await HttpLoad.Get(product.Address!, paths, Clients, pace));
            }

            var ratios = twin.Zip(page, (limit, reached) => reached.PerSecond / limit.PerSecond).Order().ToList();
            var ratio = Rate.Median(ratios);
            var median = Rate.Median(page);
            return new Figure(
                $"GET booking page {where}, {sizes.Item1:#,0} bytes, {Clients} connections, SQLite ({HttpLoad.Client})",
                Figure.Of(median),
                $"Razor page of the same markup, {sizes.Item2:#,0} bytes, {Figure.Of(Rate.Median(twin))}; ratio {ratios[0]:0.00} / **{ratio:0.00}** / {ratios[^1]:0.00}",
                "≥ 0.5, p99 ≤ 50 ms",
                ratio >= 0.5 && median.P99 <= 50 && median.Errors == 0);
        }
    }

    private static string Address(LoadSchedule schedule) => $"/schedule/{schedule.Account}/{schedule.Name}";

    /// <summary>From a year ahead on, a place after another, so that the week that is shown is as free as any.</summary>
    private static async Task Fill(World world, LoadSchedule schedule, int count)
    {
        var places = FreeFigures.Places().Take(count).ToList();
        await Parallel.ForEachAsync(places, new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (start, _) =>
        {
            Caller.FromSystem();
            var booked = await world.Grains.Schedule(schedule.AccountId, schedule.ScheduleId).Book(new BookAppointment
            {
                Start = Moment.At(start),
                Customer = new CustomerDetails { Name = "Ida Quill", Email = "ida@quill.example" },
                Language = "en",
                Actor = Actor.ApiKey(),
            });
            if (!booked.Accepted)
            {
                throw new InvalidOperationException($"{start}: {booked.Refusal}");
            }
        });
    }

    private static async Task<int> Size(Uri site, string path)
    {
        using var http = new HttpClient { BaseAddress = site };
        return (await http.GetByteArrayAsync(new Uri(path, UriKind.Relative))).Length;
    }
}
