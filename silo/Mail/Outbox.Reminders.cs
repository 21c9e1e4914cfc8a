using System.Collections.Concurrent;
using Dapper;
using NodaTime;
using Slotwright.Appointments;

namespace Slotwright.Mail;

/// <summary>
/// Reminders are rows that are due later, made with the fact by which the appointment stands: one that is moved or cancelled is
/// reminded of by its later fact, or not at all.
/// </summary>
internal sealed partial class Outbox
{
    private const int UsualHours = 24;
    private const int MostSchedules = 10_000;

    private static readonly Duration HoursLifetime = Duration.FromSeconds(5);

    private readonly ConcurrentDictionary<int, (int? Hours, Instant At)> reminderHours = new();

    private async Task<NewDelivery[]> Reminder(FactRow fact, ChangeKind kind, Appointment? appointment)
    {
        if (kind is not (ChangeKind.Booked or ChangeKind.Moved)
            || appointment is not { Kind: AppointmentKind.Appointment, Status: AppointmentStatus.Live }
            || string.IsNullOrWhiteSpace(appointment.Customer.Email))
        {
            return [];
        }

        // Who books in the last hours has just been told.
        var due = await ReminderDue(appointment);
        return due is not { } at || Milliseconds(at) <= fact.At
            ? []
            :
            [
                new NewDelivery
                {
                    ChangeId = fact.Id,
                    AccountId = fact.AccountId,
                    AppointmentId = fact.AppointmentId,
                    Version = fact.Version,
                    Kind = fact.Kind,
                    Role = (int)DeliveryRole.Reminder,
                    Recipient = appointment.Customer.Email.Trim(),
                    FactAt = fact.At,
                    DueAt = Milliseconds(at),
                },
            ];
    }

    /// <summary>Null: its schedule reminds nobody.</summary>
    private async Task<Instant?> ReminderDue(Appointment appointment) =>
        await ReminderHours(appointment) is { } hours ? appointment.Start - Duration.FromHours(hours) : null;

    /// <summary>
    /// As the schedule said within the last seconds. One that cannot be asked is taken to say the usual: no confirmation waits for it, and
    /// before a reminder goes out it is asked again.
    /// </summary>
    private async Task<int?> ReminderHours(Appointment appointment)
    {
        var now = clock.GetCurrentInstant();
        if (reminderHours.TryGetValue(appointment.ScheduleId, out var known) && now >= known.At && now - known.At < HoursLifetime)
        {
            return known.Hours;
        }

        try
        {
            var schedule = await brand.Schedule(appointment.AccountId, appointment.ScheduleId);
            known = (schedule is null ? UsualHours : schedule.ReminderHours, now);
        }
#pragma warning disable CA1031 // Whatever keeps the schedule from answering, the confirmations of the same page go out.
        catch (Exception)
#pragma warning restore CA1031
        {
            known = (UsualHours, now);
        }

        if (reminderHours.Count >= MostSchedules)
        {
            reminderHours.Clear();
        }

        reminderHours[appointment.ScheduleId] = known;
        return known.Hours;
    }

    /// <summary>Never once it has begun; later when the schedule reminds later by now; not at all when it no longer reminds.</summary>
    private async Task<Letter> AsReminder(Letter letter)
    {
        if (letter.Unwanted is not null || letter.Appointment is not { } appointment)
        {
            return letter;
        }

        var now = clock.GetCurrentInstant();
        return appointment.Start <= now ? letter with { Unwanted = "The appointment has begun" }
            : await ReminderDue(appointment) is not { } due ? letter with { Unwanted = "The schedule sends no reminders any more" }
            : due > now ? letter with { NotBefore = due }
            : letter;
    }

    /// <summary>Due later, and not waiting until then.</summary>
    public Task Reschedule(Delivery delivery, Instant due) => database.Write(connection => connection.ExecuteAsync(
        """
        update deliveries set due_at = @due, made_at = @due, lease_until = 0, lease_owner = ''
        where id = @Id and lease_owner = @LeaseOwner and state = 1
        """,
        new { due = Milliseconds(due), delivery.Id, delivery.LeaseOwner }));
}
