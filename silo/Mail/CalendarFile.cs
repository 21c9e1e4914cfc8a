using System.Text;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using NodaTime;

namespace Slotwright.Mail;

/// <summary>What a calendar is to hold about one appointment, as one reader sees it.</summary>
public sealed record CalendarEntry
{
    public required int AppointmentId { get; init; }

    /// <summary>Behind the @ of the UID; the same for ever, so the operator's no-reply domain.</summary>
    public required string UidDomain { get; init; }

    /// <summary>Of the appointment, from 1; SEQUENCE is one less.</summary>
    public required int Revision { get; init; }

    public required Instant Start { get; init; }

    public required Instant End { get; init; }

    /// <summary>When the change happened that this file tells.</summary>
    public required Instant ChangedAt { get; init; }

    public required bool Cancelled { get; init; }

    public required string Summary { get; init; }

    public string Location { get; init; } = "";

    public string Description { get; init; } = "";

    public required Uri Url { get; init; }

    public required string OrganizerName { get; init; }

    public required string OrganizerEmail { get; init; }

    /// <summary>Who reads it; null for a file that is downloaded.</summary>
    public string? AttendeeEmail { get; init; }
}

/// <summary>RFC 5545 files of single appointments, in UTC. They name neither the platform nor any library.</summary>
public static class CalendarFile
{
    /// <summary>REQUEST, or CANCEL for a cancelled one; PUBLISH when nobody is invited.</summary>
    public static string MethodOf(CalendarEntry entry) =>
        entry.Cancelled ? "CANCEL" : entry.AttendeeEmail is null ? "PUBLISH" : "REQUEST";

    /// <summary>Lines end with CR LF and are folded.</summary>
    public static string Of(CalendarEntry entry)
    {
        var calendar = new Calendar { ProductId = "-//Appointments//EN", Method = MethodOf(entry), Version = "2.0" };
        var appointment = new CalendarEvent
        {
            Uid = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"appointment-{entry.AppointmentId}@{entry.UidDomain}"),
            Sequence = entry.Revision - 1,
            DtStamp = Utc(entry.ChangedAt),
            LastModified = Utc(entry.ChangedAt),
            DtStart = Utc(entry.Start),
            DtEnd = Utc(entry.End),
            Summary = CleanText.Line(entry.Summary),
            Status = entry.Cancelled ? "CANCELLED" : "CONFIRMED",
            Transparency = entry.Cancelled ? "TRANSPARENT" : "OPAQUE",
            Url = entry.Url,
            Organizer = new Organizer("mailto:" + entry.OrganizerEmail) { CommonName = Parameter(entry.OrganizerName) },
        };
        if (entry.Location.Length > 0)
        {
            appointment.Location = CleanText.Line(entry.Location);
        }

        if (entry.Description.Length > 0)
        {
            appointment.Description = CleanText.Lines(entry.Description);
        }

        if (entry.AttendeeEmail is { } attendee)
        {
            appointment.Attendees.Add(new Attendee("mailto:" + attendee)
            {
                CommonName = attendee,
                Role = "REQ-PARTICIPANT",
                ParticipationStatus = "ACCEPTED",
                Rsvp = false,
            });
        }

        calendar.Events.Add(appointment);
        var file = new CalendarSerializer().SerializeToString(calendar) ?? throw new InvalidOperationException("The calendar file came out empty");
        return Fold(file.ReplaceLineEndings("\r\n").Replace("\r\n ", "", StringComparison.Ordinal));
    }

    // A parameter's value has no escapes, so what would end it is left out.
    private static string Parameter(string text) => CleanText.Line(text).Replace('"', '\'');

    // The library folds between the halves of a character; a line is at most 75 octets and ends between characters.
    private static string Fold(string file)
    {
        var folded = new StringBuilder(file.Length + 64);
        foreach (var line in file.Split("\r\n", StringSplitOptions.RemoveEmptyEntries))
        {
            var octets = 0;
            foreach (var rune in line.EnumerateRunes())
            {
                if (octets + rune.Utf8SequenceLength > 75)
                {
                    folded.Append("\r\n ");
                    octets = 1;
                }

                folded.Append(rune.ToString());
                octets += rune.Utf8SequenceLength;
            }

            folded.Append("\r\n");
        }

        return folded.ToString();
    }

    private static CalDateTime Utc(Instant instant) => new(instant.ToDateTimeUtc(), "UTC", true);
}
