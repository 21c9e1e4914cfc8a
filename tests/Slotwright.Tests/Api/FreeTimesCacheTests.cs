using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using Slotwright.Appointments;
using Slotwright.Live;

namespace Slotwright.Api;

public sealed class FreeTimesCacheTests
{
    private static readonly FreeTimesQuery Week = new() { From = new LocalDate(2026, 3, 9), To = new LocalDate(2026, 3, 15) };

    [Fact]
    public async Task An_answer_without_a_feed_lives_one_second()
    {
        await using var host = await ApiHost.Start();

        await Ask(host);
        await Ask(host);
        host.World.Clock.Now += Duration.FromMilliseconds(999);
        await Ask(host);
        var before = host.World.CourtSchedule.FreeTimesAsked;
        host.World.Clock.Now += Duration.FromMilliseconds(1);
        await Ask(host);

        Assert.Equal(1, before);
        Assert.Equal(2, host.World.CourtSchedule.FreeTimesAsked);
    }

    [Fact]
    public async Task An_answer_with_a_feed_lives_until_the_clock_changes_it()
    {
        await using var host = await ApiHost.Start();
        await Ask(host);
        await Feed(host).KeepUp();

        await Pass(host, Duration.FromMinutes(29));
        await Ask(host);
        var before = host.World.CourtSchedule.FreeTimesAsked;
        await Pass(host, Duration.FromMinutes(1));
        await Ask(host);

        Assert.Equal(1, before);
        Assert.Equal(2, host.World.CourtSchedule.FreeTimesAsked);
    }

    [Fact]
    public async Task A_feed_that_is_not_renewed_ends_the_answer()
    {
        await using var host = await ApiHost.Start();
        await Ask(host);
        await Feed(host).KeepUp();
        host.World.Clock.Now += Duration.FromSeconds(19);
        await Ask(host);
        var before = host.World.CourtSchedule.FreeTimesAsked;

        host.World.Fault = new TimeoutException();
        await Feed(host).KeepUp();
        host.World.Fault = null;
        await Ask(host);

        Assert.Equal(1, before);
        Assert.Equal(2, host.World.CourtSchedule.FreeTimesAsked);
    }

    [Fact]
    public async Task A_feed_is_trusted_for_two_intervals()
    {
        await using var host = await ApiHost.Start();
        await Ask(host);
        await Feed(host).KeepUp();

        host.World.Clock.Now += Duration.FromSeconds(20);
        await Ask(host);

        Assert.Equal(2, host.World.CourtSchedule.FreeTimesAsked);
    }

    [Fact]
    public async Task A_silo_that_hangs_delays_no_other_feed_and_is_not_waited_for()
    {
        await using var host = await ApiHost.Start();
        await Ask(host);
        await host.FreeTimes.FreeTimes(ApiWorld.Barber, ApiWorld.Chairs, Week);
        await Feed(host).KeepUp();
        host.World.Clock.Now += Duration.FromSeconds(11);
        host.World.CourtSchedule.WatchGate = host.World.ChairSchedule.WatchGate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var round = Feed(host).KeepUp();
        var isWaiting = !round.IsCompleted;

        ((FakeTimeProvider)host.Services.GetRequiredService<TimeProvider>()).Advance(TimeSpan.FromSeconds(5));
        await round.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        Assert.True(isWaiting);
        Assert.All(host.FreeTimes.Agendas, agenda => Assert.Null(agenda.HeardAt));
        Assert.Equal(2, host.FreeTimes.Agendas.Count());
    }

    [Fact]
    public async Task A_full_account_offers_nothing_and_its_answer_has_a_tag_of_its_own()
    {
        await using var host = await ApiHost.Start();
        const string Address = "/api/free-times/harbour_yoga/courts.json?from=2026-03-09&to=2026-03-09";
        using var anonymous = host.Client(account: null);
        var open = await Read(host, anonymous, Address, null);
        host.World.Accounts[ApiWorld.Harbour].TakesBookings = false;
        host.World.Clock.Now += Duration.FromSeconds(3);

        var full = await Read(host, anonymous, Address, open.Header("ETag"));

        Assert.NotEqual(0, open.Json.GetProperty("times").GetArrayLength());
        Assert.Equal(200, full.Status);
        Assert.Equal(0, full.Json.GetProperty("times").GetArrayLength());
    }

