using System.Net;

namespace Slotwright.Processes;

/// <summary>Several processes of the product on one PostgreSQL, and what happens when one of them or the database goes.</summary>
[Collection(BuiltPrograms.Name)]
public sealed class ClusterTests : IAsyncLifetime
{
    private Cluster cluster = null!;

    public async ValueTask InitializeAsync() => cluster = await Cluster.Make();

    public ValueTask DisposeAsync() => cluster.DisposeAsync();

    [Fact, Trait("Fault", "45")]
    public async Task Two_silos_and_two_webs_that_start_together_serve_one_demo_world()
    {
        // Together on an empty database: one of the silos migrates and seeds, the other waits for it.
        cluster.StartSilo();
        cluster.StartSilo();
        var first = await cluster.StartWeb();
        var second = await cluster.StartWeb();
        using var here = new DemoApi(first.Address!, "corner-barber");
        using var there = new DemoApi(second.Address!, "corner-barber");
        var hall = await here.Hall("Chairs");
        var place = hall.Places(30).First();

        var booked = await here.Book(place);
        var again = await there.Book(place);
        var found = await there.Find(booked.BookingId, hall.ScheduleId);

        Assert.True(booked.Created);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, again.Status);
        Assert.Equal(HttpStatusCode.OK, found.Status);
        Assert.Equal(4, await cluster.Count("select count(*) from accounts"));
        Assert.Equal(2, await cluster.Count("select count(*) from orleansmembershiptable where status = 3"));

