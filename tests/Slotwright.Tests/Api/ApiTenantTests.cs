using Slotwright.Appointments;

namespace Slotwright.Api;

/// <summary>One account's key never reaches what is another's, and cannot tell it from what does not exist.</summary>
public sealed class ApiTenantTests
{
    /// <summary>Every call with an id in it, of the barber's schedule or booking: method, address, body.</summary>
    public static TheoryData<string, string, string?> Calls { get; } = new()
    {
        { "GET", "/api/resources.json?schedule_id={schedule}", null },
        { "GET", "/api/bookings.json?schedule_id={schedule}", null },
        { "GET", "/api/free/{schedule}.json", null },
        { "GET", "/api/range/{schedule}.json", null },
        { "GET", "/api/changes/{schedule}.json", null },
        { "GET", "/api/agenda/{schedule}.json?user=ida@quill.example", null },
        { "GET", "/api/bookings/{booking}.json", null },
        { "GET", "/api/bookings/{booking}.json?schedule_id={schedule}", null },
        { "GET", "/api/bookings/{booking}.json?schedule_id=8101", null },
        { "POST", "/api/bookings.json", """{"schedule_id":{schedule},"booking":{"start":"2026-03-09 10:00"}}""" },
        { "PUT", "/api/bookings/{booking}.json", """{"booking":{"phone":"1"}}""" },
        { "PUT", "/api/bookings/{booking}.json", """{"schedule_id":{schedule},"booking":{"start":"2026-03-10 10:00"}}""" },
        { "POST", "/api/bookings/{booking}.json", """{"schedule_id":8101,"booking":{"phone":"1"}}""" },
        { "DELETE", "/api/bookings/{booking}.json", null },
        { "DELETE", "/api/bookings/{booking}.json?schedule_id={schedule}", null },
        { "DELETE", "/api/bookings/{booking}.json?schedule_id=8101", null },
    };

    [Theory, Trait("Fault", "27"), MemberData(nameof(Calls))]
    public async Task Another_account_s_id_is_answered_as_an_unknown_one(string method, string address, string? body)
    {
        await using var host = await ApiHost.Start();
        var booked = await host.World.ChairSchedule.Book(new BookAppointment
        {
            Start = Time.Moment.OnTheClock(new NodaTime.LocalDateTime(2026, 3, 9, 11, 0)),
            Customer = new CustomerDetails { Name = "Secret", Email = "ida@quill.example" },
            Language = "fr",
            Actor = Actor.ApiKey(),
        });
        var before = booked.Value!.Appointment;

        var foreign = await host.Send(method, Fill(address, ApiWorld.Chairs, before.Id), body is null ? null : Fill(body, ApiWorld.Chairs, before.Id));
        var unknown = await host.Send(method, Fill(address, 7777, 888_888), body is null ? null : Fill(body, 7777, 888_888));

        Assert.Equal(404, foreign.Status);
        Assert.Equal(unknown.Status, foreign.Status);
        Assert.Equal(unknown.Body, foreign.Body);
        Assert.Equal(before, Assert.Single(host.World.ChairSchedule.Rows));
    }

    [Fact, Trait("Fault", "27")]
    public async Task Another_account_s_resource_is_refused_as_an_unknown_one()
    {
        await using var host = await ApiHost.Start();

        var foreign = await host.Post("/api/bookings.json", """{"schedule_id":8101,"booking":{"start":"2026-03-09 10:00","resource_id":41}}""");
        var unknown = await host.Post("/api/bookings.json", """{"schedule_id":8101,"booking":{"start":"2026-03-09 10:00","resource_id":4141}}""");

        Assert.Equal("unknown_resource", foreign.ErrorCode);
        Assert.Equal(unknown.Body, foreign.Body);
    }

    [Fact, Trait("Fault", "27"), Trait("Requirement", "41")]
    public async Task Lists_hold_the_account_s_own_only()
    {
        await using var host = await ApiHost.Start();

        Assert.Equal("""[{"id":8101,"name":"Courts"}]""", (await host.Get("/api/schedules.json")).Body);
        Assert.Equal("""[{"id":8101,"name":"Courts"}]""", (await host.Get("/api/schedules.json?account=corner-barber")).Body);
    }

    private static string Fill(string text, int schedule, int booking) =>
        text.Replace("{schedule}", schedule.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{booking}", booking.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
}
