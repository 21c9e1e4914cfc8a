using Slotwright.Processes;

namespace Slotwright.Load;

/// <summary>Bookings over HTTP beside a bare endpoint that parses the same JSON and answers 201. 1,000 schedules of 200 accounts.</summary>
internal static class HttpFigures
{
    public static async IAsyncEnumerable<Figure> Run(Pace pace)
    {
        foreach (var open in pace.Targets)
        {
            await using var target = await open();
            IReadOnlyList<LoadSchedule> schedules;
            await using (var world = await World.Open(target))
            {
                schedules = await world.Make("http", 200, 5, resources: 20);
            }

            await using var product = await ProductProcess.StartWeb(target.Settings(sending: false)).Ready(CancellationToken.None);
            await using var echo = await EchoServer.Start();

            // Untimed: every schedule is activated, and both servers' code is compiled for speed.
            var warmUp = pace with { WarmUp = TimeSpan.Zero, Measured = TimeSpan.FromSeconds(30) };
            await HttpLoad.Book(product.Address!, "/api/bookings.json", schedules, warmUp);
            await HttpLoad.Book(echo.Address, "/echo", schedules, warmUp);
            List<Rate> bare = [], booked = [];
            for (var repeat = 0; repeat < pace.Repeats; repeat++)
            {
                bare.Add(await HttpLoad.Book(echo.Address, "/echo", schedules, pace));
                booked.Add(await HttpLoad.Book(product.Address!, "/api/bookings.json", schedules, pace));
            }

            var ratios = bare.Zip(booked, (limit, reached) => reached.PerSecond / limit.PerSecond).Order().ToList();
            var ratio = Rate.Median(ratios);
            var must = target is SqliteTarget ? 0.22 : 0.25;
            yield return new Figure(
                $"POST /api/bookings.json, {HttpLoad.Connections} connections, {target.Name} ({HttpLoad.Client})",
                Figure.Of(Rate.Median(booked)),
                $"echo {Figure.Of(Rate.Median(bare))}; ratio {ratios[0]:0.00} / **{ratio:0.00}** / {ratios[^1]:0.00}",
                $"≥ {must:0.00} (aim 0.33)",
                ratio >= must && Rate.Median(booked).Errors == 0);
            yield return new Figure(
                $"p99 of those, {target.Name}", $"{Rate.Median(booked).P99:0} ms", $"echo {Rate.Median(bare).P99:0} ms", "≤ 60 ms", Rate.Median(booked).P99 <= 60);
        }
    }
}
