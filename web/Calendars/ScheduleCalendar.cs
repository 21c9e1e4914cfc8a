using System.Globalization;
using NodaTime;
using Slotwright.Appointments;

namespace Slotwright.Calendars;

/// <summary>
/// One schedule as a calendar to subscribe to. It holds what ends within the last 30 days or later; what was cancelled stays for 30
/// days as cancelled, so that programs take it out. Customers are named and nothing else is said of them.
/// </summary>
public sealed record ScheduleCalendar
{
    /// <summary>How long what is over or cancelled is told.</summary>
    public static readonly Duration Kept = Duration.FromDays(30);

    /// <summary>As the reader's program shows it.</summary>
    public required string Name { get; init; }

    /// <summary>Behind the @ of each UID; the same as in the mails' calendar files.</summary>
    public required string UidDomain { get; init; }

    public required string Zone { get; init; }

    public required string Location { get; init; }

    /// <summary>By id; a resource that is gone has no name.</summary>
    public required IReadOnlyDictionary<int, string> Resources { get; init; }

    /// <summary>What blocked time is called.</summary>
    public required string BlockedWord { get; init; }

    public required IReadOnlyList<Appointment> Appointments { get; init; }

    /// <summary>Still told at this instant.</summary>
    public static bool Holds(Appointment appointment, Instant now) =>
        appointment.Status == AppointmentStatus.Live ? appointment.End > now - Kept : appointment.UpdatedAt > now - Kept;

    public string Write()
    {
        var text = new CalendarText()
            .Line("BEGIN", "VCALENDAR").Line("VERSION", "2.0").Line("PRODID", "-//Appointments//EN").Line("CALSCALE", "GREGORIAN").Line("METHOD", "PUBLISH")
            .Text("NAME", Name).Text("X-WR-CALNAME", Name).Text("X-WR-TIMEZONE", Zone)
            .Line("REFRESH-INTERVAL;VALUE=DURATION", "PT15M").Line("X-PUBLISHED-TTL", "PT15M");
        foreach (var appointment in Appointments)
        {
            Write(text, appointment);
        }

        return text.Line("END", "VCALENDAR").ToString();
    }

    private void Write(CalendarText text, Appointment appointment)
    {
        var isCancelled = appointment.Status == AppointmentStatus.Cancelled;
        var who = appointment.Kind == AppointmentKind.Block ? BlockedWord : appointment.Customer.Name;
        var with = Resources.GetValueOrDefault(appointment.ResourceId, "");
        text.Line("BEGIN", "VEVENT")
            .Line("UID", string.Create(CultureInfo.InvariantCulture, $"appointment-{appointment.Id}@{UidDomain}"))
            .Line("SEQUENCE", (appointment.Revision - 1).ToString(CultureInfo.InvariantCulture))
            .At("DTSTAMP", appointment.UpdatedAt)
            .At("LAST-MODIFIED", appointment.UpdatedAt)
            .At("CREATED", appointment.CreatedAt)
            .At("DTSTART", appointment.Start)
            .At("DTEND", appointment.End)
            .Text("SUMMARY", string.Join(" · ", new[] { who, with }.Where(part => part.Length > 0)))
            .Line("STATUS", isCancelled ? "CANCELLED" : "CONFIRMED")
            .Line("TRANSP", isCancelled ? "TRANSPARENT" : "OPAQUE")
            .Line("CLASS", "PRIVATE");
        if (Location.Length > 0)
        {
            text.Text("LOCATION", Location);
        }

        text.Line("END", "VEVENT");
    }
}
