using Slotwright.Platform;
using Slotwright.Tenancy;

namespace Slotwright.Api;

public sealed class ApiFaultTests
{
    public static TheoryData<Exception> Outages { get; } =
    [
        new TimeoutException(),
        new SiloUnavailableException(),
        new OrleansException("wrapped", new StorageUnavailableException()),
        new StorageUnavailableException(),
        new StaleAgendaException(),
        new InvalidOperationException("around", new TimeoutException()),
    ];

    [Theory, MemberData(nameof(Outages))]
    public async Task An_outage_behind_a_call_is_503_with_retry_after(Exception outage)
    {
        await using var host = await ApiHost.Start();
        host.World.Fault = outage;

        var reply = await host.Post("/api/bookings.json", """{"schedule_id":8101,"booking":{"start":"2026-03-09 14:30"}}""");

        Assert.Equal(503, reply.Status);
        Assert.Equal("5", reply.Header("Retry-After"));
        Assert.Equal("application/problem+json; charset=utf-8", reply.ContentType);
        Assert.Equal("503", reply.ErrorCode);
    }

    [Fact]
    public async Task Any_other_fault_is_500_and_says_nothing_of_its_inside()
    {
        await using var host = await ApiHost.Start();
        host.World.Fault = new InvalidOperationException("secret detail");

        var reply = await host.Get("/api/schedules.json");

        Assert.Equal(500, reply.Status);
        Assert.DoesNotContain("secret", reply.Body, StringComparison.Ordinal);
    }

    [Fact, Trait("Fault", "27")]
    public async Task A_call_that_the_grains_refuse_as_another_tenant_s_is_404()
    {
        await using var host = await ApiHost.Start();
        await host.Get("/api/schedules.json");
        host.World.Fault = new ForeignTenantException();

        Assert.Equal(404, (await host.Get("/api/range/8101.json")).Status);
    }
}
