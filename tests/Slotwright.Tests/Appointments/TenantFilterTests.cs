using NodaTime;
using Slotwright.Tenancy;

namespace Slotwright.Appointments;

public sealed class TenantFilterTests : IAsyncLifetime
{
    private Product product = null!;

    public async ValueTask InitializeAsync() => product = await Product.Start();

    public ValueTask DisposeAsync() => product.DisposeAsync();

    [Fact]
    [Trait("Fault", "27")]
    public async Task A_page_of_one_account_reaches_no_grain_of_another()
    {
        var (barber, chairs) = await product.Find("corner-barber", "Chairs");
        var (yoga, _) = await product.Find("harbour-yoga", "Private lessons");

        Caller.FromWeb(yoga);
        await Assert.ThrowsAsync<ForeignTenantException>(() => product.Grains.Schedule(barber, chairs).Face());
        await Assert.ThrowsAsync<ForeignTenantException>(() => product.Grains.Account(barber).Usage());
        await Assert.ThrowsAsync<ForeignTenantException>(() => product.Grains.Reseller(barber).Settings());
        await Assert.ThrowsAsync<ForeignTenantException>(() => product.Grains.SignUp().InviteOperator("eve@example.org"));

        Caller.FromWeb(null);
        await Assert.ThrowsAsync<ForeignTenantException>(() => product.Grains.Schedule(barber, chairs).Face());

        Caller.FromWeb(barber);
        Assert.NotNull(await product.Grains.Schedule(barber, chairs).Face());
    }

    [Fact]
    [Trait("Fault", "27")]
    public async Task Another_accounts_schedule_or_appointment_is_as_unknown_as_none()
    {
        var (barber, chairs) = await product.Find("corner-barber", "Chairs");
        var (yoga, lessons) = await product.Find("harbour-yoga", "Private lessons");
        var booked = (await product.Grains.Schedule(barber, chairs).Book(Asking.For("ida@example.org", 10))).Value!;

        // The right account with another's schedule, and the right schedule with another's appointment.
        Assert.Null(await product.Grains.Schedule(yoga, chairs).Face());
        Assert.Equal(BookingRefusal.UnknownSchedule, (await product.Grains.Schedule(yoga, chairs).Book(Asking.For("eve@example.org", 11))).Refusal);
        Assert.Null(await product.Grains.Schedule(yoga, lessons).Find(booked.Appointment.Id));
        Assert.Null(await product.Grains.Account(yoga).ScheduleOf(booked.Appointment.Id));
        Assert.Empty(await product.Grains.Account(yoga).Day(Product.Morning, Product.Morning + Duration.FromDays(30)));
    }
}
