using System.Net;
using NodaTime;
using Slotwright.Appointments;

namespace Slotwright.Pages;

public sealed class ManageTests
{
    [Fact]
    public async Task The_holder_of_the_link_moves_the_appointment()
    {
        await using var host = await PagesHost.Start();
        var visitor = host.Visitor("en");
        await Booked(visitor);

        await visitor.Follow("a[href$='/move']");
        await visitor.Follow(".day[href*='2026-12-11']");
        await visitor.Follow(".time[href*='T10%3A00']");
        Assert.Contains("Friday 11 December, 10:00 – 10:30 (Paris time)", visitor.Text(".facts"), StringComparison.Ordinal);
        await visitor.Submit("main form");

        Assert.Equal("Your appointment is moved", visitor.Heading);
        Assert.Equal(Instant.FromUtc(2026, 12, 11, 9, 0), Assert.Single(host.Chairs.Live).Start);
    }

    [Fact]
    public async Task The_holder_of_the_link_cancels_only_by_a_button()
    {
        await using var host = await PagesHost.Start();
        var visitor = host.Visitor("en");
        await Booked(visitor);

        await visitor.Follow("a[href$='/cancel']");
        Assert.Single(host.Chairs.Live);
        await visitor.Submit("main form");

        Assert.Equal("This appointment is cancelled", visitor.Heading);
        Assert.Empty(host.Chairs.Live);
    }

    [Fact]
    public async Task Cancelling_twice_shows_it_cancelled()
    {
        await using var host = await PagesHost.Start();
        var visitor = host.Visitor("en");
        await Booked(visitor);
        await visitor.Follow("a[href$='/cancel']");
        var known = host.Chairs.Appointments.Values.Single();
        host.Chairs.Appointments[known.Id] = known with { Status = AppointmentStatus.Cancelled };

        await visitor.Submit("main form");

        Assert.Equal((HttpStatusCode.OK, "This appointment is cancelled"), (visitor.Status, visitor.Heading));
    }

    [Fact]
    public async Task Another_time_is_looked_for_from_the_appointments_own_day_on()
    {
        await using var host = await PagesHost.Start();
        var visitor = host.Visitor("en");
        await Booked(visitor);

        await visitor.Follow("a[href$='/move']");

        Assert.Equal("9", visitor.Text(".week a[aria-current] b"));
    }

    [Fact]
    public async Task Too_late_is_said_with_the_time_until_when_it_went()
    {
        await using var host = await PagesHost.Start();
        var visitor = host.Visitor("en");
        await Booked(visitor);
        var manage = visitor.Address.AbsolutePath;
        host.World.Clock.Advance(Duration.FromHours(20));

        await visitor.Open(manage);
        Assert.Contains("It could be cancelled here until Tuesday 8 December, 14:30 (Paris time).", visitor.Text("main"), StringComparison.Ordinal);
        await visitor.Open(manage + "/move");
        Assert.Equal(manage, visitor.Address.AbsolutePath);
        host.World.Clock.Advance(Duration.FromHours(48));
        await visitor.Open(manage);

        Assert.Equal("This appointment is over", visitor.Heading);
    }

    [Fact]
    public async Task A_deadline_that_passes_before_the_button_is_pressed_is_explained()
    {
        await using var host = await PagesHost.Start();
        var visitor = host.Visitor("en");
        await Booked(visitor);
        await visitor.Follow("a[href$='/cancel']");
        host.Chairs.Refuses = BookingRefusal.CancelDeadlinePassed;

        await visitor.Submit("main form");

        Assert.Contains("too late to cancel", visitor.Text("[role=alert]"), StringComparison.Ordinal);
        Assert.Single(host.Chairs.Live);
    }

    [Fact, Trait("Fault", "27")]
    public async Task A_wrong_token_or_another_accounts_path_is_not_found()
    {
        await using var host = await PagesHost.Start();
        var visitor = host.Visitor("en");
        await Booked(visitor);
        var manage = visitor.Address.AbsolutePath;
        foreach (var wrong in new[]
        {
            manage[..^1] + "0",
            manage.Replace("corner-barber", "harbour-yoga", StringComparison.Ordinal),
            "/schedule/corner-barber/appointment/99999999999/aa",
            "/schedule/corner-barber/appointment/-1/aa",
            "/schedule/corner-barber/appointment/12345/" + new string('a', 32),
        })
        {
            foreach (var page in new[] { "", "/move", "/move/confirm?at=2026-12-09T15:00%2B01:00", "/cancel" })
            {
                await visitor.Open(wrong + page);

                Assert.Equal((HttpStatusCode.NotFound, "There is no such page"), (visitor.Status, visitor.Heading));
            }
        }
    }

    private static async Task Booked(Visitor visitor)
    {
        await visitor.Open("/schedule/corner-barber/Chairs/book?at=2026-12-09T14:30%2B01:00");
        await visitor.Submit("#booking", new Dictionary<string, string> { ["Name"] = "Ada", ["Email"] = "ada@example.com" });
        Assert.Equal("Your appointment is booked", visitor.Heading);
    }
}
