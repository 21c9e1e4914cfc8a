using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Slotwright.Limits;

namespace Slotwright.Api;

public sealed class RequestLimitTests
{
    [Fact]
    public async Task A_key_beyond_its_pace_is_429_with_retry_after_whichever_way_it_is_sent()
    {
        await using var host = await ApiHost.Start(On(("ApiCallsPerKeyAndSecond", "1"), ("ApiBurstPerKey", "2")));

        var first = await host.Get("/api/schedules.json");
        using var byParameter = new HttpRequestMessage(HttpMethod.Get, "/api/schedules.json?api_key=" + ApiWorld.HarbourKey);
        var second = await host.Send(byParameter, host.Client(account: null));
        var third = await host.Get("/api/schedules.json");
        var other = await Schedules(host, host.Client("corner-barber", ApiWorld.BarberKey));

        Assert.Equal((200, 200, 429, 200), (first.Status, second.Status, third.Status, other.Status));
        Assert.True(int.Parse(third.Header("Retry-After")!, null) >= 1);
        Assert.Equal("application/problem+json; charset=utf-8", third.ContentType);
        Assert.Equal("429", third.ErrorCode);
    }

    [Fact]
    public async Task An_address_with_many_wrong_keys_waits_and_takes_nothing_from_others_keys()
    {
        await using var host = await ApiHost.Start(On(("ApiStrangersPerAddressAndMinute", "3")));
        using var stranger = host.Client("Harbour_Yoga", "guess");

        var statuses = new List<int>();
        for (var i = 0; i < 5; i++)
        {
            statuses.Add((await Schedules(host, stranger)).Status);
        }

        Assert.Equal([401, 401, 401, 429, 429], statuses);
    }

    [Fact]
    public async Task Public_bookings_are_counted_per_address_and_reads_are_not()
    {
        await using var host = await Pages(("PublicBookingsPerAddressAndMinute", "2"));

        var reads = await Statuses(host, "GET", "/schedule/harbour/courts", 10);
        var posts = await Statuses(host, "POST", "/schedule/harbour/courts", 3);

        Assert.All(reads, status => Assert.Equal(200, status));
        Assert.Equal([200, 200, 429], posts);
    }

    [Fact, Trait("Fault", "47")]
    public async Task Sign_ins_are_counted_per_address_and_per_login()
    {
        await using var host = await Pages(("SignInsPerAddressAndMinute", "3"));
        var pace = new SignInPace(Options.Create(new RateLimitOptions { SignInsPerAccountAndMinute = 2 }), new NodaTime.Testing.FakeClock(Product.Morning), TimeProvider.System);
        var visitor = new DefaultHttpContext();

        Assert.Equal([200, 200, 200, 429], await Statuses(host, "POST", "/sign-in", 4));
        Assert.Null(await pace.Refuses(visitor, "Ida"));
        Assert.Null(await pace.Refuses(visitor, "ida"));
        Assert.True(await pace.Refuses(visitor, "IDA") > TimeSpan.Zero);
        Assert.Null(await pace.Refuses(visitor, "somebody-else"));
    }

    [Fact, Trait("Fault", "47")]
    public void A_login_that_many_addresses_try_answers_slower_but_always_answers()
    {
        var clock = new NodaTime.Testing.FakeClock(Product.Morning);
        using var pace = new SignInPace(Options.Create(new RateLimitOptions()), clock, TimeProvider.System);
        var delays = new List<TimeSpan>();
        for (var tries = 0; tries < 100; tries++)
        {
            delays.Add(pace.DelayOf("Ida"));
            pace.Failed("ida");
        }

        Assert.Equal((TimeSpan.Zero, TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(4)), (delays[10], delays[11], delays[99]));
        Assert.Equal(TimeSpan.Zero, pace.DelayOf("somebody-else"));
        pace.Succeeded("IDA");
        Assert.Equal(TimeSpan.Zero, pace.DelayOf("ida"));
    }

    [Fact, Trait("Fault", "50")]
    public async Task Bookings_are_shed_last()
    {
        var working = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var begun = new SemaphoreSlim(0);
        await using var host = await Pages(Slow, ("ConcurrentRequests", "10"), ("PublicBookingsPerAddressAndMinute", "1000"));

        // Eight of ten places are for everyone.
        var slow = Enumerable.Range(0, 8).Select(_ => host.Get("/slow")).ToList();
        for (var i = 0; i < 8; i++)
        {
            await begun.WaitAsync(TestContext.Current.CancellationToken);
        }

        var read = await host.Get("/api/schedules.json");
        var page = await host.Get("/schedule/harbour/courts");
        var apiBooking = await host.Post("/api/bookings.json", """{"schedule_id":8101,"booking":{"start":"2026-03-09 14:30"}}""");
        var pageBooking = await host.Post("/schedule/harbour/courts", "");
        var health = await host.Get("/health");
        working.SetResult();
        await Task.WhenAll(slow);

        Assert.Equal((503, 503), (read.Status, page.Status));
        Assert.Equal("1", read.Header("Retry-After"));
        Assert.Equal("application/problem+json; charset=utf-8", read.ContentType);
        Assert.Equal("1", page.Header("Retry-After"));
        Assert.Equal((201, 200, 200), (apiBooking.Status, pageBooking.Status, health.Status));
        Assert.All(slow, reply => Assert.Equal(200, reply.Result.Status));
        Assert.Equal(200, (await host.Get("/api/schedules.json")).Status);

        async Task Slow()
        {
            begun.Release();
            await working.Task;
        }
    }

    [Theory]
    [InlineData("ApiCallsPerKeyAndSecond", "0")]
    [InlineData("ConcurrentRequests", "9")]
    [InlineData("ApiBurstPerKey", "5")]
    public async Task A_limit_out_of_range_stops_the_start(string name, string value) =>
        await Assert.ThrowsAsync<OptionsValidationException>(() => ApiHost.Start(On((name, value))));

    private static Dictionary<string, string?> On(params (string Name, string Value)[] limits)
    {
        var settings = new Dictionary<string, string?> { ["RateLimits:Enabled"] = "true" };
        foreach (var (name, value) in limits)
        {
            settings[$"RateLimits:{name}"] = value;
        }

        return settings;
    }

    private static Task<ApiHost> Pages(params (string Name, string Value)[] limits) => Pages(() => Task.CompletedTask, limits);

    private static Task<ApiHost> Pages(Func<Task> working, params (string Name, string Value)[] limits) => ApiHost.Start(On(limits), more: app =>
    {
        app.MapMethods("/schedule/{account}/{schedule}", ["GET", "POST"], () => "page").WithMetadata(new LimitedAttribute(LimitClass.PublicBooking));
        app.MapPost("/sign-in", () => "page").WithMetadata(new LimitedAttribute(LimitClass.SignIn));
        app.MapGet("/slow", async () =>
        {
            await working();
            return "slow";
        });
        app.MapGet("/health", () => "well").DisableRateLimiting();
    });

    private static async Task<List<int>> Statuses(ApiHost host, string method, string address, int times)
    {
        var statuses = new List<int>();
        for (var i = 0; i < times; i++)
        {
            statuses.Add((await host.Send(method, address, null)).Status);
        }

        return statuses;
    }

    private static async Task<Reply> Schedules(ApiHost host, HttpClient client)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/schedules.json");
        return await host.Send(request, client);
    }
}
