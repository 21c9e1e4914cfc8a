using System.Net;
using NodaTime;
using Slotwright.Appointments;

namespace Slotwright.Pages;

/// <summary>A time that is kept while its form is filled in, through the whole product.</summary>
public sealed class HoldJourneyTests
{
    private const string Chairs = "/schedule/corner-barber/Chairs";
    private const string HalfPastTwo = ".time[href*='T14%3A30']";

    [Fact]
    public async Task A_chosen_time_is_held_by_a_post_for_one_visitor_and_booked_by_him()
    {
        await using var product = await Product.Start();
        var (ann, bob) = (Visitor(product), Visitor(product));
        var day = $"{Chairs}?day=2027-01-14&resource={await Chair(product)}";

        await ann.Open(day);
        await ann.Follow(HalfPastTwo);
        await bob.Open(day);
        Assert.NotNull(bob.Page.QuerySelector(HalfPastTwo));
        await ann.Submit("#chosen");

        Assert.Equal("Held for you until 09:05 (Paris time).", Line(ann.Text("#standing")));
        await bob.Open(day);
        Assert.Null(bob.Page.QuerySelector(HalfPastTwo));
        Assert.Equal("17 free times", bob.Text(".day[aria-current] .count"));
        await bob.Open(ann.Address.PathAndQuery);
        Assert.Contains("This time is not free.", bob.Text("#standing"), StringComparison.Ordinal);

        // Whoever holds it sees it as his own, and what he types into is not in his own way.
        await ann.Open(day);
        Assert.Contains("held for you until 09:05", Line(ann.Text(HalfPastTwo)), StringComparison.Ordinal);
        Assert.Equal("18 free times", ann.Text(".day[aria-current] .count"));
        await ann.Follow(HalfPastTwo);
        await ann.Submit("#chosen");
        await ann.Submit("#booking", Details("Ann"));

        Assert.Equal("Your appointment is booked", ann.Heading);
        Assert.Equal("17 free times", (await ann.Open(day)).Text(".day[aria-current] .count"));
    }

    [Fact, Trait("Fault", "61")]
    public async Task A_hold_that_ends_under_the_typing_is_booked_when_it_is_free_and_else_refused_with_what_was_typed()
    {
        await using var product = await Product.Start();
        var (ann, bob) = (Visitor(product), Visitor(product));
        var chair = await Chair(product);
        await Hold(ann, "2027-01-14T14:30+01:00", chair);
        await Hold(bob, "2027-01-14T15:30+01:00", chair);
        product.Clock.Advance(Held.Lifetime + Duration.FromSeconds(3));

        await ann.Submit("#booking", Details("Ann"));
        Assert.Equal("Your appointment is booked", ann.Heading);

        await Hold(ann, "2027-01-14T15:30+01:00", chair);
        await bob.Submit("#booking", Details("Bob"));

        Assert.Contains("This time is not free. Please choose another one. What you typed stays.", Line(bob.Text("[role=alert]")), StringComparison.Ordinal);
        Assert.Equal(4, bob.Page.QuerySelectorAll("button.time").Length);
        Assert.Equal("Bob", bob.Page.QuerySelector("[name=Name]")!.GetAttribute("value"));

        // One press takes another time, holds that, and keeps the text.
        await bob.Submit("#booking", button: "button.time");
        Assert.Equal("Bob", bob.Page.QuerySelector("[name=Name]")!.GetAttribute("value"));
        Assert.Contains("Held for you until", bob.Text("#standing"), StringComparison.Ordinal);
        await bob.Submit("#booking");
        Assert.Equal("Your appointment is booked", bob.Heading);
    }