    [Fact]
    public async Task Addresses_that_are_long_or_hold_a_secret_are_answered_and_not_kept()
    {
        await using var host = await ApiHost.Start();
        using var anonymous = host.Client(account: null);
        var (open, slots) = (host.Services.GetRequiredService<PublicFreeTimes>(), host.Services.GetRequiredService<FreeSlots>());

        foreach (var more in new[] { "x=" + new string('x', 400), "api_key=" + ApiWorld.HarbourKey, "%61pi_k%65y=" + ApiWorld.HarbourKey, "checksum=1" })
        {
            Assert.Equal(200, (await Read(host, anonymous, "/api/free-times/harbour_yoga/courts.json?" + more, null)).Status);
            Assert.Equal(200, (await host.Get("/api/free/8101.json?" + more)).Status);
        }

        Assert.Equal((0, 0), (open.AddressesKept, slots.AnswersKept));
        await Read(host, anonymous, "/api/free-times/harbour_yoga/courts.json", null);
        await host.Get("/api/free/8101.json");
        Assert.Equal((1, 1), (open.AddressesKept, slots.AnswersKept));
    }

    [Fact]
    public async Task A_booking_through_this_node_ends_older_answers_at_once()
    {
        await using var host = await ApiHost.Start();
        var before = await Ask(host);
        await Feed(host).KeepUp();

        await host.Post("/api/bookings.json", """{"schedule_id":8101,"booking":{"start":"2026-03-09 09:00","resource_id":31}}""");
        var after = await Ask(host);

        Assert.Equal([31, 32], before.Times[0].ResourceIds);
        Assert.Equal([32], after.Times[0].ResourceIds);
    }

    [Fact]
    public async Task A_notice_from_elsewhere_ends_older_answers_and_a_late_one_changes_nothing()
    {
        await using var host = await ApiHost.Start();
        await Ask(host);
        await Feed(host).KeepUp();
        var schedule = host.World.CourtSchedule;
        var watcher = Assert.Single(schedule.Watchers);

        schedule.Version = 5;
        await watcher.Changed(Version(5, 1));
        await watcher.Changed(Version(1, 1));
        await Ask(host);
        Assert.Equal(2, schedule.FreeTimesAsked);

        await watcher.Changed(Version(3, 1));
        await watcher.Changed(Version(5, 1));
        await Ask(host);
        var afterLate = schedule.FreeTimesAsked;
        schedule.Edition = 2;
        await watcher.Changed(Version(5, 2));
        await Ask(host);

        Assert.Equal(2, afterLate);
        Assert.Equal(3, schedule.FreeTimesAsked);
    }

    [Fact]
    public async Task Equal_questions_at_once_are_asked_once()
    {
        await using var host = await ApiHost.Start();
        var schedule = host.World.CourtSchedule;
        schedule.FreeTimesGate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        var asking = Enumerable.Range(0, 100).Select(_ => Ask(host)).ToList();
        schedule.FreeTimesGate.SetResult();
        await Task.WhenAll(asking);

        Assert.Equal(1, schedule.FreeTimesAsked);
    }

    [Fact]
    public async Task A_question_that_comes_after_a_change_does_not_take_the_answer_under_way_before_it()
    {
        await using var host = await ApiHost.Start();
        var schedule = host.World.CourtSchedule;
        var first = schedule.FreeTimesGate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var early = Ask(host);
        schedule.FreeTimesGate = null;
        await schedule.Book(new BookAppointment
        {
            Start = Time.Moment.OnTheClock(new LocalDateTime(2026, 3, 9, 9, 0)),
            ResourceId = 31,
            Customer = CustomerDetails.None,
            Language = "nl",
            Actor = Actor.ApiKey(),
        });
        host.FreeTimes.Saw(ApiWorld.Harbour, ApiWorld.Courts, schedule.Version);

        var late = Ask(host);
        first.SetResult();

        Assert.Equal([31, 32], (await early).Times[0].ResourceIds);
        Assert.Equal([32], (await late).Times[0].ResourceIds);
    }

    [Fact]
    public async Task A_schedule_that_nobody_asks_for_is_forgotten_and_its_feed_ended()
    {
        await using var host = await ApiHost.Start();
        await Ask(host);
        await Feed(host).KeepUp();

        host.World.Clock.Now += Duration.FromMinutes(5) + Duration.FromSeconds(1);
        await Feed(host).KeepUp();

        Assert.Empty(host.World.CourtSchedule.Watchers);
        Assert.Empty(host.FreeTimes.Agendas);
    }

