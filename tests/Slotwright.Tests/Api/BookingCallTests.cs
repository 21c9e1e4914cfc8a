using System.Text.Json;
using NodaTime;
using Slotwright.Appointments;

namespace Slotwright.Api;

public sealed class BookingCallTests
{
    private const string Monday = "2026-03-09";

    [Fact]
    public async Task Create_answers_201_with_the_address_of_the_booking_and_no_body()
    {
        await using var host = await ApiHost.Start();

        var answer = await host.Post("/api/bookings.json", """{"schedule_id":8101,"user_id":0,"webhook":"true","booking":{"start":"2026-03-09 14:30:00","finish":"2026-03-09 15:00:00","full_name":"Ida Quill","email":"Ida@Quill.example","resource_id":32,"field_1_r":"left-handed"}}""");

        Assert.Equal(201, answer.Status);
        Assert.Equal("https://book.harbour-yoga.example/api/bookings/550001.json", answer.Header("Location"));
        Assert.Equal("application/json; charset=utf-8", answer.ContentType);
        Assert.Equal(0, answer.Length);
        var command = Assert.IsType<BookAppointment>(Assert.Single(host.World.CourtSchedule.Commands));
        Assert.Equal(new LocalDateTime(2026, 3, 9, 14, 30), command.Start.Local);
        Assert.Equal(new LocalDateTime(2026, 3, 9, 15, 0), command.End!.Value.Local);
        Assert.Equal(32, command.ResourceId);
        Assert.Equal("Ida Quill", command.Customer.Name);
        Assert.Equal("Ida@Quill.example", command.Customer.Email);
        Assert.Equal("left-handed", command.Customer.Fields["field_1_r"]);
        Assert.Equal("nl", command.Language);
        Assert.Equal(ActorKind.ApiKey, command.Actor.Kind);
    }

    [Fact]
    public async Task Get_shows_wall_clock_times_without_seconds_and_utc_stamps()
    {
        await using var host = await ApiHost.Start();
        var id = await Book(host, "14:30", "15:00");

        var booking = await Read(host, $"/api/bookings/{id}.json?schedule_id=8101");

        Assert.Equal($"{Monday}T14:30", booking.GetProperty("start").GetString());
        Assert.Equal($"{Monday}T15:00", booking.GetProperty("finish").GetString());
        Assert.Equal("2026-03-09T08:00:00Z", booking.GetProperty("created_on").GetString());
        Assert.Equal("Court 1", booking.GetProperty("res_name").GetString());
        Assert.Equal(8101, booking.GetProperty("schedule_id").GetInt32());
        Assert.Equal(JsonValueKind.Null, booking.GetProperty("user_id").ValueKind);
        Assert.Equal(JsonValueKind.Null, booking.GetProperty("phone").ValueKind);
        Assert.False(booking.GetProperty("deleted").GetBoolean());
        Assert.Equal("api", booking.GetProperty("updated_by").GetString());
    }

    [Theory]
    [InlineData("/api/bookings/{0}")]
    [InlineData("/api/bookings/{0}.json")]
    [InlineData("/api/bookings/{0}.json?")]
    [InlineData("/api/bookings/{0}.json?schedule_id=8101")]
    [InlineData("/api/bookings/{0}.json?schedule_id=0")]
    public async Task Get_needs_no_schedule_and_no_suffix(string address)
    {
        await using var host = await ApiHost.Start();
        var id = await Book(host, "14:30", "15:00");

        var booking = await Read(host, string.Format(System.Globalization.CultureInfo.InvariantCulture, address, id));

        Assert.Equal(id, booking.GetProperty("id").GetInt32());
    }

    [Theory]
    [InlineData("/api/bookings/999999.json")]
    [InlineData("/api/bookings/0.json")]
    [InlineData("/api/bookings/-1.json")]
    [InlineData("/api/bookings/2147483648.json")]
    [InlineData("/api/bookings/abc.json")]
    [InlineData("/api/bookings/550001.json?schedule_id=8202")]
    [InlineData("/api/bookings/550001.json?schedule_id=99999999999")]
    public async Task Get_of_what_does_not_exist_is_404(string address)
    {
        await using var host = await ApiHost.Start();
        await Book(host, "14:30", "15:00");

        var answer = await host.Get(address);

        Assert.Equal(404, answer.Status);
        Assert.Equal("""{"errors":[{"code":"404","title":"Not found"}]}""", answer.Body);
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("POST")]
    public async Task Update_changes_only_what_was_sent(string method)
    {
        await using var host = await ApiHost.Start();
        var id = await Book(host, "14:30", "15:00");

        var answer = await host.Send(method, $"/api/bookings/{id}.json", """{"schedule_id":8101,"booking":{"phone":"+31 6 1234"}}""");

        Assert.Equal(200, answer.Status);
        Assert.Equal(0, answer.Length);
        Assert.Null(answer.Header("Location"));
        var row = Assert.Single(host.World.CourtSchedule.Rows);
        Assert.Equal("+31 6 1234", row.Customer.Phone);
        Assert.Equal("Ida Quill", row.Customer.Name);
        Assert.DoesNotContain(host.World.CourtSchedule.Commands, command => command is RescheduleAppointment);
    }

