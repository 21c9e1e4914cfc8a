using NodaTime;
using Slotwright.Appointments;

namespace Slotwright.Schedules;

public sealed partial class Agenda
{
    /// <summary>What has not ended, ascending by start.</summary>
    public IReadOnlyList<Appointment> Upcoming(Instant now) =>
        [.. latest.Values.Where(appointment => appointment.End > now).OrderBy(appointment => appointment.Start).ThenBy(appointment => appointment.Id)];

    /// <summary>Appointments to come that the former rules' hours held whole and those of today do not; time that staff block needs no hours.</summary>
    public IReadOnlyList<Appointment> LeftOutside(ScheduleRules former, Instant now) =>
        [.. Upcoming(now).Where(appointment => appointment.Kind == AppointmentKind.Appointment && appointment.Start > now && former.IsOpenFor(appointment) && !Rules.IsOpenFor(appointment))];

    /// <summary>Nothing else stands in its way, its own former place aside.</summary>
    public bool IsFree(Appointment placed)
    {
        var start = WallClock.FloorSeconds(placed.Start);
        var wanted = new BusyTime.Wanted(
            WallClock.FloorSeconds(placed.End) - start, placed.BufferBeforeMinutes * 60L, placed.BufferAfterMinutes * 60L, placed.Id);
        return IsFree(placed.ResourceId, wanted, start);
    }
}
