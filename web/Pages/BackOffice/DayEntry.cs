using NodaTime;
using Slotwright.Appointments;
using Slotwright.Localisation;
using Slotwright.Schedules;

namespace Slotwright.Pages.BackOffice;

/// <summary>An appointment or block as staff read it: with names, and in the zone of its schedule.</summary>
/// <param name="Appointment">An appointment or a block.</param>
/// <param name="Start">In the zone of its schedule.</param>
/// <param name="End">In the zone of its schedule.</param>
/// <param name="ScheduleName">Empty when the schedule is no longer known.</param>
/// <param name="ResourceName">Empty when the resource is no longer known.</param>
public sealed record DayEntry(Appointment Appointment, ZonedDateTime Start, ZonedDateTime End, string ScheduleName, string ResourceName)
{
    public bool IsBlock => Appointment.Kind == AppointmentKind.Block;

    public bool IsCancelled => Appointment.Status == AppointmentStatus.Cancelled;

    /// <summary>A customer is expected: arrived and no-show can be noted.</summary>
    public bool IsExpected => !IsBlock && !IsCancelled;

    /// <summary>Telephone numbers as they were given; may be empty.</summary>
    public IEnumerable<string> Phones => new[] { Appointment.Customer.Phone, Appointment.Customer.Mobile }.Where(number => number.Length > 0).Distinct();

    public static DayEntry Of(Appointment appointment, IReadOnlyList<ScheduleFace> schedules)
    {
        var schedule = schedules.FirstOrDefault(known => known.Id == appointment.ScheduleId);
        var zone = TimeWords.Zone(appointment.Zone);
        return new DayEntry(
            appointment,
            appointment.Start.InZone(zone),
            appointment.End.InZone(zone),
            schedule?.Name ?? "",
            schedule?.Resources.FirstOrDefault(resource => resource.Id == appointment.ResourceId)?.Name ?? "");
    }

    /// <summary>As they came.</summary>
    public static IReadOnlyList<DayEntry> Of(IReadOnlyList<Appointment> appointments, IReadOnlyList<ScheduleFace> schedules) =>
        [.. appointments.Select(appointment => Of(appointment, schedules))];
}
