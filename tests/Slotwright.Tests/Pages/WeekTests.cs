using System.Net;
using NodaTime;
using Slotwright.Appointments;

namespace Slotwright.Pages;

public sealed class WeekTests
{
    private const string Chairs = "/schedule/corner-barber/Chairs";

    [Fact, Trait("Requirement", "64")]
    public async Task The_only_schedule_is_shown_at_once_and_several_are_listed()
    {
        await using var host = await PagesHost.Start();
        var visitor = host.Visitor("en");

        var only = await visitor.Ask(HttpMethod.Get, new Uri("http://localhost/schedule/corner-barber"));
        host.World.Add(host.Yoga, host.Mat.Shown with { Id = 33, Name = "Hot room" });
        await visitor.Open("/schedule/harbour-yoga");

        Assert.Equal((HttpStatusCode.Redirect, Chairs), (only.StatusCode, only.Headers.Location!.OriginalString));
        Assert.Equal(["Mat", "Hot room"], visitor.Page.QuerySelectorAll("main a strong").Select(name => name.TextContent));
        await visitor.Follow("main a[href$='Hot_room']");
        Assert.Equal("Hot room", visitor.Heading);
    }

    [Fact]
    public async Task Weeks_go_from_today_to_the_horizon_and_no_further()
    {
        await using var host = await PagesHost.Start();
        host.Chairs.Shown = host.Chairs.Shown with { HorizonDays = 10 };
        var visitor = host.Visitor("en");

        await visitor.Open(Chairs);
        Assert.Null(visitor.Page.QuerySelector("a[rel=prev]"));
        Assert.Contains("7 – 13 December", visitor.Text("h2"), StringComparison.Ordinal);
        await visitor.Follow("a[rel=next]");

        Assert.Contains("14 – 20 December", visitor.Text("h2"), StringComparison.Ordinal);
        Assert.Null(visitor.Page.QuerySelector("a[rel=next]"));
        Assert.Equal(5, visitor.Page.QuerySelectorAll("a.day").Length);
        await visitor.Follow("a[rel=prev]");
        Assert.Contains("7 – 13 December", visitor.Text("h2"), StringComparison.Ordinal);
    }

    [Theory, Trait("Fault", "26")]
    [InlineData("week=9999-12-31")]
    [InlineData("week=0001-01-01")]
    [InlineData("day=2027-02-30")]
    [InlineData("day=%00%FF&resource=99999999999999999999&length=-5")]
    [InlineData("day=2028-02-29&resource=any&length=7")]
    [InlineData("week=2026-W53")]
    [InlineData("week=&day=&resource=&length=&at=")]
    public async Task A_mistyped_address_shows_a_week_that_exists(string query)
    {
        await using var host = await PagesHost.Start();
        var visitor = host.Visitor("en");

        await visitor.Open($"{Chairs}?{query}");
        Assert.Equal((HttpStatusCode.OK, 7), (visitor.Status, visitor.Page.QuerySelectorAll(".day").Length));
        await visitor.Open($"{Chairs}/book?at={query}");

        Assert.Equal((HttpStatusCode.OK, Chairs), (visitor.Status, visitor.Address.AbsolutePath));
    }

    [Fact]
    public async Task Each_day_says_how_many_times_are_free_and_one_resource_can_be_chosen()
    {
        await using var host = await PagesHost.Start();
        var visitor = host.Visitor("en");
        await Book(host, new LocalDateTime(2026, 12, 9, 10, 0), 41);

        await visitor.Open(Chairs + "?day=2026-12-09");
        Assert.Contains("Wednesday 9 December: 18 free times", visitor.Text(".day[aria-current]"), StringComparison.Ordinal);
        await visitor.Follow(".chip[href*='resource=41']");

        Assert.Contains("17 free times", visitor.Text(".day[aria-current]"), StringComparison.Ordinal);
        Assert.Equal("Chair 1", visitor.Text(".chip[aria-current]"));
        Assert.Null(visitor.Page.QuerySelector(".time[href*='T10%3A00']"));
    }

