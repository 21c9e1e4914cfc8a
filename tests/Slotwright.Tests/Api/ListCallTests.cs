using System.Text.Json;
using NodaTime;
using Slotwright.Appointments;

namespace Slotwright.Api;

public sealed class ListCallTests
{
    [Fact]
    public async Task Schedules_and_resources_are_bare_lists_of_id_and_name()
    {
        await using var host = await ApiHost.Start();

        Assert.Equal("""[{"id":8101,"name":"Courts"}]""", (await host.Get("/api/schedules.json")).Body);
        Assert.Equal("""[{"id":31,"name":"Court 1"},{"id":32,"name":"Court 2"}]""", (await host.Get("/api/resources.json?schedule_id=8101")).Body);
        Assert.Equal(400, (await host.Get("/api/resources.json")).Status);
    }

    [Theory]
    [InlineData("/api/bookings.json?schedule_id=8101", "[]")]
    [InlineData("/api/agenda/8101.json?user=ida@quill.example", "[]")]
    [InlineData("/api/range/8101.json", """{"bookings":[]}""")]
    [InlineData("/api/changes/8101.json", """{"bookings":[]}""")]
    [InlineData("/api/free/8101.json?from=2026-03-09+12:00&resource=31&maxresults=1&limit=9", null)]
    public async Task An_empty_result_keeps_its_container(string address, string? body)
    {
        await using var host = await ApiHost.Start();

        var reply = await host.Get(address);

        Assert.Equal(200, reply.Status);
        if (body is not null)
        {
            Assert.Equal(body, reply.Body);
        }
        else
        {
            Assert.Equal(1, reply.Json.GetProperty("slots").GetArrayLength());
        }
    }

    [Theory]
    [InlineData("", new[] { 2, 3, 4 })]
    [InlineData("?today=true", new[] { 1, 2 })]
    [InlineData("?today=1", new[] { 1, 2 })]
    [InlineData("?today=True&from=2026-03-12", new[] { 1, 2 })]
    [InlineData("?from=2026-03-10", new[] { 3, 4 })]
    [InlineData("?from=2026-03-10+00:00:00&to=2026-03-11", new[] { 3 })]
    [InlineData("?to=2026-03-10", new[] { 1, 2 })]
    [InlineData("?resource_id=32", new[] { 3 })]
    [InlineData("?user=IDA@quill.example", new[] { 2, 4 })]
    [InlineData("?user=0", new[] { 2, 3, 4 })]
    [InlineData("?limit=1", new[] { 2 })]
    [InlineData("?limit=1&offset=1&slot=true&form=true", new[] { 3 })]
    public async Task Range_lists_live_bookings_ascending(string query, int[] expected)
    {
        await using var host = await ApiHost.Start();
        Fill(host);

        var bookings = (await host.Get("/api/range/8101.json" + query)).Json.GetProperty("bookings");

        Assert.Equal(expected, Ids(bookings));
    }

    [Theory]
    [InlineData("?schedule_id=8101", new[] { 2, 3, 4 })]
    [InlineData("?schedule_id=8101&start=2026-03-10", new[] { 3, 4 })]
    [InlineData("?schedule_id=8101&from=2026-03-10&length=30&resource=x&full=true", new[] { 3, 4 })]
    [InlineData("?schedule_id=8101&start=2026-03-10&finish=2026-03-11", new[] { 3 })]
    public async Task Bookings_is_a_bare_list_from_now_or_a_start(string query, int[] expected)
    {
        await using var host = await ApiHost.Start();
        Fill(host);

        Assert.Equal(expected, Ids((await host.Get("/api/bookings.json" + query)).Json));
    }

    [Theory]
    [InlineData("?user=ida@quill.example", 200)]
    [InlineData("?user_id=ida@quill.example", 200)]
    [InlineData("?user=0", 200)]
    [InlineData("", 400)]
    [InlineData("?user=", 400)]
    [InlineData("?user=4711", 404)]
    [InlineData("?user=1234fk", 404)]
    public async Task Agenda_wants_a_user_it_knows(string query, int status)
    {
        await using var host = await ApiHost.Start();

        Assert.Equal(status, (await host.Get("/api/agenda/8101.json" + query)).Status);
    }