    [Fact]
    public async Task A_refusal_is_passed_on()
    {
        await using var host = await ApiHost.Start();

        var outcome = await host.FreeTimes.FreeTimes(ApiWorld.Harbour, ApiWorld.Courts, Week with { LengthMinutes = 45 });

        Assert.Equal(BookingRefusal.LengthNotOffered, outcome.Refusal);
    }

    [Fact]
    public async Task Many_different_questions_are_not_all_kept()
    {
        await using var host = await ApiHost.Start();

        for (var day = 0; day < 1_000; day++)
        {
            await host.FreeTimes.FreeTimes(ApiWorld.Harbour, ApiWorld.Courts, Week with { From = Week.From.PlusDays(day), To = Week.From.PlusDays(day) });
        }

        Assert.InRange(Assert.Single(host.FreeTimes.Agendas).QuestionsKept, 1, 64);
    }

    [Fact]
    public async Task The_page_s_json_has_a_tag_and_is_304_while_unchanged()
    {
        await using var host = await ApiHost.Start();
        const string Address = "/api/free-times/harbour_yoga/courts.json?from=2026-03-09&to=2026-03-09";
        using var anonymous = host.Client(account: null);

        var first = await Read(host, anonymous, Address, null);
        var again = await Read(host, anonymous, Address, first.Header("ETag"));
        await host.Post("/api/bookings.json", """{"schedule_id":8101,"booking":{"start":"2026-03-09 09:00","resource_id":31}}""");
        var changed = await Read(host, anonymous, Address, first.Header("ETag"));

        Assert.Equal(200, first.Status);
        Assert.Equal("no-cache", first.Header("Cache-Control"));
        var time = first.Json.GetProperty("times")[0];
        Assert.Equal("""{"start":"2026-03-09T09:00","at":"2026-03-09T08:00:00Z","minutes":30,"resources":[31,32]}""", time.GetRawText());
        Assert.Equal("Europe/Amsterdam", first.Json.GetProperty("zone").GetString());
        Assert.Equal(304, again.Status);
        Assert.Equal(200, changed.Status);
        Assert.Equal("[32]", changed.Json.GetProperty("times")[0].GetProperty("resources").GetRawText());
    }

    [Theory]
    [InlineData("/api/free-times/Harbour-Yoga/Courts", 200)]
    [InlineData("/api/free-times/harbour%20yoga/8101.json", 200)]
    [InlineData("/api/free-times/harbour_yoga/courts.json?resource=court_2", 200)]
    [InlineData("/api/free-times/harbour_yoga/chairs.json", 404)]
    [InlineData("/api/free-times/harbour_yoga/8202.json", 404)]
    [InlineData("/api/free-times/nobody/courts.json", 404)]
    [InlineData("/api/free-times/harbour_yoga/courts.json?resource=9", 404)]
    [InlineData("/api/free-times/harbour_yoga/courts.json?from=2026-03-10&to=2026-03-09", 400)]
    [InlineData("/api/free-times/harbour_yoga/courts.json?from=2026-03-10&to=2026-09-09", 400)]
    [InlineData("/api/free-times/harbour_yoga/courts.json?from=9999-12-31", 400)]
    [InlineData("/api/free-times/harbour_yoga/courts.json?length=45", 422)]
    public async Task The_page_s_json_is_found_by_names(string address, int status)
    {
        await using var host = await ApiHost.Start();
        using var anonymous = host.Client(account: null);

        Assert.Equal(status, (await Read(host, anonymous, address, null)).Status);
    }

    private static AgendaFeed Feed(ApiHost host) => host.Services.GetRequiredService<AgendaFeed>();

    private static async Task<Reply> Read(ApiHost host, HttpClient client, string address, string? tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (tag is not null)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", tag);
        }

        return await host.Send(request, client);
    }

    private static AgendaVersion Version(long version, long edition) =>
        new() { AccountId = ApiWorld.Harbour, ScheduleId = ApiWorld.Courts, Version = version, RulesEdition = edition };

    private static async Task<FreeTimes> Ask(ApiHost host) => (await host.FreeTimes.FreeTimes(ApiWorld.Harbour, ApiWorld.Courts, Week)).Value!;

    /// <summary>Time passes while the schedule is in use and its feed is kept up.</summary>
    private static async Task Pass(ApiHost host, Duration time)
    {
        var end = host.World.Clock.Now + time;
        while (host.World.Clock.Now < end)
        {
            host.World.Clock.Now = Instant.Min(end, host.World.Clock.Now + Duration.FromSeconds(20));
            await Feed(host).KeepUp();
            if (host.World.Clock.Now < end)
            {
                await Ask(host);
            }
        }
    }
}
