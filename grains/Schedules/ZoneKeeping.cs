using NodaTime;
using Slotwright.Appointments;

namespace Slotwright.Schedules;

/// <summary>
/// What happens to appointments when a country changes its clocks after they were made: the wall-clock time that was promised
/// stays, the instant moves.
/// </summary>
public static class ZoneKeeping
{
    /// <summary>Whom the history names.</summary>
    public static readonly Actor Actor = new() { Kind = ActorKind.Staff, Name = "time-zone data" };

    /// <summary>By the rules that this process knows for the appointment's own zone, whatever its schedule's zone is now.</summary>
    public static Appointment? Resettle(Appointment appointment) =>
        DateTimeZoneProviders.Tzdb.GetZoneOrNull(appointment.Zone) is { } zone ? Resettle(appointment, zone) : null;

    /// <summary>
    /// The appointment at the instant that its promised wall-clock time has by these rules, or null when it has that already. A
    /// promised time that the new rules skip becomes the first one after the gap.
    /// </summary>
    public static Appointment? Resettle(Appointment appointment, DateTimeZone zone)
    {
        var promised = appointment.Start.WithOffset(Offset.FromSeconds(appointment.UtcOffset)).LocalDateTime;
        var present = zone.MapLocal(promised);
        var start = present.Count switch
        {
            0 => zone.AtLeniently(promised),
            1 => present.Single(),
            _ => present.First().ToInstant() == appointment.Start || present.Last().ToInstant() != appointment.Start ? present.First() : present.Last(),
        };
        return start.ToInstant() == appointment.Start
            ? null
            : appointment with
            {
                Start = start.ToInstant(),
                End = start.ToInstant() + (appointment.End - appointment.Start),
                UtcOffset = start.Offset.Seconds,
            };
    }
}