    [Fact]
    public async Task Update_moves_and_amends_in_one_request()
    {
        await using var host = await ApiHost.Start();
        var id = await Book(host, "14:30", "15:00");

        var answer = await host.Send("PUT", $"/api/bookings/{id}.json", """{"booking":{"start":"2026-03-10 09:00","finish":"2026-03-10 09:30","resource_id":"32","full_name":"Ida Q."}}""");

        Assert.Equal(200, answer.Status);
        var row = Assert.Single(host.World.CourtSchedule.Rows);
        Assert.Equal(Instant.FromUtc(2026, 3, 10, 8, 0), row.Start);
        Assert.Equal(32, row.ResourceId);
        Assert.Equal("Ida Q.", row.Customer.Name);
    }

    [Fact]
    public async Task Update_that_writes_back_what_was_shown_changes_nothing()
    {
        await using var host = await ApiHost.Start();
        var id = await Book(host, "14:30", "15:00");

        await host.Send("PUT", $"/api/bookings/{id}.json", """{"booking":{"start":"2026-03-09T14:30","finish":"2026-03-09T15:00","resource_id":31,"full_name":"Ida Quill"}}""");

        Assert.DoesNotContain(host.World.CourtSchedule.Commands, command => command is RescheduleAppointment or AmendAppointment);
    }

    [Fact]
    public async Task Update_without_a_change_in_the_second_pass_of_a_repeated_hour_does_not_move_it()
    {
        await using var host = await ApiHost.Start();
        var second = Instant.FromUtc(2026, 10, 25, 1, 30);
        await host.Post("/api/bookings.json", """{"schedule_id":8101,"booking":{"start":"2026-10-25T02:30:00+01:00","finish":"2026-10-25T02:00:00Z"}}""");

        await host.Send("PUT", "/api/bookings/550001.json", """{"booking":{"start":"2026-10-25T02:30","phone":"1"}}""");

        Assert.Equal(second, Assert.Single(host.World.CourtSchedule.Rows).Start);
    }

    [Fact]
    public async Task Update_retries_when_someone_else_changed_the_booking_meanwhile()
    {
        await using var host = await ApiHost.Start();
        var id = await Book(host, "14:30", "15:00");
        host.World.CourtSchedule.NextRefusal = BookingRefusal.ChangedMeanwhile;

        var answer = await host.Send("PUT", $"/api/bookings/{id}.json", """{"booking":{"phone":"1"}}""");

        Assert.Equal(200, answer.Status);
        Assert.Equal("1", Assert.Single(host.World.CourtSchedule.Rows).Customer.Phone);
    }

    [Theory]
    [InlineData("""{"schedule_id":8101,"webhook":null}""", "")]
    [InlineData("null", "?schedule_id=8101")]
    [InlineData("", "?schedule_id=8101")]
    [InlineData("{}", "")]
    public async Task Delete_takes_its_parameters_from_query_or_body(string body, string query)
    {
        await using var host = await ApiHost.Start();
        var id = await Book(host, "14:30", "15:00");

        var first = await host.Send("DELETE", $"/api/bookings/{id}.json{query}", body);
        var second = await host.Send("DELETE", $"/api/bookings/{id}.json{query}", body);

        Assert.Equal(200, first.Status);
        Assert.Equal(0, first.Length);
        Assert.Equal(404, second.Status);
        var changes = await Read(host, "/api/changes/8101.json");
        Assert.True(changes.GetProperty("bookings")[0].GetProperty("deleted").GetBoolean());
    }

    [Fact]
    public async Task A_taken_place_is_422_with_a_code_and_the_nearest_free_places()
    {
        await using var host = await ApiHost.Start();
        await Book(host, "10:00", "10:30");

        var answer = await host.Post("/api/bookings.json", """{"schedule_id":8101,"booking":{"start":"2026-03-09 10:00","finish":"2026-03-09 10:30","resource_id":31}}""");

        Assert.Equal(422, answer.Status);
        var body = answer.Json;
        Assert.Equal("place_taken", body.GetProperty("errors")[0].GetProperty("code").GetString());
        var places = body.GetProperty("alternatives");
        Assert.Equal(3, places.GetArrayLength());
        Assert.Equal($"{Monday}T10:00", places[0].GetProperty("start").GetString());
        Assert.Equal(32, places[0].GetProperty("resource_id").GetInt32());
        Assert.Equal("Court 2", places[0].GetProperty("name").GetString());
        Assert.Equal(31, places[1].GetProperty("resource_id").GetInt32());
    }

