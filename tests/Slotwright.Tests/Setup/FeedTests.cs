using System.Net;
using NodaTime;
using Slotwright.Appointments;
using Slotwright.Schedules;
using Slotwright.Time;

namespace Slotwright.Setup;

public sealed class FeedTests
{
    [Fact]
    public async Task A_feed_tells_appointments_moves_and_cancellations_under_one_uid()
    {
        await using var product = await Product.Start();
        var schedule = await product.Schedule("harbour-yoga", "Private lessons");
        var address = await Make(schedule);
        var booked = await Book(schedule, new LocalDateTime(2027, 3, 8, 9, 0), "Ida; Quill, \n\"RRULE:FREQ=DAILY\"");

        var before = await Read(product, address);
        var moved = await schedule.Reschedule(new RescheduleAppointment
        {
            AppointmentId = booked.Id,
            Start = Moment.OnTheClock(new LocalDateTime(2027, 3, 29, 9, 0)),
            Actor = Actor.Staff(1, "owner@harbour-yoga.example"),
        });
        Assert.True(moved.Accepted);
        var after = await Read(product, address);
        var cancelled = await schedule.Cancel(new CancelAppointment { AppointmentId = booked.Id, Actor = Actor.Staff(1, "owner@harbour-yoga.example") });
        Assert.True(cancelled.Accepted);
        var gone = await Read(product, address);

        // London is an hour ahead of UTC from 28 March on: nine o'clock is nine o'clock.
        var uid = $"UID:appointment-{booked.Id}@";
        Assert.All(new[] { before, after, gone }, text => Assert.Contains(uid, text, StringComparison.Ordinal));
        Assert.Contains("METHOD:PUBLISH\r\n", before, StringComparison.Ordinal);
        Assert.Contains("DTSTART:20270308T090000Z", before, StringComparison.Ordinal);
        Assert.Contains("SEQUENCE:0", before, StringComparison.Ordinal);
        Assert.Contains("SUMMARY:Ida\\; Quill\\, ", before, StringComparison.Ordinal);
        Assert.DoesNotContain("\r\nRRULE", before, StringComparison.Ordinal);
        Assert.Contains("DTSTART:20270329T080000Z", after, StringComparison.Ordinal);
        Assert.Contains("SEQUENCE:1", after, StringComparison.Ordinal);
        Assert.Contains("STATUS:CANCELLED", gone, StringComparison.Ordinal);
        Assert.All(gone.Split("\r\n"), line => Assert.True(System.Text.Encoding.UTF8.GetByteCount(line) <= 75, line));
        Assert.DoesNotContain("ada@", gone, StringComparison.Ordinal);
        product.Clock.AdvanceDays(31);
        Assert.DoesNotContain(uid, await Read(product, address), StringComparison.Ordinal);
    }

