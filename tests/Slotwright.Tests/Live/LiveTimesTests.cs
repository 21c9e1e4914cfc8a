using System.Net;
using System.Text.Json;
using NodaTime;
using Slotwright.Appointments;
using Slotwright.Time;

namespace Slotwright.Live;

/// <summary>What open pages hear, through the whole product.</summary>
public sealed class LiveTimesTests
{
    private const string Day = "2027-01-14";
    private static readonly LocalDate Thursday = new(2027, 1, 14);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_open_page_hears_of_bookings_holds_and_their_end()
    {
        await using var product = await Product.Start();
        var schedule = await product.Schedule("corner-barber", "Chairs");
        var chair = (await schedule.Definition())!.Resources[0].Id;
        using var page = await LiveClient.Open(product.Address, cancellation: Cancellation);
        await page.Watch("corner-barber", "Chairs", Day, Day, Cancellation);

        var all = await Next(page);
        Assert.Contains(At(10), Seconds(all, "free"));

        // One of two chairs leaves the time free; the second takes it.
        await schedule.Book(Booking(10, chair));
        await schedule.Book(Booking(10, null));
        var taken = await Next(page);
        Assert.Equal([At(10)], Seconds(taken, "taken"));
        Assert.Equal(all.GetProperty("number").GetInt64() + 1, taken.GetProperty("number").GetInt64());
        Assert.Equal(all.GetProperty("feed").GetString(), taken.GetProperty("feed").GetString());

        await schedule.Book(Booking(11, chair));
        await schedule.Hold(new HoldPlace { Start = Start(11), Visitor = "someone", Address = "::1" });
        Assert.Equal([At(11)], Seconds(await Next(page), "taken"));

        // The clock alone ends a hold.
        product.Clock.Advance(Held.Lifetime);
        Assert.Equal([At(11)], Seconds(await Next(page), "freed"));
    }

    [Fact]
    public async Task Another_sites_page_is_refused_and_so_is_what_is_not_there()
    {
        await using var product = await Product.Start();

        var foreign = await Assert.ThrowsAsync<HttpRequestException>(() => LiveClient.Open(product.Address, "https://elsewhere.example", cancellation: Cancellation));
        using var own = await LiveClient.Open(product.Address, product.Address.GetLeftPart(UriPartial.Authority), cancellation: Cancellation);
        await own.Watch("corner-barber", "Nothing", Day, Day, Cancellation);

        Assert.Equal(HttpStatusCode.Forbidden, foreign.StatusCode);
        Assert.Null(await own.NextChange(Cancellation));
    }

    [Fact]
    public async Task An_address_opens_so_many_connections_and_one_that_closes_makes_room()
    {
        await using var product = await Product.Start(null, "--RateLimits:Enabled=true", "--RateLimits:LiveConnectionsPerAddress=2");
        using var first = await LiveClient.Open(product.Address, cancellation: Cancellation);
        var second = await LiveClient.Open(product.Address, cancellation: Cancellation);

        var third = await Assert.ThrowsAsync<HttpRequestException>(() => LiveClient.Open(product.Address, cancellation: Cancellation));
        second.Dispose();

        Assert.Equal(HttpStatusCode.TooManyRequests, third.StatusCode);
        await Processes.Eventually.Holds(async () =>
        {
            try
            {
                (await LiveClient.Open(product.Address, cancellation: Cancellation)).Dispose();
                return true;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }, Patience, "a connection that closed makes room");
    }

    /// <summary>A page that never reads costs a few messages' room, and no one else's time.</summary>
    [Fact, Trait("Fault", "53")]
    public void A_reader_that_does_not_read_is_dropped_when_its_room_is_full()
    {
        var audience = new Audience(1, 2, new FreeTimesQuery { From = Thursday, To = Thursday });
        var dropped = 0;
        var slow = new Listener(() => dropped++);
        var quick = new Listener(() => Assert.Fail("The quick one reads."));
        audience.Add(slow);
        audience.Add(quick);
        var heard = 0;

        for (var number = 0; number < 10 * Listener.MostWaiting; number++)
        {
            audience.Show(Entry(number % 2 == 0 ? [10, 20] : [10, 30]));
            while (quick.Changes.TryRead(out _))
            {
                heard++;
            }
        }

        Assert.Equal(1, dropped);
        Assert.Equal(Listener.MostWaiting, slow.Changes.Count);
        Assert.Equal(10 * Listener.MostWaiting, heard);
        Assert.Equal(1, audience.Count);
    }

    [Fact]
    public void A_page_that_comes_later_begins_with_all_and_goes_on_by_the_same_numbers()
    {
        var audience = new Audience(1, 2, new FreeTimesQuery { From = Thursday, To = Thursday });
        audience.Show(Entry([10, 20, 30]));
        audience.Show(Entry([10, 30, 40]));
        var late = new Listener(() => { });
        audience.Add(late);
        Assert.False(audience.Show(Entry([10, 30, 40])));
        audience.Show(Entry([30]));

        Assert.True(late.Changes.TryRead(out var all));
        Assert.True(late.Changes.TryRead(out var change));
        Assert.Equal([10, 30, 40], all.Free);
        Assert.Equal([10, 40], change.Taken);
        Assert.Equal([], change.Freed);
        Assert.Equal(all.Number + 1, change.Number);
        Assert.Equal(all.Feed, change.Feed);
    }

    private static FreeTimesEntry Entry(long[] starts) => new(
        new FreeTimes
        {
            AgendaVersion = 1,
            RulesEdition = 1,
            ValidUntil = Instant.MaxValue,
            Zone = "Etc/UTC",
            Times = new FreeTimeList(starts, 60, [[1]], null),
        },
        NodaConstants.UnixEpoch);

    private static async Task<JsonElement> Next(LiveClient page) =>
        await page.NextChange(Cancellation).WaitAsync(Patience, Cancellation) ?? throw new InvalidOperationException("The stream ended.");

    private static List<long> Seconds(JsonElement change, string name) => [.. change.GetProperty(name).EnumerateArray().Select(start => start.GetInt64())];

    private static Moment Start(int hour) => Moment.OnTheClock(Thursday.At(new LocalTime(hour, 0)));

    private static long At(int hour) => Thursday.At(new LocalTime(hour, 0)).InZoneStrictly(DateTimeZoneProviders.Tzdb["Europe/Paris"]).ToInstant().ToUnixTimeSeconds();

    private static BookAppointment Booking(int hour, int? chair) => new()
    {
        Start = Start(hour),
        ResourceId = chair,
        Customer = new CustomerDetails { Name = "Ann", Email = "ann@example.com" },
        Language = "en",
        Actor = Actor.Customer("ann@example.com"),
    };
}
