using System.Globalization;
using System.Text;
using NodaTime.Text;
using Slotwright.Appointments;
using Slotwright.Pages;
using Slotwright.Pages.Appointments;

namespace Slotwright.Calendars;

/// <summary>One appointment for its customer's calendar: as a file, and as addresses that fill in another site's form. In UTC, so that no zone's rules have to be known.</summary>
public sealed record AppointmentCalendar
{
    private static readonly InstantPattern Stamp = InstantPattern.CreateWithInvariantCulture("uuuuMMdd'T'HHmmss'Z'");

    private readonly Appointment appointment;
    private readonly string title;
    private readonly string location;
    private readonly string description;
    private readonly string uid;
    private readonly string manage;

    private AppointmentCalendar(Appointment appointment, string title, string location, string description, string uid, string manage) =>
        (this.appointment, this.title, this.location, this.description, this.uid, this.manage) = (appointment, title, location, description, uid, manage);

    /// <param name="view">The appointment as its customer sees it.</param>
    /// <param name="business">Who is visited.</param>
    /// <param name="manage">The whole address of its page.</param>
    /// <param name="uidDomain">Behind the @ of the UID, as in the mails' files: calendars know the two as one appointment.</param>
    public static AppointmentCalendar Of(ManagedView view, string business, Uri manage, string uidDomain)
    {
        var title = $"{TypedText.Line(view.Schedule.Name)} · {TypedText.Line(business)}";
        var with = view.Schedule.Resources.Count > 1 && view.ResourceName is { } name ? TypedText.Line(name) : null;
        return new AppointmentCalendar(
            view.Appointment,
            title,
            TypedText.Line(view.Schedule.Location),
            string.Join('\n', new[] { with, TypedText.Line(view.Schedule.Description), manage.AbsoluteUri }.Where(line => line is { Length: > 0 })),
            string.Create(CultureInfo.InvariantCulture, $"appointment-{view.Appointment.Id}@{uidDomain}"),
            manage.AbsoluteUri);
    }

    /// <summary>RFC 5545, lines folded at 75 octets. Names neither the platform nor any program.</summary>
    public string File()
    {
        var file = new StringBuilder();
        foreach (var line in (IEnumerable<string>)
            [
                "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Appointments//EN", "METHOD:PUBLISH", "BEGIN:VEVENT",
                $"UID:{uid}",
                string.Create(CultureInfo.InvariantCulture, $"SEQUENCE:{appointment.Revision - 1}"),
                $"DTSTAMP:{Stamp.Format(appointment.UpdatedAt)}",
                $"DTSTART:{Stamp.Format(appointment.Start)}",
                $"DTEND:{Stamp.Format(appointment.End)}",
                $"SUMMARY:{Escape(title)}",
                .. location.Length > 0 ? [$"LOCATION:{Escape(location)}"] : Array.Empty<string>(),
                $"DESCRIPTION:{Escape(description)}",
                $"URL:{manage}",
                appointment.Status == AppointmentStatus.Cancelled ? "STATUS:CANCELLED" : "STATUS:CONFIRMED",
                "END:VEVENT", "END:VCALENDAR",
            ])
        {
            Fold(file, line);
        }

        return file.ToString();
    }

    public Uri Google() => With(
        "https://calendar.google.com/calendar/render",
        ("action", "TEMPLATE"), ("text", title), ("dates", $"{Stamp.Format(appointment.Start)}/{Stamp.Format(appointment.End)}"), ("location", location), ("details", description));

    public Uri Outlook() => With(
        "https://outlook.live.com/calendar/0/deeplink/compose",
        ("path", "/calendar/action/compose"), ("rru", "addevent"), ("subject", title),
        ("startdt", InstantPattern.General.Format(appointment.Start)), ("enddt", InstantPattern.General.Format(appointment.End)), ("location", location), ("body", description));

    private static Uri With(string address, params (string Key, string Value)[] query) =>
        new(address + QueryString.Create(query.Where(pair => pair.Value.Length > 0).Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value))));

    private static string Escape(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(";", "\\;", StringComparison.Ordinal).Replace(",", "\\,", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private static void Fold(StringBuilder file, string line)
    {
        var octets = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > 75)
            {
                file.Append("\r\n ");
                octets = 1;
            }

            file.Append(rune.ToString());
            octets += rune.Utf8SequenceLength;
        }

        file.Append("\r\n");
    }
}
