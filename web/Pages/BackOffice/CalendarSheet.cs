using NodaTime;
using NodaTime.Text;
using Slotwright.Appointments;
using Slotwright.Schedules;

namespace Slotwright.Pages.BackOffice;

/// <summary>What the calendar's script draws. Times are wall clock of the schedule, <c>2026-12-09T14:30:00</c>.</summary>
public sealed record CalendarSheet
{
    public required IReadOnlyList<SheetEntry> Entries { get; init; }

    /// <summary>When nobody can be booked: of each resource, or of all together where they share a column.</summary>
    public required IReadOnlyList<SheetSpan> Closed { get; init; }

    /// <summary>Hours of the day worth showing, such as 8 and 19; what lies outside is shown when something does.</summary>
    public required int FromHour { get; init; }

    public required int ToHour { get; init; }
}

/// <param name="Id">Of the appointment.</param>
/// <param name="Kind">appointment, block or cancelled.</param>
/// <param name="Resource">Whose time.</param>
/// <param name="Start">Wall clock.</param>
/// <param name="End">Wall clock.</param>
/// <param name="Offset">Seconds from UTC at the start, which tells the passes of a repeated hour apart.</param>
/// <param name="Title">Name of the customer, or the reason of a block.</param>
/// <param name="With">Name of the resource.</param>
/// <param name="Attendance">arrived, noshow or null.</param>
/// <param name="Overlaps">Placed over another one on purpose.</param>
/// <param name="Revision">For moving it.</param>
/// <param name="Address">Of its page.</param>
public sealed record SheetEntry(
    int Id, string Kind, int Resource, string Start, string End, int Offset, string Title, string With, string? Attendance, bool Overlaps, int Revision, string Address);

/// <param name="Resource">Null: of everyone shown.</param>
/// <param name="Start">Wall clock.</param>
/// <param name="End">Wall clock.</param>
public sealed record SheetSpan(int? Resource, string Start, string End);

/// <summary>Makes the sheet out of rows and opening hours.</summary>
public static class CalendarDrawing
{
    private static readonly LocalDateTimePattern Clock = LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm':'ss");

    public static string Write(LocalDateTime time) => Clock.Format(time);

    public static LocalDateTime? Read(string? text) => text is not null && Clock.Parse(text).TryGetValue(default, out var time) ? time : null;

    public static SheetEntry Entry(DayEntry entry, string nameless, string address) => new(
        entry.Appointment.Id,
        entry.IsCancelled ? "cancelled" : entry.IsBlock ? "block" : "appointment",
        entry.Appointment.ResourceId,
        Write(entry.Start.LocalDateTime),
        Write(entry.End.LocalDateTime),
        entry.Start.Offset.Seconds,
        entry.IsBlock ? entry.Appointment.Note : entry.Appointment.Customer.Name.Length > 0 ? entry.Appointment.Customer.Name : nameless,
        entry.ResourceName,
        entry.Appointment.Attendance switch { Attendance.Arrived => "arrived", Attendance.NoShow => "noshow", _ => null },
        entry.Appointment.OverlapAllowed,
        entry.Appointment.Revision,
        address);

    /// <summary>The stretches of the days shown that no opening covers.</summary>
    public static IReadOnlyList<SheetSpan> Closed(CalendarChoice choice, IReadOnlyList<OpenHours> hours)
    {
        var (from, to) = (choice.First.AtMidnight(), choice.Last.PlusDays(1).AtMidnight());
        var shown = choice.Resources.Select(resource => resource.Id).ToHashSet();
        var wanted = hours.Where(open => shown.Contains(open.ResourceId));
        return choice.View switch
        {
            CalendarView.Week => [.. Gaps(null, wanted, from, to)],
            CalendarView.Day => [.. choice.Resources.SelectMany(resource => Gaps(resource.Id, wanted.Where(open => open.ResourceId == resource.Id), from, to))],

            // A row of days shows only whole ones.
            _ => [.. choice.Resources.SelectMany(resource => choice.Days
                .Where(day => wanted.All(open => open.ResourceId != resource.Id || open.From.Date != day))
                .Select(day => new SheetSpan(resource.Id, Write(day.AtMidnight()), Write(day.PlusDays(1).AtMidnight()))))],
        };
    }

    /// <summary>The first and last hour at which anyone is open, with one to spare; 8 to 18 when nobody ever is.</summary>
    public static (int From, int To) Hours(IReadOnlyList<OpenHours> hours)
    {
        if (hours.Count == 0)
        {
            return (8, 18);
        }

        var first = hours.Min(open => open.From.Hour);
        var last = hours.Max(open => open.To.Date > open.From.Date ? 24 : open.To.Hour + (open.To.Minute > 0 ? 1 : 0));
        return (Math.Max(0, first - 1), Math.Min(24, last + 1));
    }

    private static IEnumerable<SheetSpan> Gaps(int? resource, IEnumerable<OpenHours> hours, LocalDateTime from, LocalDateTime to)
    {
        var at = from;
        foreach (var open in hours.OrderBy(one => one.From))
        {
            if (open.From > at)
            {
                yield return new SheetSpan(resource, Write(at), Write(open.From < to ? open.From : to));
            }

            at = open.To > at ? open.To : at;
        }

        if (at < to)
        {
            yield return new SheetSpan(resource, Write(at), Write(to));
        }
    }
}