    [Fact]
    public async Task An_empty_week_leads_to_the_next_free_time()
    {
        await using var host = await PagesHost.Start();
        host.Chairs.IsClosed = day => day < new LocalDate(2026, 12, 22);
        var visitor = host.Visitor("en");

        await visitor.Open(Chairs);
        Assert.Contains("Next free time: Tuesday 22 December, 09:00", visitor.Text(".empty"), StringComparison.Ordinal);
        await visitor.Follow(".empty a");

        Assert.Equal("Tuesday 22 December", visitor.Text(".chosen"));
    }

    [Fact]
    public async Task The_zone_stands_by_the_times()
    {
        await using var host = await PagesHost.Start();
        var visitor = host.Visitor("en");

        await visitor.Open(Chairs);
        Assert.Contains("Paris time (CET, UTC+1)", visitor.Text(".zone"), StringComparison.Ordinal);
        await visitor.Open(Chairs + "?day=2027-06-01");

        Assert.Contains("Paris time (CEST, UTC+2)", visitor.Text(".zone"), StringComparison.Ordinal);
    }

    [Fact, Trait("Fault", "23")]
    public async Task A_repeated_hour_is_offered_twice_and_told_apart()
    {
        await using var host = await PagesHost.Start();
        host.Chairs.AllDay = true;
        var visitor = host.Visitor("en");
        await visitor.Open(Chairs + "?day=2027-10-31");
        Assert.Equal(["02:30 UTC+2", "02:30 UTC+1"], visitor.Page.QuerySelectorAll(".time").Select(time => TypedText.Line(time.TextContent)).Where(label => label.StartsWith("02:30", StringComparison.Ordinal)));
        Assert.Contains("The clocks change on this day.", visitor.Text(".zone"), StringComparison.Ordinal);

        await visitor.Follow(".time[href*='T02%3A30%2B01']");
        Assert.Contains("02:30 – 03:00 (UTC+1)", visitor.Text(".summary"), StringComparison.Ordinal);
        await visitor.Submit("#chosen");
        Assert.Contains("Paris time (CET, UTC+1)", visitor.Text(".summary"), StringComparison.Ordinal);
        await visitor.Submit("#booking", new Dictionary<string, string> { ["Name"] = "Ada", ["Email"] = "ada@example.com" });

        Assert.Equal(Instant.FromUtc(2027, 10, 31, 1, 30), Assert.Single(host.Chairs.Live).Start);
        Assert.Contains("(Paris time, UTC+1)", visitor.Text(".facts"), StringComparison.Ordinal);
    }

    [Fact, Trait("Fault", "22")]
    public async Task A_skipped_hour_is_not_offered_and_a_forged_one_is_refused()
    {
        await using var host = await PagesHost.Start();
        host.Chairs.AllDay = true;
        var visitor = host.Visitor("en");

        await visitor.Open(Chairs + "?day=2027-03-28");
        Assert.DoesNotContain(visitor.Page.QuerySelectorAll(".time"), time => time.TextContent.Contains("02:30", StringComparison.Ordinal));
        await visitor.Open(Chairs + "/book?at=2027-03-28T02:30%2B01:00");
        Assert.Contains("This time is not free.", visitor.Text("[role=alert]"), StringComparison.Ordinal);
        await visitor.Open(Chairs + "/book?at=2027-03-28T12:30%2B02:00");
        await visitor.Submit("#booking", new Dictionary<string, string> { ["Name"] = "Ada", ["Email"] = "ada@example.com", ["At"] = "2027-03-28T02:30+01:00" });

        Assert.Contains("does not exist on that day", visitor.Text("[role=alert]"), StringComparison.Ordinal);
        Assert.Empty(host.Chairs.Appointments);
    }

    private static Task<Outcome<Booked, BookingRefusal>> Book(PagesHost host, LocalDateTime at, int resourceId) => host.Chairs.Book(new BookAppointment
    {
        Start = Time.Moment.OnTheClock(at),
        ResourceId = resourceId,
        Customer = new CustomerDetails { Name = "Rival", Email = "rival@example.com" },
        Language = "en",
        Actor = Actor.Customer("rival@example.com"),
    });
}
