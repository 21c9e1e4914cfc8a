using System.Net;
using NodaTime;
using Slotwright.Appointments;
using Slotwright.Pages;
using Slotwright.SignIn;

namespace Slotwright.Live;

/// <summary>What open pages of the back office hear, and who may listen.</summary>
public sealed class StaffHubTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private Product product = null!;
    private Visitor owner = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        product = await Product.Start();
        owner = new Visitor(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }, product.Address, "en");
        await owner.SignIn("corner-barber", "demo-corner-barber");
    }

    public ValueTask DisposeAsync() => product.DisposeAsync();

    [Fact]
    public async Task Staff_hear_of_a_booking_and_of_attendance()
    {
        var (_, scheduleId) = await product.Find("corner-barber", "Chairs");
        var schedule = await product.Schedule("corner-barber", "Chairs");
        using var page = await Open();
        await page.WatchAsStaff("corner-barber", scheduleId, Cancellation);
        Assert.Equal(0, await Next(page));

        var booked = await schedule.Book(Asking.For("ida@example.org", 10));
        Assert.Equal(booked.Value!.AgendaVersion, await Next(page));
        var marked = await schedule.Mark(new MarkAttendance
        {
            AppointmentId = booked.Value.Appointment.Id,
            Attendance = Attendance.Arrived,
            Actor = Actor.Staff(1, "owner@example.org"),
        });
        Assert.Equal(marked.Value!.AgendaVersion, await Next(page));
    }

    [Fact]
    public async Task Nobody_hears_of_an_account_that_is_not_theirs_nor_from_another_site()
    {
        var (_, yoga) = await product.Find("harbour-yoga", "Private lessons");
        using var page = await Open();
        await page.WatchAsStaff("harbour-yoga", yoga, Cancellation);
        Assert.Null(await page.NextChange(Cancellation));
        using var other = await Open();
        await other.WatchAsStaff("corner-barber", yoga, Cancellation);
        Assert.Null(await other.NextChange(Cancellation));

        var foreign = await Assert.ThrowsAsync<HttpRequestException>(
            () => LiveClient.Open(product.Address, "https://elsewhere.example", StaffHub.Path, Cookies, Cancellation));
        Assert.Equal(HttpStatusCode.Forbidden, foreign.StatusCode);
        var unknown = await Assert.ThrowsAsync<HttpRequestException>(() => LiveClient.Open(product.Address, cancellation: Cancellation, path: StaffHub.Path));
        Assert.NotEqual(HttpStatusCode.SwitchingProtocols, unknown.StatusCode);
    }

    [Fact, Trait("Fault", "31")]
    public async Task A_connection_ends_when_its_session_has()
    {
        var (_, scheduleId) = await product.Find("corner-barber", "Chairs");
        var schedule = await product.Schedule("corner-barber", "Chairs");
        using var page = await Open();
        await page.WatchAsStaff("corner-barber", scheduleId, Cancellation);
        await Next(page);

        var token = owner.Page.QuerySelector("form[action='/signout'] input")!;
        await owner.Post("/signout", [KeyValuePair.Create(token.GetAttribute("name")!, token.GetAttribute("value")!)]);
        product.Clock.Advance(OpenSessions.Lifetime + Duration.FromSeconds(1));
        await schedule.Book(Asking.For("ida@example.org", 10));

        Assert.Null(await page.NextChange(Cancellation).WaitAsync(Patience, Cancellation));
    }

    private string Cookies => string.Join("; ", owner.Cookies.Select(cookie => $"{cookie.Key}={cookie.Value}"));

    private Task<LiveClient> Open() => LiveClient.Open(product.Address, product.Address.GetLeftPart(UriPartial.Authority), StaffHub.Path, Cookies, Cancellation);

    private static async Task<long> Next(LiveClient page) =>
        (await page.NextChange(Cancellation).WaitAsync(Patience, Cancellation) ?? throw new InvalidOperationException("The stream ended.")).GetInt64();
}