    [Fact]
    public async Task A_held_time_over_which_staff_put_something_is_not_said_to_be_kept()
    {
        await using var product = await Product.Start();
        var (ann, chair) = (Visitor(product), await Chair(product));
        await Hold(ann, "2027-01-14T14:30+01:00", chair);
        var standing = ann.Address.PathAndQuery + "&handler=Standing";
        await ann.Open(standing);
        Assert.NotNull(ann.Page.QuerySelector("[data-until]"));
        var booked = await (await product.Schedule("corner-barber", "Chairs")).Book(new BookAppointment
        {
            Start = Time.Moment.OnTheClock(new LocalDateTime(2027, 1, 14, 14, 30)),
            ResourceId = int.Parse(chair, System.Globalization.CultureInfo.InvariantCulture),
            AllowOverlap = true,
            Customer = new CustomerDetails { Name = "Regular", Email = "regular@example.com" },
            Language = "en",
            Actor = Actor.Staff(1, "staff@example.com"),
        });
        Assert.True(booked.Accepted);

        await ann.Open(standing);

        Assert.Null(ann.Page.QuerySelector("[data-until]"));
        Assert.Contains("This time is not free.", ann.Text("[data-lost]"), StringComparison.Ordinal);
        Assert.Equal(4, ann.Page.QuerySelectorAll("button.time").Length);
    }

    [Fact]
    public async Task Leaving_the_form_lets_its_own_time_go_and_a_later_one_stay()
    {
        await using var product = await Product.Start();
        var (ann, bob) = (Visitor(product), Visitor(product));
        var chair = await Chair(product);
        await Hold(ann, "2027-01-14T14:30+01:00", chair);
        var former = Fields(ann);
        await Hold(ann, "2027-01-14T15:30+01:00", chair);

        await ann.Post(Chairs + "/book?handler=Leave", former);
        Assert.Equal(HttpStatusCode.NoContent, ann.Status);
        await bob.Open($"{Chairs}?day=2027-01-14&resource={chair}");
        Assert.NotNull(bob.Page.QuerySelector(HalfPastTwo));
        Assert.Null(bob.Page.QuerySelector(".time[href*='T15%3A30']"));

        await Hold(ann, "2027-01-14T15:30+01:00", chair);
        await ann.Post(Chairs + "/book?handler=Leave", Fields(ann));
        await bob.Open($"{Chairs}?day=2027-01-14&resource={chair}");
        Assert.NotNull(bob.Page.QuerySelector(".time[href*='T15%3A30']"));
    }

