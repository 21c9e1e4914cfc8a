using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using NodaTime.TimeZones;
using Slotwright.Composition;
using Slotwright.Storage;

namespace Slotwright.Appointments;

public sealed class ZoneDataWatchTests : IAsyncLifetime
{
    private Product product = null!;

    public async ValueTask InitializeAsync() => product = await Product.Start();

    public ValueTask DisposeAsync() => product.DisposeAsync();

    [Fact]
    [Trait("Fault", "24")]
    public async Task New_zone_data_moves_instants_once_and_keeps_wall_clock_times()
    {
        var (accountId, scheduleId) = await product.Find("corner-barber", "Chairs");
        var store = product.Services.GetRequiredService<IAgendaStore>();
        var chair = (await product.Grains.Schedule(accountId, scheduleId).Face())!.Resources[0].Id;

        // Two neighbours as they were placed when Paris was believed to be an hour further east: 11:00 and 12:00 on the clock of then.
        var epoch = (await store.TakeEpoch(scheduleId, 0))!.Value;
        var first = await product.StoreElsewhere(accountId, scheduleId, chair, epoch, Instant.FromUtc(2027, 1, 13, 9, 0), Offset.FromHours(2));
        var second = await product.StoreElsewhere(accountId, scheduleId, chair, epoch, Instant.FromUtc(2027, 1, 13, 10, 0), Offset.FromHours(2));

        await LastSawOlderData();

        Assert.Equal(2, await Watch().Run(TzdbDateTimeZoneSource.Default.VersionId, CancellationToken.None));

        var schedule = product.Grains.Schedule(accountId, scheduleId);
        var moved = (await schedule.Find(first))!;
        Assert.Equal(Instant.FromUtc(2027, 1, 13, 10, 0), moved.Start);
        Assert.Equal(2, moved.Revision);
        Assert.False(moved.OverlapAllowed);
        Assert.Equal(Instant.FromUtc(2027, 1, 13, 11, 0), (await schedule.Find(second))!.Start);
        Assert.Equal(BookingRefusal.PlaceTaken, (await schedule.Book(Asking.For("ida@example.org", 11, resource: chair))).Refusal);
        Assert.True((await schedule.Book(Asking.For("ida@example.org", 10, resource: chair))).Accepted);

        Assert.Equal(0, await Watch().Run(TzdbDateTimeZoneSource.Default.VersionId, CancellationToken.None));
        await LastSawOlderData();
        Assert.Equal(0, await Watch().Run(TzdbDateTimeZoneSource.Default.VersionId, CancellationToken.None));
        Assert.Single(await schedule.Changes(new ChangesQuery { AppointmentId = first, Limit = 10 }), change => change.Kind == ChangeKind.Moved);
    }

    private Task LastSawOlderData() => product.Services.GetRequiredService<IDatabase>()
        .Write(connection => connection.ExecuteAsync("update installation set value = 'older'"));

    private ZoneDataWatch Watch() => new(
        product.Grains, product.Services.GetRequiredService<IDatabase>(), NullLogger<ZoneDataWatch>.Instance);
}
