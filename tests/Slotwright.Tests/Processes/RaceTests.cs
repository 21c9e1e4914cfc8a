using System.Net;

namespace Slotwright.Processes;

/// <summary>Many customers at once over HTTP, against the embedded product.</summary>
[Collection(BuiltPrograms.Name)]
public sealed class RaceTests : IAsyncLifetime
{
    private readonly Embedded embedded = new();
    private ProductProcess? product;

    public async ValueTask InitializeAsync() => product = await embedded.Start();

    public async ValueTask DisposeAsync()
    {
        if (product is not null)
        {
            await product.DisposeAsync();
        }

        embedded.Dispose();
    }

    [Fact, Trait("Fault", "1")]
    public async Task Of_64_rivals_for_one_place_exactly_one_wins()
    {
        using var api = new DemoApi(product!.Address!, "corner-barber");
        var hall = await api.Hall("Chairs");

        foreach (var place in hall.Places(30).Take(Rounds.Of(50)))
        {
            var answers = await Together(64, rival => api.Book(place, key: null, $"rival{rival}@quill.example"));

            Assert.Single(answers, answer => answer.Created);
            Assert.Equal(63, answers.Count(answer => answer.Status == HttpStatusCode.UnprocessableEntity));
        }

        var rows = await embedded.Rows();
        Assert.Equal(Rounds.Of(50), rows.Live.Count);
        Assert.Empty(rows.Overlaps());
    }

    [Fact, Trait("Fault", "1")]
    public async Task Of_64_rivals_for_times_that_overlap_in_part_exactly_one_wins()
    {
        using var api = new DemoApi(product!.Address!, "petite-table");
        var hall = await api.Hall("Terrace");

        // Tables are held for 90 minutes and offered every 30: three neighbouring starts want one time.
        foreach (var place in hall.Places(90).Take(Math.Min(Rounds.Of(50), 48)))
        {
            var answers = await Together(64, rival => api.Book(place with { Start = place.Start.PlusMinutes(30 * (rival % 3)) }));

            Assert.Single(answers, answer => answer.Created);
            await api.Cancel(answers.Single(answer => answer.Created).BookingId, hall.ScheduleId);
        }

        Assert.Empty((await embedded.Rows()).Live);
    }

    [Fact, Trait("Fault", "5")]
    public async Task One_key_sent_50_times_at_once_books_once_and_every_answer_is_the_same()
    {
        using var api = new DemoApi(product!.Address!, "corner-barber");
        var hall = await api.Hall("Chairs");

        foreach (var place in hall.Places(30).Take(Rounds.Of(50)))
        {
            var key = $"same-{place.ResourceId}-{place.Start}";
            var answers = await Together(50, _ => api.Book(place, key));

            Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Created, answer.Status));
            Assert.Single(answers.Select(answer => (answer.Location, answer.Body)).Distinct());
        }

        Assert.Equal(Rounds.Of(50), (await embedded.Rows()).Live.Count);
    }

    [Fact, Trait("Fault", "6")]
    public async Task A_key_with_another_request_is_refused_and_books_nothing()
    {
        using var api = new DemoApi(product!.Address!, "corner-barber");
        var places = (await api.Hall("Chairs")).Places(30).Take(2).ToList();

        var first = await api.Book(places[0], "reused");
        var second = await api.Book(places[1], "reused");

        Assert.True(first.Created);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, second.Status);
        Assert.Single((await embedded.Rows()).Live);
    }

    [Fact, Trait("Requirement", "68")]
    public async Task A_free_account_stops_at_exactly_50_over_its_schedules_whatever_races()
    {
        using var api = new DemoApi(product!.Address!, "petite-table");
        Hall[] halls = [await api.Hall("Terrace"), await api.Hall("Indoor")];

        for (var round = 0; round < Math.Min(Rounds.Of(50), 10); round++)
        {
            var places = halls.SelectMany(hall => hall.Places(90).Take(48)).ToList();
            var answers = await Together(places.Count, rival => api.Book(places[rival]));

            var booked = answers.Zip(places).Where(pair => pair.First.Created).ToList();
            Assert.Equal(50, booked.Count);
            Assert.Equal(places.Count - 50, answers.Count(answer => answer.Status == HttpStatusCode.Forbidden));
            Assert.Equal(50, (await embedded.Rows()).Live.Count);

            var cancelled = await Together(booked.Count, each => api.Cancel(booked[each].First.BookingId, booked[each].Second.ScheduleId));
            Assert.All(cancelled, answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        }
    }

    /// <summary>Starts all of them at one signal.</summary>
    private static async Task<IReadOnlyList<Answer>> Together(int count, Func<int, Task<Answer>> act)
    {
        var signal = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var all = Enumerable.Range(0, count).Select(async each =>
        {
            await signal.Task;
            return await act(each);
        }).ToList();
        signal.SetResult();
        return await Task.WhenAll(all);
    }
}
