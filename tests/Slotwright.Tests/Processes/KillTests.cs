namespace Slotwright.Processes;

/// <summary>The embedded product is killed while it books; what it answered must stand.</summary>
[Collection(BuiltPrograms.Name)]
public sealed class KillTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact, Trait("Fault", "7"), Trait("Fault", "8")]
    public async Task A_kill_in_mid_load_loses_no_answered_booking_and_doubles_none()
    {
        using var embedded = new Embedded();
        var port = ProductProcess.FreePort();
        var random = new Random(20260101);
        var bookers = new Bookers();
        IEnumerator<Place>? places = null;

        for (var round = 0; round < Rounds.Of(200); round++)
        {
            await using var product = await embedded.Start(port);
            using var api = new DemoApi(product.Address!, "corner-barber");
            places ??= (await api.Hall("Chairs")).Places(30).GetEnumerator();
            await bookers.AskAgain(api);

            using var stop = new CancellationTokenSource();
            var load = bookers.Run([api], Rest(places), customers: 32, $"kill-{round}", stop.Token);
            await After(TimeSpan.FromMilliseconds(random.Next(100, 900)));
            await product.Kill();
            await stop.CancelAsync();
            await load;
        }

        await using (var product = await embedded.Start(port))
        {
            using var api = new DemoApi(product.Address!, "corner-barber");
            await bookers.AskAgain(api);
            await Eventually.Holds(async () => await embedded.Rows() is { PendingFacts: 0, UnsentMails: 0 }, TimeSpan.FromMinutes(2), "every mail went out");
        }

        var rows = await embedded.Rows();
        Assert.NotEmpty(bookers.Acknowledged);
        Assert.Empty(bookers.Unanswered);
        Assert.Equal(bookers.Statuses[System.Net.HttpStatusCode.Created], bookers.Acknowledged.Count);
        Assert.Empty(bookers.Acknowledged.Keys.Except(rows.Live.Select(row => row.Id)));
        Assert.Empty(rows.Overlaps());
        Assert.Equal(rows.Live.Count, rows.Changes);
        Assert.Equal(bookers.Acknowledged.Count, rows.Live.Count);
        var (code, said) = await embedded.Run("verify");
        Assert.True(code == 0, said);
    }

    [Fact, Trait("Fault", "55")]
    public async Task A_terminated_product_answers_what_it_took_and_ends_within_thirty_seconds()
    {
        using var embedded = new Embedded();
        await using var product = await embedded.Start();
        using var api = new DemoApi(product.Address!, "corner-barber");
        var hall = await api.Hall("Chairs");
        var bookers = new Bookers();
        using var stop = new CancellationTokenSource();

        var load = bookers.Run([api], hall.Places(30), customers: 32, "term", stop.Token);
        await After(TimeSpan.FromMilliseconds(700));
        var code = await product.Terminate(TimeSpan.FromSeconds(30));
        await stop.CancelAsync();
        await load;

        var rows = await embedded.Rows();
        Assert.Equal(0, code);
        Assert.NotEmpty(bookers.Acknowledged);
        Assert.Empty(bookers.Acknowledged.Keys.Except(rows.Live.Select(row => row.Id)));
        Assert.Empty(rows.Overlaps());
    }

    [Fact, Trait("Fault", "17")]
    public async Task A_full_disk_stops_bookings_keeps_reads_and_loses_nothing()
    {
        using var embedded = new Embedded();
        var bookers = new Bookers();
        var settings = new Dictionary<string, string>(embedded.Settings) { ["Mail__Paused"] = "true" };
        await using (var product = await ProductProcess.StartWebWithFullFilesAt(2_000, settings).Ready(Cancel))
        {
            using var api = new DemoApi(product.Address!, "corner-barber");
            var hall = await api.Hall("Chairs");
            using var stop = new CancellationTokenSource();
            var load = bookers.Run([api], hall.Places(30), customers: 8, "full", stop.Token);
            await Eventually.Holds(() => Task.FromResult(bookers.Shed.Count > 20), TimeSpan.FromSeconds(90), "bookings are shed");
            await stop.CancelAsync();
            await load;

            Assert.All(bookers.Shed, answer => Assert.NotNull(answer.RetryAfter));
            Assert.Equal(System.Net.HttpStatusCode.OK, (await api.Find(bookers.Acknowledged.Keys.First(), hall.ScheduleId)).Status);
        }

        await using (var product = await embedded.Start())
        {
            using var api = new DemoApi(product.Address!, "corner-barber");
            await bookers.AskAgain(api);
        }

        var rows = await embedded.Rows();
        Assert.Empty(bookers.Unanswered);
        Assert.Equal(bookers.Acknowledged.Keys.Order(), rows.Live.Select(row => row.Id).Order());
        Assert.Empty(rows.Overlaps());
        var (code, said) = await embedded.Run("verify");
        Assert.True(code == 0, said);
    }

    private static IEnumerable<Place> Rest(IEnumerator<Place> places)
    {
        while (places.MoveNext())
        {
            yield return places.Current;
        }
    }

    /// <summary>Lets the load run for a while of real time: the moment of the kill is the point of the test.</summary>
    private static async Task After(TimeSpan time)
    {
        using var timer = new PeriodicTimer(time);
        await timer.WaitForNextTickAsync(Cancel);
    }
}
