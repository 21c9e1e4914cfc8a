using NodaTime;
using Slotwright.Appointments;
using Slotwright.Platform;

namespace Slotwright.Schedules;

/// <summary>
/// The writing half of a schedule's activation: judges, marks, commits and answers. When a commit fails or is fenced off it gives
/// the agenda up.
/// </summary>
internal sealed partial class AgendaDesk(
    int accountId,
    int scheduleId,
    HeldAgenda held,
    IAgendaStore store,
    IIds ids,
    ISecrets secrets,
    IClock clock,
    Action changed,
    Action heldAnew)
{
    private readonly Dictionary<int, Task> changing = [];
    private readonly Dictionary<(string Credential, string Key), Task> keysInFlight = [];
    private readonly Stack<int> spareIds = new();

    private ScheduleRules Rules => held.Rules;

    public async Task<Appointment?> Find(int appointmentId)
    {
        if (held.Find(appointmentId) is { } known && !changing.ContainsKey(appointmentId))
        {
            return known;
        }

        var found = await store.Find(accountId, appointmentId);
        return found?.ScheduleId == scheduleId ? found : null;
    }

    public Task<Outcome<Booked, BookingRefusal>> Book(BookAppointment command)
    {
        CommandGuard.Check(command.Customer, command.Note, command.Language, command.Actor, command.Key);
        return Place(
            command, command.Actor, command.Key, static (book, asked, now) => book.NeedsFrom(asked, now), static (book, asked, now) => book.Judge(asked, now), ChangeKind.Booked,
            placed => placed with { Customer = command.Customer, Note = command.Note, Language = command.Language },
            book =>
            {
                if (command.Visitor is { } visitor && book.LetGo(visitor, null, Now()))
                {
                    heldAnew();
                }
            });
    }

    public async Task<Outcome<Held, BookingRefusal>> Hold(HoldPlace command)
    {
        CommandGuard.Check(command);
        var book = await held.Current();
        var outcome = book.Hold(command, Now());
        if (outcome.Accepted)
        {
            heldAnew();
        }

        return outcome;
    }

    public Task<Outcome<Booked, BookingRefusal>> Block(BlockTime command)
    {
        CommandGuard.Check(CustomerDetails.None, command.Note, "en", command.Actor, command.Key);
        return Place(
            command, command.Actor, command.Key, static (book, asked, now) => book.NeedsFrom(asked, now), static (book, asked, now) => book.Judge(asked, now), ChangeKind.Blocked,
            placed => placed with { Kind = AppointmentKind.Block, Note = command.Note });
    }

    public Task<Outcome<Booked, BookingRefusal>> Reschedule(RescheduleAppointment command) =>
        Change(command.AppointmentId, command.ManageToken, command.ExpectedRevision, command.Actor, command.Key, (book, now) => book.NeedsFrom(command, now), (book, current, now) =>
        {
            var judged = book.Judge(command, current, now);
            if (!judged.Accepted)
            {
                return judged.Refusal.Value;
            }

            var moved = current with
            {
                ResourceId = judged.Value.ResourceId,
                Start = judged.Value.Start,
                End = judged.Value.End,
                Zone = Rules.Definition.TimeZone,
                UtcOffset = OffsetAt(judged.Value.Start),
                BufferBeforeMinutes = judged.Value.BufferBeforeMinutes,
                BufferAfterMinutes = judged.Value.BufferAfterMinutes,
                OverlapAllowed = judged.Value.Overlaps,

                // Whoever came or did not was meant to come then.
                Attendance = judged.Value.Start == current.Start ? current.Attendance : Attendance.Unknown,
            };
            return new Decision(moved, ChangeKind.Moved, Counts(moved, now) - Counts(current, now));
        });

    public Task<Outcome<Booked, BookingRefusal>> Amend(AmendAppointment command)
    {
        CommandGuard.Check(command.Customer, command.Note, "en", command.Actor, command.Key);
        return Change(command.AppointmentId, null, command.ExpectedRevision, command.Actor, command.Key, static (_, _) => null, (book, current, _) =>
            book.Judge(command, current) is { } refusal
                ? refusal
                : new Decision(current with { Customer = command.Customer, Note = command.Note }, ChangeKind.Amended, CountDelta: 0));
    }

    public Task<Outcome<Booked, BookingRefusal>> Cancel(CancelAppointment command) =>
        Change(command.AppointmentId, command.ManageToken, command.ExpectedRevision, command.Actor, command.Key, static (_, _) => null, (book, current, now) =>
            book.Judge(command, current, now) is { } refusal
                ? refusal
                : new Decision(
                    current with { Status = AppointmentStatus.Cancelled },
                    current.Kind == AppointmentKind.Block ? ChangeKind.Unblocked : ChangeKind.Cancelled,
                    -Counts(current, now)));

    public Task<Outcome<Booked, BookingRefusal>> Mark(MarkAttendance command) =>
        Change(command.AppointmentId, null, command.ExpectedRevision, command.Actor, command.Key, static (_, _) => null, (book, current, _) =>
            book.Judge(command, current) is { } refusal
                ? refusal
                : new Decision(current with { Attendance = command.Attendance }, ChangeKind.AttendanceMarked, CountDelta: 0));

    /// <summary>
    /// Keeps the wall-clock time of everything upcoming where the zone's rules have changed since it was placed. Answers how many
    /// moved. What then overlaps stays, marked: both customers were promised their time.
    /// </summary>
    public async Task<int> FollowZone()
    {
        var moved = 0;
        var open = await held.Current();
        var touched = open.Upcoming(Now()).Where(appointment => ZoneKeeping.Resettle(appointment) is not null).ToList();

        // Those that go earlier go first where all go earlier, so that none lands on a neighbour that has yet to go.
        if (touched.Count > 0 && ZoneKeeping.Resettle(touched[0])!.Start > touched[0].Start)
        {
            touched.Reverse();
        }

        foreach (var candidate in touched)
        {
            var outcome = await Change(candidate.Id, null, candidate.Revision, ZoneKeeping.Actor, null, static (_, _) => null, (book, current, now) =>
                ZoneKeeping.Resettle(current) is { } settled
                    ? new Decision(
                        settled with { OverlapAllowed = current.OverlapAllowed || !book.IsFree(settled) },
                        ChangeKind.Moved,
                        Counts(settled, now) - Counts(current, now))
                    : BookingRefusal.NotAllowed);
            moved += outcome.Accepted ? 1 : 0;
        }

        return moved;
    }
}
