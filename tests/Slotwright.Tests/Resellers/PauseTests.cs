using System.Net;
using Slotwright.Accounts;
using Slotwright.Appointments;
using Slotwright.Pages;
using Slotwright.Platform;
using Slotwright.Setup;
using Slotwright.Time;

namespace Slotwright.Resellers;

public sealed class PauseTests : IAsyncLifetime
{
    private Product product = null!;

    public async ValueTask InitializeAsync() => product = await Product.Start();

    public ValueTask DisposeAsync() => product.DisposeAsync();

    [Fact, Trait("Fault", "62")]
    public async Task A_paused_client_is_shut_to_its_people_and_to_new_bookings_and_keeps_what_is_booked()
    {
        var schedule = await product.Schedule("corner-barber", "Chairs");
        var booked = (await schedule.Book(At(14, 30))).Value!;
        var owner = await Owner.Of(product, "corner-barber");
        var feed = Links.CalendarFeed((await schedule.MakeFeed("Phone")).Value!.Token);

        var reseller = await Owner.Of(product, "atelier-web");
        await reseller.Open(await PausePage());
        Assert.Contains("owner@corner-barber.example", reseller.Text("main .sentences"), StringComparison.Ordinal);
        await reseller.Submit("main form", button: "main form button");
        Assert.Equal(HttpStatusCode.OK, reseller.Status);
        Assert.Equal("corner-barber is paused.", reseller.Text(".notice"));
        product.Clock.AdvanceSeconds(6);

        // The back office says one thing, whatever is asked of it.
        foreach (var page in new[] { "/a/corner-barber", "/a/corner-barber/settings/key", "/a/corner-barber/usage" })
        {
            await owner.Open(page);
            Assert.Equal("/a/corner-barber/paused", owner.Address.AbsolutePath);
            Assert.Contains("Atelier Web", owner.Text("main"), StringComparison.Ordinal);
            Assert.Contains("aide@atelier-web.example", owner.Source, StringComparison.Ordinal);
            Assert.Null(owner.Page.QuerySelector(".menu"));
        }

        // Customers read that it is paused and whom to ask; nobody books, not even past the pages.
        var customer = new Visitor(() => new SocketsHttpHandler { AllowAutoRedirect = false }, product.Address, "fr");
        await customer.Open("/schedule/corner-barber/Chairs");
        Assert.Equal("La réservation en ligne est en pause", customer.Heading);
        await customer.Open("/schedule/corner-barber/Chairs/book?At=2027-01-14T15:30%2B01:00");
        Assert.Equal("La réservation en ligne est en pause", customer.Heading);
        Assert.Equal(BookingRefusal.AccountPaused, (await schedule.Book(At(15, 30))).Refusal);
        Assert.Equal(BookingRefusal.AccountPaused, (await schedule.Book(At(15, 30) with { Actor = Actor.ApiKey() })).Refusal);
        using var api = product.NewApiClient("corner-barber");
        using var called = await api.GetAsync(new Uri("/api/schedules.json", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Forbidden, called.StatusCode);
        Assert.Contains("paused", await called.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        using var calendar = await product.Http.GetAsync(new Uri(feed, UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Forbidden, calendar.StatusCode);

        // What is booked is seen and cancelled, and not moved.
        await customer.Open(Links.Manage("corner-barber", booked.Appointment.Id, booked.ManageToken));
        Assert.Equal(HttpStatusCode.OK, customer.Status);
        Assert.Null(customer.Page.QuerySelector("main a[href$='/move']"));
        Assert.NotNull(customer.Page.QuerySelector("main a[href$='/cancel']"));
        Assert.True((await schedule.Cancel(new CancelAppointment { AppointmentId = booked.Appointment.Id, Actor = Actor.Customer("ada@example.test"), ManageToken = booked.ManageToken })).Accepted);

        // Opened again, everything goes on at once.
        await reseller.Open(await PausePage());
        await reseller.Submit("main form", button: "main form button");
        Assert.True((await schedule.Book(At(15, 30))).Accepted);
        product.Clock.AdvanceSeconds(3);
        await owner.Open("/a/corner-barber/settings");
        Assert.Equal("/a/corner-barber/settings", owner.Address.AbsolutePath);
    }

    [Fact]
    public async Task A_made_up_client_is_not_there_and_nothing_is_paused()
    {
        var regular = (await (await product.Account("harbour-yoga")).Face())!;
        Assert.Null(regular.ResellerId);
        var reseller = await Owner.Of(product, "atelier-web");
        await reseller.Open(await PausePage());

        await reseller.Post(Links.Client("atelier-web", regular.Id, "pause"), reseller.Fields("main form"));

        Assert.Equal(HttpStatusCode.NotFound, reseller.Status);
        Assert.False((await (await product.Account("harbour-yoga")).Face())!.IsPaused);
    }

    private static BookAppointment At(int hour, int minute) => new()
    {
        Start = Moment.OnTheClock(new NodaTime.LocalDateTime(2027, 1, 14, hour, minute)),
        Customer = new CustomerDetails { Name = "Ada", Email = "ada@example.test" },
        Language = "en",
        Actor = Actor.Customer("ada@example.test"),
    };

    private async Task<string> PausePage() => Links.Client("atelier-web", (await product.Find("corner-barber", "Chairs")).AccountId, "pause");
}
