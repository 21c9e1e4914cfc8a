using System.Globalization;
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

    /// <summary>Names neither the platform nor any program.</summary>
    public string File()
    {
        var text = new CalendarText()
            .Line("BEGIN", "VCALENDAR").Line("VERSION", "2.0").Line("PRODID", "-//Appointments//EN").Line("METHOD", "PUBLISH").Line("BEGIN", "VEVENT")
            .Line("UID", uid)
            .Line("SEQUENCE", (appointment.Revision - 1).ToString(CultureInfo.InvariantCulture))
            .At("DTSTAMP", appointment.UpdatedAt)
            .At("DTSTART", appointment.Start)
            .At("DTEND", appointment.End)
            .Text("SUMMARY", title);
        if (location.Length > 0)
        {
            text.Text("LOCATION", location);
        }

        return text.Text("DESCRIPTION", description)
            .Line("URL", manage)
            .Line("STATUS", appointment.Status == AppointmentStatus.Cancelled ? "CANCELLED" : "CONFIRMED")
            .Line("END", "VEVENT").Line("END", "VCALENDAR")
            .ToString();
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
}
