using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Slotwright.Appointments;
using Slotwright.Live;
using Slotwright.Processes;
using Slotwright.Storage;
using Slotwright.Tenancy;
using Slotwright.Time;

namespace Slotwright.Api;

/// <summary>The API in front of the real grains and a real database, in the demo world.</summary>
public sealed class ApiProductTests
{
    [Fact]
    public async Task A_booking_is_found_made_read_moved_amended_and_cancelled()
    {
        await using var product = await Product.Start();
        using var client = product.NewApiClient("corner-barber");
        var schedule = (await Read(client, "/api/schedules.json"))[0].GetProperty("id").GetInt32();
        var slot = (await Read(client, $"/api/free/{schedule}.json?from=2027-01-13&maxresults=1")).GetProperty("slots")[0];

        var created = await Send(client, "POST", "/api/bookings.json", Booking(schedule, Text(slot, "start"), slot.GetProperty("resource_id").GetInt32()));
        var address = created.Message.Headers.Location!.PathAndQuery;
        var booking = await Read(client, address);
        var moved = await Send(client, "PUT", address, """{"booking":{"start":"2027-01-14 10:00","phone":"+33 1"}}""");
        var after = await Read(client, address);
        var deleted = await Send(client, "DELETE", address, null);
        var again = await Send(client, "DELETE", address, null);
        var change = (await Read(client, $"/api/changes/{schedule}.json")).GetProperty("bookings")[0];

        Assert.Equal(201, created.Status);
        Assert.Equal(Text(slot, "start"), Text(booking, "start"));
        Assert.Equal("Ida Quill", Text(booking, "full_name"));
        Assert.Equal(200, moved.Status);
        Assert.Equal(("2027-01-14T10:00", "2027-01-14T10:30", "+33 1"), (Text(after, "start"), Text(after, "finish"), Text(after, "phone")));
        Assert.Equal((200, 404), (deleted.Status, again.Status));
        Assert.Equal(booking.GetProperty("id").GetInt32(), change.GetProperty("id").GetInt32());
        Assert.True(change.GetProperty("deleted").GetBoolean());
    }

    [Fact]
    public async Task Each_alternative_of_a_taken_place_can_be_booked()
    {
        await using var product = await Product.Start();
        using var client = product.NewApiClient("corner-barber");
        var (_, schedule) = await product.Find("corner-barber", "Chairs");
        var resource = (await Read(client, $"/api/resources.json?schedule_id={schedule}"))[0].GetProperty("id").GetInt32();
        var body = Booking(schedule, "2027-01-14 10:00", resource);
        await Send(client, "POST", "/api/bookings.json", body);

        var taken = await Send(client, "POST", "/api/bookings.json", body);

        Assert.Equal((422, "place_taken"), (taken.Status, taken.ErrorCode));
        var alternatives = taken.Json.GetProperty("alternatives").EnumerateArray().ToList();
        Assert.Equal(3, alternatives.Count);
        foreach (var place in alternatives)
        {
            Assert.Equal(201, (await Send(client, "POST", "/api/bookings.json", Booking(schedule, Text(place, "start"), place.GetProperty("resource_id").GetInt32()))).Status);
        }
    }

    [Theory]
    [InlineData("2027-01-14 10:07", "start_not_offered")]
    [InlineData("2027-01-14 20:00", "outside_opening_hours")]
    [InlineData("2027-01-11 10:00", "in_the_past")]
    [InlineData("2027-03-28 02:30", "time_does_not_exist")]
    public async Task The_schedule_s_rules_bind_the_api(string start, string code)
    {
        await using var product = await Product.Start();
        using var client = product.NewApiClient("corner-barber");
        var (_, schedule) = await product.Find("corner-barber", "Chairs");

        var reply = await Send(client, "POST", "/api/bookings.json", Booking(schedule, start, null));

        Assert.Equal((422, code), (reply.Status, reply.ErrorCode));
    }