    [Theory]
    [InlineData(BookingRefusal.AccountFull, 403, "account_full")]
    [InlineData(BookingRefusal.OutsideOpeningHours, 422, "outside_opening_hours")]
    [InlineData(BookingRefusal.LengthNotOffered, 422, "length_not_offered")]
    [InlineData(BookingRefusal.TimeDoesNotExist, 422, "time_does_not_exist")]
    [InlineData(BookingRefusal.UnknownResource, 422, "unknown_resource")]
    [InlineData(BookingRefusal.KeyReused, 422, "key_reused")]
    [InlineData(BookingRefusal.NotAllowed, 403, "not_allowed")]
    [InlineData((BookingRefusal)999, 422, "refused")]
    public async Task Each_refusal_has_a_status_and_a_code(BookingRefusal refusal, int status, string code)
    {
        await using var host = await ApiHost.Start();
        host.World.CourtSchedule.NextRefusal = refusal;

        var answer = await host.Post("/api/bookings.json", """{"schedule_id":8101,"booking":{"start":"2026-03-09 10:00"}}""");

        Assert.Equal(status, answer.Status);
        Assert.Equal(code, answer.ErrorCode);
    }

    [Fact]
    public void Every_refusal_of_the_contract_has_a_code_of_its_own()
    {
        var codes = Enum.GetValues<BookingRefusal>().Where(refusal => refusal != BookingRefusal.UnknownSchedule).Select(refusal => refusal.ToError().Code).ToList();

        Assert.DoesNotContain("refused", codes);
        Assert.Equal(codes.Count, codes.Distinct().Count());
    }

    [Theory]
    [InlineData("""{"booking":{"start":"2026-03-09 10:00"}}""", 400, "schedule_id is missing.")]
    [InlineData("""{"schedule_id":"x","booking":{"start":"2026-03-09 10:00"}}""", 400, "schedule_id is not an id.")]
    [InlineData("""{"schedule_id":8101,"booking":{}}""", 400, "start is missing.")]
    [InlineData("""{"schedule_id":8101,"booking":{"start":"tomorrow"}}""", 400, "start is not a date and time")]
    [InlineData("""{"schedule_id":8101,"booking":{"start":"2026-02-30 10:00"}}""", 422, "start is not a time of the calendar")]
    [InlineData("""{"schedule_id":8101,"booking":{"start":"9999-12-31 23:59"}}""", 422, "start is not a time of the calendar")]
    [InlineData("""{"schedule_id":8101,"booking":{"start":"2026-03-09 10:00","shoe_size":44}}""", 400, "unknown attribute 'shoe_size' for Booking.")]
    [InlineData("""{"schedule_id":8101,"booking":{"start":"2026-03-09 10:00","email":"no address"}}""", 422, "E-mail is not a valid address")]
    [InlineData("""{"schedule_id":8101,"booking":{"start":"2026-03-09 10:00","country":"NLD"}}""", 422, "country is longer than 2")]
    [InlineData("""{"schedule_id":8101,"booking":{"start":"2026-03-09 10:00","full_name":"a\r\nBcc: b"}}""", 422, "full_name holds characters that are no text")]
    [InlineData("""{"schedule_id":8101,"booking":{"start":"2026-03-09 10:00","description":"a\u0000b"}}""", 422, "description holds characters that are no text")]
    [InlineData("""{"schedule_id":8101,"booking":{"start":"2026-03-09 10:00","quantity":2}}""", 422, "one appointment at a time")]
    [InlineData("""{"schedule_id":8101,"user_id":"1234fk","booking":{"start":"2026-03-09 10:00"}}""", 404, "Not found")]
    [InlineData("""{"schedule_id":8101,"user_id":4711,"booking":{"start":"2026-03-09 10:00"}}""", 404, "Not found")]
    [InlineData("""{"schedule_id":8202,"booking":{"start":"2026-03-09 10:00"}}""", 404, "Not found")]
    public async Task Create_refuses_what_cannot_be_booked(string body, int status, string title)
    {
        await using var host = await ApiHost.Start();

        var answer = await host.Post("/api/bookings.json", body);

        Assert.Equal(status, answer.Status);
        Assert.Contains(title, answer.ErrorTitle, StringComparison.Ordinal);
        Assert.Empty(host.World.CourtSchedule.Rows);
    }

    [Fact]
    public async Task A_head_request_tells_the_length_without_the_body()
    {
        await using var host = await ApiHost.Start();

        var whole = await host.Get("/api/schedules.json");
        var head = await host.Send("HEAD", "/api/schedules.json", null);

        Assert.Equal(whole.Length, head.Length);
        Assert.Empty(head.Body);
    }

    private static async Task<int> Book(ApiHost host, string from, string to)
    {
        var answer = await host.Post("/api/bookings.json", $$$"""{"schedule_id":8101,"booking":{"start":"{{{Monday}}} {{{from}}}","finish":"{{{Monday}}} {{{to}}}","full_name":"Ida Quill","email":"ida@quill.example","resource_id":31}}""");
        Assert.Equal(201, answer.Status);
        return host.World.NextId;
    }

    private static async Task<JsonElement> Read(ApiHost host, string address)
    {
        var answer = await host.Get(address);
        Assert.Equal(200, answer.Status);
        Assert.True(answer.Length > 0);
        return answer.Json;
    }
}
