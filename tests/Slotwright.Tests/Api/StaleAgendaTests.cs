using Slotwright.Appointments;

namespace Slotwright.Api;

/// <summary>An activation that ends under a call: the next one is asked, once, where that cannot book twice.</summary>
public sealed class StaleAgendaTests
{
    private const string Body = """{"schedule_id":8101,"booking":{"start":"2026-03-09 14:30"}}""";

    [Fact]
    public async Task A_keyed_booking_is_sent_once_more_with_the_same_key()
    {
        await using var host = await ApiHost.Start();
        await host.Get("/api/schedules.json");
        host.World.CourtSchedule.StaleAnswers = 1;

        Assert.Equal(201, (await Keyed(host)).Status);
        Assert.Single(host.World.CourtSchedule.Rows);
        Assert.Equal(0, host.World.CourtSchedule.StaleAnswers);
    }

    [Fact]
    public async Task A_booking_without_a_key_is_not_sent_twice()
    {
        await using var host = await ApiHost.Start();
        host.World.CourtSchedule.StaleAnswers = 1;

        Assert.Equal(503, (await host.Post("/api/bookings.json", Body)).Status);
        Assert.Empty(host.World.CourtSchedule.Rows);
    }

    [Fact]
    public async Task A_second_ending_is_503()
    {
        await using var host = await ApiHost.Start();
        host.World.CourtSchedule.StaleAnswers = 3;

        Assert.Equal(503, (await Keyed(host)).Status);
        Assert.Equal(1, host.World.CourtSchedule.StaleAnswers);
    }

    [Theory]
    [InlineData("/api/free/8101.json")]
    [InlineData("/api/range/8101.json")]
    [InlineData("/api/changes/8101.json")]
    public async Task A_read_is_asked_once_more(string address)
    {
        await using var host = await ApiHost.Start();
        host.World.CourtSchedule.StaleAnswers = 1;

        Assert.Equal(200, (await host.Get(address)).Status);
        Assert.Equal(0, host.World.CourtSchedule.StaleAnswers);
    }

    [Fact]
    public async Task A_block_is_not_there_to_delete()
    {
        await using var host = await ApiHost.Start();
        var made = await host.Post("/api/bookings.json", Body);
        var schedule = host.World.CourtSchedule;
        schedule.Rows[0] = schedule.Rows[0] with { Kind = AppointmentKind.Block };

        var deleted = await host.Send("DELETE", made.Message.Headers.Location!.PathAndQuery, null);

        Assert.Equal(404, deleted.Status);
        Assert.Equal(AppointmentStatus.Live, Assert.Single(schedule.Rows).Status);
    }

    private static async Task<Reply> Keyed(ApiHost host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/bookings.json") { Content = ApiHost.Json(Body) };
        request.Headers.Add("Idempotency-Key", "once");
        return await host.Send(request);
    }
}