    [Fact]
    public async Task Changes_lists_each_booking_once_newest_first_and_deleted_ones_too()
    {
        await using var host = await ApiHost.Start();
        Fill(host);
        var schedule = host.World.CourtSchedule;
        schedule.Store(Block(90), ChangeKind.Blocked, Actor.Staff(1, "s"));
        schedule.Store(schedule.Rows.Single(row => row.Id == 1), ChangeKind.LimitNear, Actor.ApiKey());
        host.World.Clock.Now += Duration.FromMinutes(1);
        await host.Send("PUT", "/api/bookings/3.json", """{"booking":{"phone":"1"}}""");
        await host.Send("DELETE", "/api/bookings/2.json", null);

        var changes = (await host.Get("/api/changes/8101.json")).Json.GetProperty("bookings");
        var recent = (await host.Get("/api/changes/8101.json?from=2026-03-09+08:00:30")).Json.GetProperty("bookings");
        var second = (await host.Get("/api/changes/8101.json?limit=1&offset=1")).Json.GetProperty("bookings");

        Assert.Equal([2, 3, 4, 1], Ids(changes));
        Assert.True(changes[0].GetProperty("deleted").GetBoolean());
        Assert.Equal("1", changes[1].GetProperty("phone").GetString());
        Assert.Equal([2, 3], Ids(recent));
        Assert.Equal([3], Ids(second));
    }

    [Fact]
    public async Task Changes_without_a_start_are_the_ten_most_recent()
    {
        await using var host = await ApiHost.Start();
        for (var i = 1; i <= 30; i++)
        {
            host.World.CourtSchedule.Store(Booking(i, i, 31, "a@b.example"), ChangeKind.Booked, Actor.ApiKey());
        }

        Assert.Equal(10, (await host.Get("/api/changes/8101.json")).Json.GetProperty("bookings").GetArrayLength());
        Assert.Equal(30, (await host.Get("/api/changes/8101.json?from=2020-01-01")).Json.GetProperty("bookings").GetArrayLength());
    }

    [Fact]
    public async Task A_dotnet_client_gets_no_updated_by()
    {
        await using var host = await ApiHost.Start();
        Fill(host);

        var dotnet = (await host.Get("/api/bookings/2.json", "SSS/1.0.1 DOTNET/4.0 API/2")).Json;
        var other = (await host.Get("/api/bookings/2.json")).Json;

        Assert.False(dotnet.TryGetProperty("updated_by", out _));
        Assert.True(other.TryGetProperty("updated_by", out _));
    }

    [Theory]
    [InlineData("?maxresults=3", 3)]
    [InlineData("?max_results=4", 4)]
    [InlineData("?limit=5", 5)]
    [InlineData("", 10)]
    [InlineData("?maxresults=1680", 671)]
    public async Task Free_lists_as_many_slots_as_wanted_up_to_the_horizon(string query, int expected)
    {
        await using var host = await ApiHost.Start();

        var slots = (await host.Get("/api/free/8101.json" + query)).Json.GetProperty("slots");

        Assert.Equal(expected, Math.Min(slots.GetArrayLength(), 671));
        Assert.Equal("2026-03-09T09:00", slots[0].GetProperty("start").GetString());
        Assert.Equal("2026-03-09T09:30", slots[0].GetProperty("finish").GetString());
        Assert.Equal("Court 1", slots[0].GetProperty("name").GetString());
        Assert.Equal(31, slots[0].GetProperty("resource_id").GetInt32());
        Assert.Equal("Court 2", slots[1].GetProperty("name").GetString());
    }

    [Theory]
    [InlineData("Court 2")]
    [InlineData("court_2")]
    [InlineData("32")]
    public async Task Free_of_one_resource_is_asked_by_name_or_id(string resource)
    {
        await using var host = await ApiHost.Start();

        var slots = (await host.Get("/api/free/8101.json?from=2026-03-09+09:10&resource=" + Uri.EscapeDataString(resource))).Json.GetProperty("slots");

        Assert.Equal("2026-03-09T09:30", slots[0].GetProperty("start").GetString());
        Assert.All(slots.EnumerateArray(), slot => Assert.Equal(32, slot.GetProperty("resource_id").GetInt32()));
    }

