using NodaTime;
using Slotwright.Appointments;
using Slotwright.Pages.Schedules;
using Slotwright.Platform;
using Slotwright.Schedules;

namespace Slotwright.Pages.Appointments;

/// <summary>How an appointment stands for the holder of its link.</summary>
public enum ManagedStanding
{
    Booked = 1,
    Cancelled = 2,
    Over = 3,
}

/// <summary>One appointment as its customer sees it.</summary>
public sealed record ManagedView
{
    public required ManagedAppointment Managed { get; init; }

    public required ManagedStanding Standing { get; init; }

    /// <summary>The page of this appointment; the pages to move and to cancel it lie below.</summary>
    public required string Address { get; init; }

    public Appointment Appointment => Managed.Appointment;

    public ScheduleFace Schedule => Managed.Schedule;

    /// <summary>Null when the resource is no longer one of the schedule's.</summary>
    public string? ResourceName => Schedule.Resources.FirstOrDefault(resource => resource.Id == Appointment.ResourceId)?.Name;

    /// <summary>Its length in minutes when that is not the schedule's default; null: the default.</summary>
    public int? OwnLength =>
        (int)(Appointment.End - Appointment.Start).TotalMinutes is var minutes && minutes == Schedule.Length.DefaultMinutes ? null : minutes;

    /// <summary>Until when a customer could move it; null: never.</summary>
    public Instant? MoveUntil => Before(Schedule.ChangeDeadlineMinutes);

    /// <summary>Until when a customer could cancel it; null: never.</summary>
    public Instant? CancelUntil => Before(Schedule.CancelDeadlineMinutes);

    public static ManagedView Of(string accountName, ManagedAppointment managed, string token, Instant now) => new()
    {
        Managed = managed,
        Standing = managed.Appointment.Status == AppointmentStatus.Cancelled ? ManagedStanding.Cancelled
            : managed.Appointment.End <= now ? ManagedStanding.Over
            : ManagedStanding.Booked,
        Address = Links.Manage(accountName, managed.Appointment.Id, token),
    };

    /// <summary>Weeks in which another time is chosen.</summary>
    public WeekLinks Times(WeekChoice choice) => new(Address + "/move", Address + "/move/confirm", choice) { KeepsLength = true };

    private Instant? Before(int? minutes) => minutes is { } known ? Appointment.Start - Duration.FromMinutes(known) : null;
}
