using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using Slotwright.Appointments;
using Slotwright.Pages;
using Slotwright.Resellers;
using Slotwright.SignIn;
using Slotwright.Storage;

namespace Slotwright.Live;

/// <summary>What open reseller dashboards hear, and who may listen.</summary>
public sealed class DashboardHubTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private Product product = null!;
    private Visitor reseller = null!;
    private int barber;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        product = await Product.Start();
        reseller = await SignedIn("atelier-web");
        (barber, _) = await product.Find("corner-barber", "Chairs");
    }

    public ValueTask DisposeAsync() => product.DisposeAsync();

    [Fact]
    public async Task A_booking_at_a_client_moves_its_numbers_and_is_told_without_the_customers_name()
    {
        using var page = await Open(reseller);
        await page.WatchDashboard("atelier-web", [barber], Cancellation);
        var start = await Next(page);
        var schedule = await product.Schedule("corner-barber", "Chairs");

        await schedule.Book(Asking.For("ida@example.org", 10));

        var news = await Next(page);
        Assert.Equal((start.Feed, start.Number, start.Number + 1), (news.Feed, news.From, news.Number));
        var client = Assert.Single(news.Clients!);
        Assert.Equal((barber, 1, 1), (client.Id, client.Used, news.Booked![barber]));
        var told = Assert.Single(news.Events!);
        Assert.Equal((barber, "corner-barber", nameof(ClientEventKind.Booked)), (told.Client, told.Name, told.Kind));
        Assert.DoesNotContain("ida", JsonSerializer.Serialize(news), StringComparison.OrdinalIgnoreCase);
    }

    [Fact, Trait("Requirement", "41")]
    public async Task Nobody_hears_of_a_dashboard_that_is_not_theirs()
    {
        var owner = await SignedIn("corner-barber");
        foreach (var (who, account) in ((Visitor, string)[])[(owner, "atelier-web"), (owner, "corner-barber"), (reseller, "corner-barber"), (reseller, "harbour-yoga"), (reseller, "nobody")])
        {
            using var page = await Open(who);
            await page.WatchDashboard(account, [barber], Cancellation);
            Assert.Null(await page.NextChange(Cancellation).WaitAsync(Patience, Cancellation));
        }

        var unknown = await Assert.ThrowsAsync<HttpRequestException>(() => LiveClient.Open(product.Address, cancellation: Cancellation, path: DashboardHub.Path));
        Assert.NotEqual(HttpStatusCode.SwitchingProtocols, unknown.StatusCode);
    }

    [Fact]
    public async Task Another_accounts_bookings_are_not_told()
    {
        using var page = await Open(reseller);
        await page.WatchDashboard("atelier-web", [barber], Cancellation);
        var start = await Next(page);
        await (await product.Schedule("harbour-yoga", "Private lessons")).Book(Asking.For("ida@example.org", 10) with { Start = Moment(1, 10) });
        await (await product.Schedule("corner-barber", "Chairs")).Book(Asking.For("ida@example.org", 10));

        var news = await Next(page);

        Assert.Equal(start.Number + 1, news.Number);
        Assert.Equal(barber, Assert.Single(news.Clients!).Id);
    }

    [Fact, Trait("Requirement", "90")]
    public async Task Detaching_ends_a_clients_news_at_once_and_attaching_begins_it()
    {
        using var page = await Open(reseller);
        await page.WatchDashboard("atelier-web", [barber], Cancellation);
        await Next(page);
        await Relate(barber, null);
        var schedule = await product.Schedule("corner-barber", "Chairs");
        await schedule.Book(Asking.For("ida@example.org", 10));

        var gone = await Next(page);

        Assert.Contains(barber, gone.Gone!);
        Assert.Empty(gone.Clients!);
        Assert.Empty(gone.Events!);
        await Relate(barber, (await product.Grains.Directory().AccountByName("atelier-web"))!.AccountId);
        await schedule.Book(Asking.For("ada@example.org", 11));
        var joined = await Next(page);
        Assert.True(joined.Rewritten);
    }

    [Fact]
    public async Task What_was_lost_on_the_way_is_noticed_and_the_page_made_good()
    {
        var feed = product.Services.GetRequiredService<DashboardFeed>();
        using var page = await Open(reseller);
        await page.WatchDashboard("atelier-web", [barber], Cancellation);
        var start = await Next(page);
        var lost = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        feed.OnTheWay = change =>
        {
            lost.TrySetResult(change.Position.Number);
            return null;
        };
        var schedule = await product.Schedule("corner-barber", "Chairs");
        await schedule.Book(Asking.For("ida@example.org", 10));
        var number = await lost.Task.WaitAsync(Patience, Cancellation);

        var news = await Next(page);

        Assert.True(news.From > start.Number && news.Number >= number, $"{start} {news}");
        await reseller.Open("/reseller/atelier-web");
        Assert.Equal("1 of 1,000", reseller.Text($"#client-{barber} [data-figure=used]"));
        Assert.Equal(news.Number.ToString(System.Globalization.CultureInfo.InvariantCulture), reseller.Page.QuerySelector("#board")!.GetAttribute("data-number"));
    }

    [Theory, Trait("Fault", "31")]
    [InlineData("is_reseller = 0")]
    [InlineData("suspended_at = 1")]
    public async Task A_connection_ends_when_the_account_is_no_reseller_any_more_or_suspended(string change)
    {
        using var page = await Open(reseller);
        await page.WatchDashboard("atelier-web", [barber], Cancellation);
        await Next(page);
        var id = (await product.Grains.Directory().AccountByName("atelier-web"))!.AccountId;
        await Write($"update accounts set {change} where id = @account", ("account", id));
        await product.Grains.AccountSetup(id).Reload();
        product.Clock.Advance(OpenSessions.Lifetime + Duration.FromSeconds(1));

        Assert.Null(await page.NextChange(Cancellation).WaitAsync(Patience, Cancellation));
        using var again = await Open(reseller);
        await again.WatchDashboard("atelier-web", [barber], Cancellation);
        Assert.Null(await again.NextChange(Cancellation).WaitAsync(Patience, Cancellation));
    }

    [Fact]
    public async Task A_burst_ends_with_the_numbers_of_the_rows()
    {
        using var page = await Open(reseller);
        await page.WatchDashboard("atelier-web", [barber], Cancellation);
        await Next(page);
        var schedule = await product.Schedule("corner-barber", "Chairs");
        var bookings = await Task.WhenAll(Enumerable.Range(0, 40).Select(number => schedule.Book(
            Asking.For($"guest{number}@example.org", 9) with { Start = Moment(1 + (number / 8), 9 + (number % 8)), Actor = Actor.ApiKey() })));
        var made = bookings.Count(booking => booking.Accepted);
        Assert.True(made > 20, $"{made}");

        ClientNews? last = null;
        var (messages, booked) = (0, 0);
        while (last is null || last.Version < made || booked < made)
        {
            var news = await Next(page);
            messages++;
            last = news.Clients?.SingleOrDefault(client => client.Id == barber) ?? last;
            booked += news.Booked?.Values.Sum() ?? 0;
        }

        Assert.Equal((made, made), (last.Used, booked));
        Assert.True(messages < made, $"{messages} messages for {made} bookings");
        await reseller.Open("/reseller/atelier-web");
        Assert.Equal($"{made} of 1,000", reseller.Text($"#client-{barber} [data-figure=used]"));
    }

    [Fact, Trait("Fault", "53")]
    public void A_page_that_never_reads_is_dropped_and_the_others_go_on()
    {
        var dropped = 0;
        var (deaf, other) = (new DashboardListener(new HashSet<int>(), () => dropped++), new DashboardListener(new HashSet<int>(), () => { }));
        for (var number = 0; number < DashboardListener.MostWaiting + 2; number++)
        {
            var news = WrittenNews.Of(DashboardNews.At(new FeedPosition("feed", number)));
            deaf.Hear(news);
            other.Hear(news);
            other.News.TryRead(out _);
        }

        Assert.Equal(2, dropped);
        Assert.True(other.Hear(WrittenNews.Of(DashboardNews.At(new FeedPosition("feed", 99)))));
    }

    [Fact]
    public async Task A_page_may_show_other_clients_as_often_as_it_likes()
    {
        using var page = await Open(reseller);
        for (var time = 0; time < 130; time++)
        {
            await page.WatchDashboard("atelier-web", time % 2 == 0 ? [barber] : [], Cancellation);
            await Next(page);
            await page.Leave(Cancellation);
            Assert.Null(await page.NextChange(Cancellation).WaitAsync(Patience, Cancellation));
        }
    }

    [Fact]
    public void Whoever_came_while_the_feed_could_not_be_asked_is_greeted_at_the_next_answer()
    {
        var dashboard = new OpenDashboard(1, new FakeTimeProvider());
        var page = new DashboardListener(new HashSet<int>(), () => { });
        dashboard.Add(page);
        var totals = new DashboardTotals { Clients = 1, Joined = 0, Today = 0, DayBefore = 0, Week = 0, NearLimit = 0, Trials = 0, Hours = [] };
        dashboard.Hear(new DashboardChange { ResellerId = 1, Position = new("feed", 5), Clients = [], Totals = totals, Events = [], Gone = [], Rewritten = false });
        Assert.False(page.News.TryRead(out _));

        dashboard.Hear(new FeedPosition("feed", 5));

        Assert.True(page.News.TryRead(out _));
    }

    private async Task<Visitor> SignedIn(string account)
    {
        var visitor = new Visitor(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }, product.Address, "en");
        await visitor.SignIn(account, $"demo-{account}");
        return visitor;
    }

    private Task<LiveClient> Open(Visitor who) => LiveClient.Open(
        product.Address, product.Address.GetLeftPart(UriPartial.Authority), DashboardHub.Path, string.Join("; ", who.Cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")), Cancellation);

    private Task Relate(int client, int? to) => Write("update accounts set reseller_id = @to, attached_at = 1 where id = @client", ("to", to), ("client", client));

    private Task Write(string sql, params (string, object?)[] values) =>
        product.Services.GetRequiredService<IDatabase>().Write(async connection => await connection.Run(sql, values));

    private static Time.Moment Moment(int day, int hour) => Time.Moment.At(Instant.FromUtc(2027, 1, 12 + day, hour, 0));

    private static async Task<DashboardNews> Next(LiveClient page) =>
        (await page.NextChange(Cancellation).WaitAsync(Patience, Cancellation) ?? throw new InvalidOperationException("The stream ended."))
        .Deserialize<DashboardNews>(JsonSerializerOptions.Web)!;
}
