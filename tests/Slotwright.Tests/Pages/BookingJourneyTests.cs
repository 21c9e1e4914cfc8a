using System.Net;

namespace Slotwright.Pages;

public sealed class BookingJourneyTests
{
    private static readonly Dictionary<string, string> Ada = new()
    {
        ["Name"] = "Ada Lovelace",
        ["Email"] = "ada@example.com",
        ["Phone"] = "+44 20 0000",
        ["Note"] = "First visit\nshort please",
    };

    [Fact]
    public async Task A_visitor_books_a_free_time_and_sees_it_confirmed()
    {
        await using var host = await PagesHost.Start();
        var visitor = host.Visitor("en");

        await visitor.Open("/schedule/corner-barber");
        await visitor.Follow(".day[href*='2026-12-09']");
        await visitor.Follow(".time[href*='T14%3A30']");
        await visitor.Submit("#booking", Ada);

        Assert.Equal(HttpStatusCode.OK, visitor.Status);
        Assert.Equal("Your appointment is booked", visitor.Heading);
        Assert.Contains("Wednesday 9 December, 14:30 – 15:00 (Paris time)", visitor.Text(".facts"), StringComparison.Ordinal);
        Assert.Contains("Chair 1", visitor.Text(".facts"), StringComparison.Ordinal);
        Assert.Equal("done=1", visitor.Address.Query.TrimStart('?'));
        var booked = Assert.Single(host.Chairs.Appointments.Values);
        Assert.Equal(("Ada Lovelace", "ada@example.com", "First visit\nshort please", "en"), (booked.Customer.Name, booked.Customer.Email, booked.Note, booked.Language));
    }
}