        using var person = new DemoPerson(first.Address!);
        Assert.Equal(HttpStatusCode.OK, await person.SignIn("owner@corner-barber.example", "demo-corner-barber"));
        Assert.Equal(HttpStatusCode.OK, await person.Open(new Uri(second.Address!, "/a/corner-barber")));
        Assert.Equal(HttpStatusCode.OK, await person.Open(new Uri(first.Address!, "/a/corner-barber")));
    }

    [Fact, Trait("Fault", "2")]
    public async Task Of_64_rivals_over_two_webs_and_two_silos_exactly_one_wins()
    {
        cluster.StartSilo();
        cluster.StartSilo();
        var first = await cluster.StartWeb();
        var second = await cluster.StartWeb();
        using var here = new DemoApi(first.Address!, "corner-barber");
        using var there = new DemoApi(second.Address!, "corner-barber");
        DemoApi[] nodes = [here, there];
        var hall = await here.Hall("Chairs");

        foreach (var place in hall.Places(30).Take(Rounds.Of(50)))
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(rival => nodes[rival % 2].Book(place)));

            Assert.Single(answers, answer => answer.Created);
        }

        var rows = await cluster.Rows();
        Assert.Equal(Rounds.Of(50), rows.Live.Count);
        Assert.Empty(rows.Overlaps());
    }

    [Fact, Trait("Fault", "2")]
    public async Task A_silo_killed_under_load_loses_no_answered_booking_and_the_other_goes_on()
    {
        var silo = cluster.StartSilo();
        cluster.StartSilo();
        var first = await cluster.StartWeb();
        var second = await cluster.StartWeb();
        using var here = new DemoApi(first.Address!, "corner-barber");
        using var there = new DemoApi(second.Address!, "corner-barber");
        var hall = await here.Hall("Chairs");
        var bookers = new Bookers();
        using var stop = new CancellationTokenSource();

        var load = bookers.Run([here, there], hall.Places(30), customers: 16, "silo", stop.Token);
        await Eventually.Holds(() => Task.FromResult(bookers.Acknowledged.Count > 100), TimeSpan.FromSeconds(30), "the load runs");
        await silo.Kill();
        var atKill = bookers.Acknowledged.Count;
        await Eventually.Holds(() => Task.FromResult(bookers.Acknowledged.Count > atKill + 300), TimeSpan.FromSeconds(90), "bookings go on after the kill");
        await stop.CancelAsync();
        await load;
        await bookers.AskAgain(here);

        await Stands(bookers);
        Assert.All(bookers.Shed, answer => Assert.NotNull(answer.RetryAfter));
    }

    /// <summary>
    /// The owner of a schedule is frozen until the others take it for dead and one of them takes its agenda over; then it wakes and
    /// still believes that the agenda is its own.
    /// </summary>
    [Fact, Trait("Fault", "3")]
    public async Task A_silo_that_wakes_after_its_agenda_was_taken_over_stores_nothing_over_the_new_owner()
    {
        var owner = cluster.StartSilo();
        var web = await cluster.StartWeb();
        using var api = new DemoApi(web.Address!, "corner-barber");
        var hall = await api.Hall("Chairs");
        Assert.True((await api.Book(hall.Places(30).First())).Created);
        var other = cluster.StartSilo();

        // Until then it asks the owner about the demo world, and a silo that cannot finish its start ends.
        await other.Says("The demo world", TestContext.Current.CancellationToken);
        var bookers = new Bookers();
        using var stop = new CancellationTokenSource();
        var load = bookers.Run([api], hall.Places(30).Skip(1), customers: 16, "frozen", stop.Token);
        await Eventually.Holds(() => Task.FromResult(bookers.Acknowledged.Count > 50), TimeSpan.FromSeconds(30), "the load runs");

        await owner.Signal("STOP");
        var atStop = bookers.Acknowledged.Count;
        await Eventually.Holds(() => Task.FromResult(bookers.Acknowledged.Count > atStop + 100), TimeSpan.FromSeconds(90), "the other silo took over");
        await owner.Signal("CONT");
        var atWake = bookers.Acknowledged.Count;
        await Eventually.Holds(() => Task.FromResult(bookers.Acknowledged.Count > atWake + 100), TimeSpan.FromSeconds(60), "bookings go on after it woke");
        await stop.CancelAsync();
        await load;
        await bookers.AskAgain(api);

        await Stands(bookers);
    }

    [Fact, Trait("Fault", "15")]
    public async Task A_database_that_crashes_in_mid_load_sheds_and_comes_back_by_itself()
    {
        var web = await cluster.StartWebWithSilo();
        using var api = new DemoApi(web.Address!, "corner-barber");
        var hall = await api.Hall("Chairs");
        var bookers = new Bookers();
        using var stop = new CancellationTokenSource();
        var load = bookers.Run([api], hall.Places(30), customers: 16, "crash", stop.Token);

        for (var round = 0; round < Math.Min(Rounds.Of(20), 3); round++)
        {
            var before = bookers.Acknowledged.Count;
            await Eventually.Holds(() => Task.FromResult(bookers.Acknowledged.Count > before + 100), TimeSpan.FromSeconds(30), "the load runs");
            await cluster.Server.Restart();
            var after = bookers.Acknowledged.Count;
            await Eventually.Holds(() => Task.FromResult(bookers.Acknowledged.Count > after + 100), TimeSpan.FromSeconds(15), "bookings go on within 15 s");
        }

        await stop.CancelAsync();
        await load;
        await bookers.AskAgain(api);

        await Stands(bookers);
        Assert.All(bookers.Shed, answer => Assert.NotNull(answer.RetryAfter));
        Assert.DoesNotContain(bookers.Statuses.Keys, status => status is HttpStatusCode.InternalServerError);
    }

    [Fact, Trait("Fault", "16")]
    public async Task A_pool_of_two_connections_serves_200_customers_and_stays_alive()
    {
        var web = await cluster.StartWebWithSilo(";Maximum Pool Size=2");
        using var api = new DemoApi(web.Address!, "corner-barber");
        var hall = await api.Hall("Chairs");

        var answers = await Task.WhenAll(hall.Places(30).Take(200).Select(place => api.Book(place)));

        Assert.All(answers, answer => Assert.Contains(
            answer.Status, (HttpStatusCode[])[HttpStatusCode.Created, HttpStatusCode.ServiceUnavailable, HttpStatusCode.TooManyRequests]));
        Assert.All(answers.Where(answer => !answer.Created), answer => Assert.NotNull(answer.RetryAfter));
        Assert.Contains(answers, answer => answer.Created);
        await web.Ready(TestContext.Current.CancellationToken);
        Assert.True((await api.Book(hall.Places(30).Skip(200).First())).Created);
        Assert.Empty((await cluster.Rows()).Overlaps());
    }

    /// <summary>Every 201 is a row, every row was a 201, nothing overlaps, and the product's own check agrees.</summary>
    private async Task Stands(Bookers bookers)
    {
        var rows = await cluster.Rows();
        Assert.Empty(bookers.Unanswered);
        Assert.Equal(bookers.Statuses[HttpStatusCode.Created], bookers.Acknowledged.Count);
        Assert.Empty(bookers.Acknowledged.Keys.Except(rows.Live.Select(row => row.Id)));
        Assert.Empty(rows.Overlaps());
        Assert.Equal(rows.Live.Count, rows.Changes);
        var (code, said) = await cluster.Run("verify");
        Assert.True(code == 0, said);
    }
}