    [Fact, Trait("Fault", "59")]
    public async Task What_is_known_answers_304_what_is_revoked_410_and_what_never_was_404()
    {
        await using var product = await Product.Start();
        var schedule = await product.Schedule("harbour-yoga", "Private lessons");
        var address = await Make(schedule);
        using var first = await product.Http.GetAsync(new Uri(product.Address, address), TestContext.Current.CancellationToken);
        Assert.Equal(("private, no-cache", "text/calendar"), (first.Headers.CacheControl!.ToString().Replace("no-cache, private", "private, no-cache", StringComparison.Ordinal), first.Content.Headers.ContentType!.MediaType));

        Assert.Equal(HttpStatusCode.NotModified, await Again(first.Headers.ETag!.Tag));
        await Book(schedule, new LocalDateTime(2027, 3, 8, 9, 0), "Ida");
        Assert.Equal(HttpStatusCode.OK, await Again(first.Headers.ETag!.Tag));
        await schedule.RevokeFeed((await schedule.Feeds())[0].Handle);
        product.Clock.AdvanceSeconds(3);
        Assert.Equal(HttpStatusCode.Gone, await Again(null));

        using var guessed = await product.Http.GetAsync(new Uri(product.Address, "/feed/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA.ics"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, guessed.StatusCode);
        Assert.False(guessed.Headers.Contains("Set-Cookie"));

        async Task<HttpStatusCode> Again(string? tag)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(product.Address, address));
            if (tag is not null)
            {
                request.Headers.TryAddWithoutValidation("If-None-Match", tag);
            }

            using var answer = await product.Http.SendAsync(request, TestContext.Current.CancellationToken);
            return answer.StatusCode;
        }
    }

    [Fact, Trait("Fault", "59")]
    public async Task A_client_that_floods_one_feed_is_told_to_wait()
    {
        await using var product = await Product.Start(null, "--RateLimits:Enabled=true", "--RateLimits:FeedReadsPerFeedAndMinute=3");
        var address = new Uri(product.Address, await Make(await product.Schedule("harbour-yoga", "Private lessons")));

        var answers = new List<HttpResponseMessage>();
        for (var read = 0; read < 4; read++)
        {
            answers.Add(await product.Http.GetAsync(address, TestContext.Current.CancellationToken));
        }

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.TooManyRequests], answers.Select(answer => answer.StatusCode));
        Assert.NotNull(answers[^1].Headers.RetryAfter);
    }

    [Fact, Trait("Requirement", "72")]
    public async Task A_free_account_makes_no_feed_until_its_trial_and_none_is_read_after_it()
    {
        await using var product = await Product.Start();
        var (account, schedule) = (await product.Account("petite-table"), await product.Schedule("petite-table", "Terrace"));
        Assert.Equal(FeedRefusal.NotInPlan, (await schedule.MakeFeed("Phone")).Refusal);

        Assert.True((await account.StartTrial()).Accepted);
        var address = await Make(schedule);
        Assert.StartsWith("BEGIN:VCALENDAR", await Read(product, address), StringComparison.Ordinal);
        product.Clock.AdvanceDays(8);

        using var after = await product.Http.GetAsync(new Uri(product.Address, address), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Forbidden, after.StatusCode);
    }

    [Fact]
    public async Task An_owner_makes_an_address_sees_it_once_and_takes_it_back()
    {
        await using var product = await Product.Start();
        var owner = await Owner.Of(product, "harbour-yoga");
        var (_, id) = await product.Find("harbour-yoga", "Private lessons");
        await owner.Open($"/a/harbour-yoga/schedules/{id}/calendars");

        await owner.Send("form.inline", ("label", "Anna's phone"));
        var address = owner.Page.QuerySelector("#feed-address")!.GetAttribute("value")!;
        Assert.Matches("/feed/[A-Za-z0-9_-]{43}\\.ics$", address);
        await owner.Open($"/a/harbour-yoga/schedules/{id}/calendars");
        Assert.Null(owner.Page.QuerySelector("#feed-address"));
        Assert.Contains("Anna's phone", owner.Text(".entries"), StringComparison.Ordinal);

        await owner.Send(".entries form");
        Assert.Empty(owner.Page.QuerySelectorAll(".entries li"));
        Assert.All(Directory.EnumerateFiles(product.Folder, "*.db*").Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)), file => Assert.DoesNotContain(address[^47..^4], Text(file), StringComparison.Ordinal));
    }

    private static string Text(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(file, System.Text.Encoding.Latin1);
        return reader.ReadToEnd();
    }

    private static async Task<string> Make(IScheduleGrain schedule) => Platform.Links.CalendarFeed((await schedule.MakeFeed("Phone")).Value!.Token);

    private static async Task<Appointment> Book(IScheduleGrain schedule, LocalDateTime at, string name)
    {
        var booked = await schedule.Book(new BookAppointment
        {
            Start = Moment.OnTheClock(at),
            Customer = new CustomerDetails { Name = name, Email = "ada@example.com" },
            Language = "en",
            Actor = Actor.Staff(1, "owner@harbour-yoga.example"),
        });
        Assert.True(booked.Accepted);
        return booked.Value.Appointment;
    }

    private static async Task<string> Read(Product product, string address)
    {
        product.Clock.AdvanceSeconds(3);
        using var answer = await product.Http.GetAsync(new Uri(product.Address, address), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