    [Fact]
    public async Task Looking_holds_nothing_and_a_hold_without_the_pages_token_is_refused()
    {
        await using var product = await Product.Start();
        var (ann, bob) = (Visitor(product), Visitor(product));
        var chair = await Chair(product);
        var book = $"{Chairs}/book?at=2027-01-14T14:30%2B01:00&resource={chair}";

        foreach (var handler in (string[])["", "&handler=Hold", "&handler=Keep", "&handler=Standing", "&handler=Time", "&handler=Leave"])
        {
            await ann.Open(book + handler);
        }

        await ann.Post(Chairs + "/book?handler=Hold", [KeyValuePair.Create("At", "2027-01-14T14:30+01:00"), KeyValuePair.Create("Resource", chair)]);

        Assert.Equal(HttpStatusCode.BadRequest, ann.Status);
        await bob.Open($"{Chairs}?day=2027-01-14&resource={chair}");
        Assert.NotNull(bob.Page.QuerySelector(HalfPastTwo));
        Assert.DoesNotContain(ann.SetCookies, cookie => cookie.StartsWith("visitor", StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_hold_too_many_of_an_address_still_books()
    {
        await using var product = await Product.Start();
        for (var number = 0; number < HoldPlace.MostPerAddress; number++)
        {
            await Hold(Visitor(product), $"2027-01-{14 + (number / 10)}T{9 + (number % 10 / 2):00}:{number % 2 * 30:00}+01:00", await Chair(product));
        }

        var late = Visitor(product);
        await Hold(late, "2027-01-18T14:30+01:00", await Chair(product));
        Assert.Equal("", late.Text("#standing"));
        await late.Submit("#booking", Details("Late"));

        Assert.Equal("Your appointment is booked", late.Heading);
    }

    /// <summary>Ten times the reads that one address may make: they are answered from memory or told to wait, and bookings go through.</summary>
    [Fact, Trait("Fault", "50")]
    public async Task A_flood_of_readers_is_told_to_wait_and_bookings_go_on()
    {
        await using var product = await Product.Start(null, "--RateLimits:Enabled=true", "--RateLimits:PublicReadsPerAddressAndMinute=100", "--RateLimits:PublicBookingsPerAddressAndMinute=1000");
        var customers = Enumerable.Range(0, 15).Select(_ => Visitor(product)).ToList();
        await Task.WhenAll(customers.Select((customer, number) => customer.Open($"{Chairs}/book?at=2027-01-{14 + (number / 8)}T{9 + (number % 8):00}:00%2B01:00")));
        using var readers = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 32 }) { BaseAddress = product.Address };

        var flood = Enumerable.Range(0, 1_000).Select(async _ =>
        {
            using var answer = await readers.GetAsync(Chairs, TestContext.Current.CancellationToken);
            return (answer.StatusCode, answer.Headers.RetryAfter?.Delta);
        }).ToList();
        await Task.WhenAll(customers.Select((customer, number) => customer.Submit("#booking", Details($"Guest{number}"))));
        var answers = await Task.WhenAll(flood);

        Assert.Equal(100, answers.Count(answer => answer.StatusCode == HttpStatusCode.OK));
        Assert.All(answers.Where(answer => answer.StatusCode != HttpStatusCode.OK), answer => Assert.Equal((HttpStatusCode.TooManyRequests, true), (answer.StatusCode, answer.Delta > TimeSpan.Zero)));
        Assert.All(customers, customer => Assert.Equal("Your appointment is booked", customer.Heading));
    }

    [Fact, Trait("Fault", "50")]
    public async Task Only_bookings_that_are_really_asked_for_count_for_their_account()
    {
        await using var product = await Product.Start(null, "--RateLimits:Enabled=true", "--RateLimits:PublicBookingsPerAccountAndHour=2", "--RateLimits:PublicBookingsPerAddressAndMinute=1000");
        var (stranger, customer) = (Visitor(product), Visitor(product));
        for (var posts = 0; posts < 4; posts++)
        {
            Assert.Equal(HttpStatusCode.BadRequest, (await stranger.Post($"{Chairs}/book", [])).Status);
            await stranger.Open($"{Chairs}/book?at=2027-01-14T09:00%2B01:00");
            await stranger.Submit("#booking", new Dictionary<string, string> { ["Name"] = "", ["Email"] = "nobody" });
            Assert.Equal(HttpStatusCode.OK, stranger.Status);
        }

        foreach (var hour in new[] { 10, 11, 12 })
        {
            await customer.Open($"{Chairs}/book?at=2027-01-14T{hour}:00%2B01:00");
            await customer.Submit("#booking", Details("Ann"));
            Assert.Equal(hour < 12, customer.Heading == "Your appointment is booked");
        }

        Assert.Equal((HttpStatusCode.TooManyRequests, true), (customer.Status, customer.Answer.Headers.RetryAfter?.Delta > TimeSpan.Zero));
        Assert.Equal("Ann@example.com", customer.Page.QuerySelector("#booking [name=Email]")?.GetAttribute("value"));
        Assert.Contains("What you typed is kept", customer.Text("#standing"), StringComparison.Ordinal);
    }

    private static async Task Hold(Visitor visitor, string at, string chair)
    {
        await visitor.Open($"{Chairs}?at={Uri.EscapeDataString(at)}&resource={chair}");
        await visitor.Submit("#chosen");
    }

    private static List<KeyValuePair<string, string>> Fields(Visitor visitor) =>
        [.. visitor.Page.QuerySelectorAll("#booking input[type=hidden]").Select(field => KeyValuePair.Create(field.GetAttribute("name")!, field.GetAttribute("value") ?? ""))];

    private static async Task<string> Chair(Product product) =>
        (await (await product.Schedule("corner-barber", "Chairs")).Face())!.Resources[0].Id.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static string Line(string text) => TypedText.Line(text).TrimStart('◷', ' ');

    private static Dictionary<string, string> Details(string name) => new() { ["Name"] = name, ["Email"] = $"{name}@example.com" };

    private static Visitor Visitor(Product product) => new(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }, product.Address, "en");
}
