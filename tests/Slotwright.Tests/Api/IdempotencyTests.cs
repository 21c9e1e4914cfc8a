using Slotwright.Appointments;

namespace Slotwright.Api;

public sealed class IdempotencyTests
{
    private const string Body = """{"schedule_id":8101,"booking":{"start":"2026-03-09 10:00","resource_id":31}}""";

    [Fact, Trait("Fault", "5")]
    public async Task Fifty_at_once_with_one_key_make_one_booking_and_fifty_equal_answers()
    {
        await using var host = await ApiHost.Start();

        var replies = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => Post(host, Body, "one"))));

        Assert.Single(host.World.CourtSchedule.Rows);
        Assert.All(replies, reply => Assert.Equal(201, reply.Status));
        Assert.Single(replies.Select(reply => (reply.Header("Location"), reply.Body)).Distinct());
        Assert.Equal(49, replies.Count(reply => reply.Header("Idempotent-Replayed") == "true"));
    }

    [Fact, Trait("Fault", "6")]
    public async Task A_key_with_another_body_query_or_method_is_422()
    {
        await using var host = await ApiHost.Start();
        await Post(host, Body, "one");

        var otherBody = await Post(host, Body.Replace("31", "32", StringComparison.Ordinal), "one");
        var otherQuery = await Post(host, Body, "one", "?user_id=0");
        var otherCall = await Send(host, "DELETE", "/api/bookings/550001.json", null, "one");

        Assert.Equal((422, "key_reused"), (otherBody.Status, otherBody.ErrorCode));
        Assert.Equal((422, "key_reused"), (otherQuery.Status, otherQuery.ErrorCode));
        Assert.Equal((422, "key_reused"), (otherCall.Status, otherCall.ErrorCode));
        Assert.Single(host.World.CourtSchedule.Rows);
    }

    [Fact]
    public async Task Another_key_books_again_and_a_refusal_is_not_remembered()
    {
        await using var host = await ApiHost.Start();
        await Post(host, Body, "one");

        var taken = await Post(host, Body, "two");
        await host.Send("DELETE", "/api/bookings/550001.json", null);
        var free = await Post(host, Body, "two");

        Assert.Equal("place_taken", taken.ErrorCode);
        Assert.Equal(201, free.Status);
        Assert.Null(free.Header("Idempotent-Replayed"));
    }

    [Fact]
    public async Task An_update_that_moves_and_amends_is_repeated_whole()
    {
        await using var host = await ApiHost.Start();
        await Post(host, Body, null);
        const string Change = """{"booking":{"start":"2026-03-10 10:00","phone":"1"}}""";

        var first = await Send(host, "PUT", "/api/bookings/550001.json", Change, "k");
        await host.Send("PUT", "/api/bookings/550001.json", """{"booking":{"start":"2026-03-11 10:00","phone":"2"}}""");
        var repeat = await Send(host, "PUT", "/api/bookings/550001.json", Change, "k");

        Assert.Equal((200, 200), (first.Status, repeat.Status));
        Assert.Null(first.Header("Idempotent-Replayed"));
        Assert.Equal("true", repeat.Header("Idempotent-Replayed"));
        var row = Assert.Single(host.World.CourtSchedule.Rows);
        Assert.Equal("2", row.Customer.Phone);
        Assert.Equal(NodaTime.Instant.FromUtc(2026, 3, 11, 9, 0), row.Start);
    }

    [Fact]
    public async Task An_update_cut_off_after_the_move_is_finished_by_its_repeat()
    {
        await using var host = await ApiHost.Start();
        await Post(host, Body, null);
        const string Change = """{"booking":{"start":"2026-03-10 10:00","phone":"1"}}""";
        host.World.CourtSchedule.FailNextAmend = new TimeoutException();

        var cut = await Send(host, "PUT", "/api/bookings/550001.json", Change, "k");
        var repeat = await Send(host, "PUT", "/api/bookings/550001.json", Change, "k");

        Assert.Equal((503, 200), (cut.Status, repeat.Status));
        Assert.Equal("1", Assert.Single(host.World.CourtSchedule.Rows).Customer.Phone);
        Assert.Equal(1, host.World.CourtSchedule.Log.Count(change => change.Kind == ChangeKind.Moved));
    }

    [Fact]
    public async Task A_repeated_delete_is_200_with_its_key_and_404_without()
    {
        await using var host = await ApiHost.Start();
        await Post(host, Body, null);

        var first = await Send(host, "DELETE", "/api/bookings/550001.json", null, "k");
        var repeat = await Send(host, "DELETE", "/api/bookings/550001.json", null, "k");
        var other = await Send(host, "DELETE", "/api/bookings/550001.json", null, null);

        Assert.Equal((200, 200, 404), (first.Status, repeat.Status, other.Status));
        Assert.Equal("true", repeat.Header("Idempotent-Replayed"));
    }

    [Theory]
    [InlineData("  ")]
    [InlineData("256")]
    public async Task A_key_that_is_none_is_400(string key)
    {
        await using var host = await ApiHost.Start();

        var reply = await Post(host, Body, key == "256" ? new string('k', 256) : key);

        Assert.Equal(400, reply.Status);
        Assert.Empty(host.World.CourtSchedule.Rows);
    }

    [Fact]
    public async Task A_key_of_255_characters_is_kept_whole()
    {
        await using var host = await ApiHost.Start();

        await Post(host, Body, new string('k', 255));

        Assert.Equal(255, Assert.IsType<BookAppointment>(host.World.CourtSchedule.Commands[0]).Key!.Key.Length);
    }

    private static Task<Reply> Post(ApiHost host, string body, string? key, string query = "") => Send(host, "POST", "/api/bookings.json" + query, body, key);

    private static async Task<Reply> Send(ApiHost host, string method, string address, string? body, string? key)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), address) { Content = body is null ? null : ApiHost.Json(body) };
        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        }

        return await host.Send(request);
    }
}
