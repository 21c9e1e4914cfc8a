using NodaTime;

namespace Slotwright.Mail;

public sealed class CalendarFileTests
{
    private static readonly CalendarEntry Entry = new()
    {
        AppointmentId = 101,
        UidDomain = "post.example",
        Revision = 1,
        Start = Instant.FromUtc(2026, 12, 10, 13, 30),
        End = Instant.FromUtc(2026, 12, 10, 14, 0),
        ChangedAt = Instant.FromUtc(2026, 12, 7, 9, 0),
        Cancelled = false,
        Summary = "The Corner Barber · Chairs",
        Location = "12 rue des Lilas, Lyon",
        Description = "https://book.example/schedule/corner-barber/appointment/101/00",
        Url = new Uri("https://book.example/schedule/corner-barber/appointment/101/00"),
        OrganizerName = "The Corner Barber",
        OrganizerEmail = "no-reply@post.example",
        AttendeeEmail = "jane@customer.example",
    };

    [Fact]
    public void Booked_is_a_request_with_the_expected_fields()
    {
        var lines = Unfolded(CalendarFile.Of(Entry));

        Assert.Equal(
            [
                "BEGIN:VCALENDAR",
                "METHOD:REQUEST",
                "PRODID:-//Appointments//EN",
                "VERSION:2.0",
                "BEGIN:VEVENT",
                "ATTENDEE;CN=jane@customer.example;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=FALSE:mailto:jane@customer.example",
                "DESCRIPTION:https://book.example/schedule/corner-barber/appointment/101/00",
                "DTEND:20261210T140000Z",
                "DTSTAMP:20261207T090000Z",
                "DTSTART:20261210T133000Z",
                "LAST-MODIFIED:20261207T090000Z",
                "LOCATION:12 rue des Lilas\\, Lyon",
                "ORGANIZER;CN=The Corner Barber:mailto:no-reply@post.example",
                "SEQUENCE:0",
                "STATUS:CONFIRMED",
                "SUMMARY:The Corner Barber · Chairs",
                "TRANSP:OPAQUE",
                "UID:appointment-101@post.example",
                "URL:https://book.example/schedule/corner-barber/appointment/101/00",
                "END:VEVENT",
                "END:VCALENDAR",
            ],
            lines);
    }

    [Fact]
    public void Later_revision_keeps_the_uid_and_raises_the_sequence()
    {
        var lines = Unfolded(CalendarFile.Of(Entry with { Revision = 3, Start = Entry.Start + Duration.FromHours(1), End = Entry.End + Duration.FromHours(1) }));

        Assert.Contains("UID:appointment-101@post.example", lines);
        Assert.Contains("SEQUENCE:2", lines);
        Assert.Contains("DTSTART:20261210T143000Z", lines);
    }

    [Fact]
    public void Cancelled_is_a_cancel()
    {
        var lines = Unfolded(CalendarFile.Of(Entry with { Cancelled = true, Revision = 2 }));

        Assert.Contains("METHOD:CANCEL", lines);
        Assert.Contains("STATUS:CANCELLED", lines);
        Assert.Contains("SEQUENCE:1", lines);
    }

    [Fact]
    public void File_without_a_reader_is_published()
    {
        var lines = Unfolded(CalendarFile.Of(Entry with { AttendeeEmail = null }));

        Assert.Contains("METHOD:PUBLISH", lines);
        Assert.DoesNotContain(lines, line => line.StartsWith("ATTENDEE", StringComparison.Ordinal));
    }

    [Fact]
    public void Lines_end_with_CR_LF_are_folded_and_cut_no_character()
    {
        var file = CalendarFile.Of(Entry with { Summary = string.Concat(Enumerable.Repeat("Été 👩‍👩‍👧 漢字; a,b\\c ", 10)) });

        Assert.DoesNotContain('\n', file.Replace("\r\n", "", StringComparison.Ordinal));
        Assert.All(file.Split("\r\n"), line =>
        {
            Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(line), 0, 75);
            Assert.DoesNotContain('\uFFFD', System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(line)));
        });
        Assert.Contains("SUMMARY:" + string.Concat(Enumerable.Repeat("Été 👩‍👩‍👧 漢字\\; a\\,b\\\\c ", 10)).TrimEnd(), Unfolded(file));
    }

    [Fact]
    public void Text_cannot_add_properties()
    {
        var calendar = Ical.Net.Calendar.Load(CalendarFile.Of(Entry with
        {
            Summary = "x\r\nATTENDEE:mailto:victim@other.example",
            Location = "y\nEND:VEVENT",
            OrganizerName = "z\":mailto:victim@other.example\r\nURL:https://evil.example",
        }))!;

        var entry = Assert.Single(calendar.Events);
        Assert.Single(entry.Attendees);
        Assert.Equal("https://book.example/schedule/corner-barber/appointment/101/00", entry.Url!.ToString());
        Assert.Equal("mailto:no-reply@post.example", entry.Organizer!.Value!.ToString());
    }

    private static string[] Unfolded(string file) =>
        file.Replace("\r\n ", "", StringComparison.Ordinal).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
}