    [Theory]
    [InlineData("?resource=Court+9", 404)]
    [InlineData("?length=45", 422)]
    [InlineData("?length=x", 400)]
    [InlineData("?from=x", 400)]
    [InlineData("?maxresults=-1", 400)]
    public async Task Free_refuses_what_the_schedule_lacks(string query, int status)
    {
        await using var host = await ApiHost.Start();

        Assert.Equal(status, (await host.Get("/api/free/8101.json" + query)).Status);
    }

    [Fact]
    public async Task Xml_by_suffix_has_hyphens_and_item_elements()
    {
        await using var host = await ApiHost.Start();
        Fill(host);

        var range = await host.Get("/api/range/8101.xml?limit=1");
        var free = await host.Get("/api/free/8101.xml?maxresults=1");
        var error = await host.Get("/api/bookings/99.xml");

        Assert.Equal("application/xml; charset=utf-8", range.ContentType);
        Assert.StartsWith("""<?xml version="1.0" encoding="utf-8"?><bookings><booking><id>2</id><start>2026-03-09T09:30</start>""", range.Body, StringComparison.Ordinal);
        Assert.Contains("<created-on>2026-03-09T08:00:00Z</created-on>", range.Body, StringComparison.Ordinal);
        Assert.Contains("<slots><slot><start>2026-03-09T09:00</start>", free.Body, StringComparison.Ordinal);
        Assert.Equal("""<?xml version="1.0" encoding="utf-8"?><errors><error>Not found</error></errors>""", error.Body);
    }

    [Fact]
    public async Task Xml_holds_any_text_that_was_stored()
    {
        await using var host = await ApiHost.Start();
        host.World.CourtSchedule.Store(Booking(5, 3, 31, "a@b.example") with { Note = "a\u0001b\ud800 😀 <x>" }, ChangeKind.Booked, Actor.ApiKey());

        var reply = await host.Get("/api/bookings/5.xml");

        Assert.Contains("<description>a\uFFFDb\uFFFD 😀 &lt;x&gt;</description>", reply.Body, StringComparison.Ordinal);
    }

    private static int[] Ids(JsonElement list) => [.. list.EnumerateArray().Select(booking => booking.GetProperty("id").GetInt32())];

    /// <summary>One over, one today, one tomorrow, one later; the clock stands at 09:00 in Amsterdam.</summary>
    private static void Fill(ApiHost host)
    {
        var schedule = host.World.CourtSchedule;
        schedule.Store(Booking(1, -1, 31, "ida@quill.example"), ChangeKind.Booked, Actor.ApiKey());
        schedule.Store(Booking(2, 0.5, 31, "Ida@Quill.example"), ChangeKind.Booked, Actor.ApiKey());
        schedule.Store(Booking(3, 24, 32, ""), ChangeKind.Booked, Actor.ApiKey());
        schedule.Store(Booking(4, 72, 31, "ida@quill.example"), ChangeKind.Booked, Actor.ApiKey());
    }

    private static Appointment Block(int id) => Booking(id, 5, 31, "") with { Kind = AppointmentKind.Block };

    private static Appointment Booking(int id, double inHours, int resource, string email) => new()
    {
        Id = id,
        AccountId = ApiWorld.Harbour,
        ScheduleId = ApiWorld.Courts,
        ResourceId = resource,
        Kind = AppointmentKind.Appointment,
        Status = AppointmentStatus.Live,
        Start = ApiWorld.Now + Duration.FromHours(inHours),
        End = ApiWorld.Now + Duration.FromHours(inHours + 0.5),
        Zone = "Europe/Amsterdam",
        Customer = new CustomerDetails { Email = email },
        Language = "nl",
        Revision = 1,
        CreatedAt = ApiWorld.Now,
        CreatedBy = "api",
        UpdatedAt = ApiWorld.Now,
        UpdatedBy = "api",
        ManageSalt = "0",
    };
}