    [Fact, Trait("Fault", "27")]
    public async Task One_account_s_key_meets_nothing_of_another_s()
    {
        await using var product = await Product.Start();
        using var barber = product.NewApiClient("corner-barber");
        using var table = product.NewApiClient("petite-table");
        var (_, terrace) = await product.Find("petite-table", "Terrace");
        var made = await Send(table, "POST", "/api/bookings.json", Booking(terrace, "2027-01-14 13:30", null));
        var id = int.Parse(made.Message.Headers.Location!.Segments[^1].Replace(".json", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);

        (string Method, string Address, string? Body)[] calls =
        [
            ("GET", "/api/bookings/{1}.json", null),
            ("GET", "/api/bookings/{1}.json?schedule_id={0}", null),
            ("GET", "/api/range/{0}.json", null),
            ("GET", "/api/changes/{0}.json", null),
            ("GET", "/api/free/{0}.json", null),
            ("GET", "/api/agenda/{0}.json?user=ida@quill.example", null),
            ("GET", "/api/resources.json?schedule_id={0}", null),
            ("PUT", "/api/bookings/{1}.json", """{"booking":{"phone":"1"}}"""),
            ("DELETE", "/api/bookings/{1}.json", null),
            ("DELETE", "/api/bookings/{1}.json?schedule_id={0}", null),
        ];
        foreach (var (method, address, body) in calls)
        {
            var foreign = await Send(barber, method, string.Format(CultureInfo.InvariantCulture, address, terrace, id), body);
            var unknown = await Send(barber, method, string.Format(CultureInfo.InvariantCulture, address, 999_999, 999_999), body);
            Assert.Equal((404, unknown.Body), (foreign.Status, foreign.Body));
        }

        Assert.Equal(201, made.Status);
        Assert.Equal(200, (await Send(table, "GET", $"/api/bookings/{id}.json", null)).Status);
    }

    [Fact, Trait("Fault", "5")]
    public async Task Fifty_at_once_with_one_key_make_one_stored_booking()
    {
        await using var product = await Product.Start();
        using var client = product.NewApiClient("corner-barber");
        var (account, schedule) = await product.Find("corner-barber", "Chairs");
        client.DefaultRequestHeaders.TryAddWithoutValidation("Idempotency-Key", "fifty");

        var replies = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Send(client, "POST", "/api/bookings.json", Booking(schedule, "2027-01-14 10:00", null))));
        var other = await Send(client, "POST", "/api/bookings.json", Booking(schedule, "2027-01-14 11:00", null));

        Assert.All(replies, reply => Assert.Equal(201, reply.Status));
        Assert.Single(replies.Select(reply => (reply.Message.Headers.Location, reply.Body)).Distinct());
        Assert.Equal(49, replies.Count(reply => reply.Header("Idempotent-Replayed") == "true"));
        Assert.Equal((422, "key_reused"), (other.Status, other.ErrorCode));
        Assert.Single(await product.Grains.Schedule(account, schedule).List(new AppointmentsQuery()));
    }

    [Fact]
    public async Task A_paused_account_repeats_its_first_answers_and_does_nothing_new()
    {
        await using var product = await Product.Start();
        using var client = product.NewApiClient("corner-barber");
        var (account, schedule) = await product.Find("corner-barber", "Chairs");
        var body = Booking(schedule, "2027-01-14 10:00", null);
        var made = await Send(client, "POST", "/api/bookings.json", body, "made");
        var booking = new Uri(product.Address, made.Message.Headers.Location!).AbsolutePath;
        const string Later = """{"booking":{"start":"2027-01-14 12:00"}}""";
        const string Phone = """{"booking":{"phone":"1"}}""";
        await Send(client, "PUT", booking, Later, "moved");
        await Send(client, "PUT", booking, Phone, "amended");
        await Send(client, "PUT", booking, """{"booking":{"start":"2027-01-14 13:00","phone":"2"}}""");
        await product.Services.GetRequiredService<IDatabase>().Write(connection => connection.Run("update accounts set paused_at = 1 where id = @account", ("account", account)));
        await product.Grains.AccountSetup(account).Reload();
        product.Clock.Advance(Faces.Lifetime);

        var repeats = new[] { await Send(client, "POST", "/api/bookings.json", body, "made"), await Send(client, "PUT", booking, Later, "moved"), await Send(client, "PUT", booking, Phone, "amended") };
        var anew = new[]
        {
            await Send(client, "POST", "/api/bookings.json", Booking(schedule, "2027-01-14 11:00", null), "other"),
            await Send(client, "PUT", booking, """{"booking":{"start":"2027-01-14 14:00"}}"""),
            await Send(client, "PUT", booking, """{"booking":{"phone":"3"}}"""),
            await Send(client, "PUT", booking, """{"booking":{"phone":"3"}}""", "again"),
            await Send(client, "GET", booking, null),
            await Send(client, "DELETE", booking, null),
        };

        Assert.Equal([(201, "true"), (200, "true"), (200, "true")], repeats.Select(reply => (reply.Status, reply.Header("Idempotent-Replayed"))));
        Assert.Equal(made.Message.Headers.Location, repeats[0].Message.Headers.Location);
        Assert.All(anew, reply => Assert.Equal((403, "account_paused"), (reply.Status, reply.ErrorCode)));
        var kept = Assert.Single(await product.Grains.Schedule(account, schedule).List(new AppointmentsQuery()));
        Assert.Equal((AppointmentStatus.Live, "2", Instant.FromUtc(2027, 1, 14, 12, 0)), (kept.Status, kept.Customer.Phone, kept.Start));
    }

    [Fact]
    public async Task Free_times_follow_what_another_entrance_books()
    {
        await using var product = await Product.Start();
        var (account, schedule) = await product.Find("corner-barber", "Chairs");
        const string Address = "/api/free-times/corner-barber/chairs.json?from=2027-01-14&to=2027-01-14";
        var before = await Read(product.Http, Address);
        await product.Services.GetRequiredService<AgendaFeed>().KeepUp();

        await product.Grains.Schedule(account, schedule).Book(new BookAppointment
        {
            Start = Moment.OnTheClock(new LocalDateTime(2027, 1, 14, 9, 0)),
            Customer = new CustomerDetails { Name = "Ida", Email = "ida@quill.example" },
            Language = "fr",
            Actor = Actor.Customer("ida@quill.example"),
        });

        Assert.Equal(2, before.GetProperty("times")[0].GetProperty("resources").GetArrayLength());
        await Eventually.Holds(
            async () => (await Read(product.Http, Address)).GetProperty("times")[0].GetProperty("resources").GetArrayLength() == 1,
            TimeSpan.FromSeconds(10),
            "the notice of the grain has ended the older answer");
    }

    [Fact]
    public async Task A_page_s_limits_count_its_posts()
    {
        await using var product = await Product.Start(null, "--RateLimits:Enabled=true", "--RateLimits:PublicBookingsPerAddressAndMinute=2", "--RateLimits:SignInsPerAddressAndMinute=2");

        var bookings = await Posts(product, "/schedule/corner-barber/Chairs/book", 3);
        var signIns = await Posts(product, "/signin", 3);

        Assert.DoesNotContain(HttpStatusCode.TooManyRequests, bookings.Take(2));
        Assert.Equal(HttpStatusCode.TooManyRequests, bookings[2]);
        Assert.DoesNotContain(HttpStatusCode.TooManyRequests, signIns.Take(2));
        Assert.Equal(HttpStatusCode.TooManyRequests, signIns[2]);
    }

    private static string Booking(int schedule, string start, int? resource) =>
        $$$"""{"schedule_id":{{{schedule}}},"booking":{"start":"{{{start}}}","resource_id":{{{resource?.ToString(CultureInfo.InvariantCulture) ?? "null"}}},"full_name":"Ida Quill","email":"ida@quill.example"}}""";

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static async Task<JsonElement> Read(HttpClient client, string address)
    {
        var reply = await Send(client, "GET", address, null);
        Assert.True(reply.Status == 200, $"{address}: {reply.Status} {reply.Body}");
        return reply.Json;
    }

    private static async Task<Reply> Send(HttpClient client, string method, string address, string? body, string? key = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), address)
        {
            Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json"),
        };
        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        }

        var message = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return new Reply(message, await message.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static async Task<List<HttpStatusCode>> Posts(Product product, string address, int times)
    {
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < times; i++)
        {
            using var form = new FormUrlEncodedContent([]);
            using var answer = await product.Http.PostAsync(address, form, TestContext.Current.CancellationToken);
            statuses.Add(answer.StatusCode);
        }

        return statuses;
    }
}
