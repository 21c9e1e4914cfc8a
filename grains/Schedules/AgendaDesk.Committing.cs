using NodaTime;
using Slotwright.Appointments;
using Slotwright.Platform;

namespace Slotwright.Schedules;

/// <summary>How a decision becomes durable: one at a time for each appointment, marked in memory, then stored, then answered.</summary>
internal sealed partial class AgendaDesk
{
    /// <summary>Places something new where it was judged to go.</summary>
    private async Task<Outcome<Booked, BookingRefusal>> Place<T>(
        T command,
        Actor actor,
        RepeatKey? key,
        Func<Agenda, T, Instant, Instant?> needsFrom,
        Func<Agenda, T, Instant, Outcome<Placement, BookingRefusal>> judge,
        ChangeKind kind,
        Func<Appointment, Appointment> describe,
        Action<Agenda>? stored = null)
    {
        var book = await held.ForWriting();
        var id = spareIds.Count > 0 ? spareIds.Pop() : await ids.Next(IdKind.Change);
        var now = Now();
        await Settle(book, key, command, needsFrom);

        // From here to Append nothing is awaited: judging and taking are one step.
        var judged = judge(book, command, now);
        if (!judged.Accepted)
        {
            spareIds.Push(id);
            return await KnownOr(key, judged.Refusal.Value);
        }

        var placed = describe(new Appointment
        {
            Id = id,
            AccountId = accountId,
            ScheduleId = scheduleId,
            ResourceId = judged.Value.ResourceId,
            Kind = AppointmentKind.Appointment,
            Status = AppointmentStatus.Live,
            Start = judged.Value.Start,
            End = judged.Value.End,
            Zone = Rules.Definition.TimeZone,
            BufferBeforeMinutes = judged.Value.BufferBeforeMinutes,
            BufferAfterMinutes = judged.Value.BufferAfterMinutes,
            OverlapAllowed = judged.Value.Overlaps,
            Customer = CustomerDetails.None,
            Language = "en",
            Revision = 1,
            CreatedAt = now,
            CreatedBy = actor.Name,
            UpdatedAt = now,
            UpdatedBy = actor.Name,
            ManageSalt = ManageToken.NewSalt(),
            UtcOffset = OffsetAt(judged.Value.Start),
        });
        var outcome = await Commit(book, Write(placed, id, kind, actor, key, Counts(placed, now)), before: null);
        if (outcome.Accepted)
        {
            stored?.Invoke(book);
        }

        return outcome;
    }

    /// <summary>One change to an existing appointment at a time: of two at once, the second is judged on what the first left.</summary>
    private async Task<Outcome<Booked, BookingRefusal>> Change(
        int appointmentId,
        string? manageToken,
        int? expectedRevision,
        Actor actor,
        RepeatKey? key,
        Func<Agenda, Instant, Instant?> needsFrom,
        Func<Agenda, Appointment, Instant, Outcome<Decision, BookingRefusal>> decide)
    {
        CommandGuard.Check(CustomerDetails.None, "", "en", actor, key);
        var book = await held.ForWriting();
        var changeId = spareIds.Count > 0 ? spareIds.Pop() : await ids.Next(IdKind.Change);
        while (changing.TryGetValue(appointmentId, out var other))
        {
            await Quietly(other);
        }

        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        changing.Add(appointmentId, done.Task);
        try
        {
            held.ThrowIfStale();
            var current = book.Find(appointmentId) ?? await store.Find(accountId, appointmentId);
            var refused = Refuse(current, manageToken, expectedRevision, actor);
            if (refused is { } refusal)
            {
                spareIds.Push(changeId);
                return await KnownOr(key, refusal);
            }

            var now = Now();
            await Settle(book, key, needsFrom, static (open, needs, at) => needs(open, at));
            var decided = decide(book, current!, now);
            if (!decided.Accepted)
            {
                spareIds.Push(changeId);
                return await KnownOr(key, decided.Refusal.Value);
            }

            if (decided.Value.Appointment == current)
            {
                // Already as it was asked for: nothing happened that anyone should be told.
                spareIds.Push(changeId);
                return Answer(current!, held.Version, repeated: false);
            }

            var after = decided.Value.Appointment with { Revision = current!.Revision + 1, UpdatedAt = now, UpdatedBy = actor.Name };
            var write = Write(after, changeId, decided.Value.Kind, actor, key, decided.Value.CountDelta) with
            {
                MovedFromStart = WasElsewhere(decided.Value, actor) ? current.Start : null,
                MovedFromEnd = WasElsewhere(decided.Value, actor) ? current.End : null,
            };
            return await Commit(book, write, current);
        }
        finally
        {
            changing.Remove(appointmentId);
            done.SetResult();
        }
    }

    private BookingRefusal? Refuse(Appointment? current, string? manageToken, int? expectedRevision, Actor actor)
    {
        if (current is null || current.ScheduleId != scheduleId)
        {
            return BookingRefusal.UnknownAppointment;
        }

        if (actor.Kind == ActorKind.Customer && (manageToken is null || !ManageToken.Opens(secrets, current, manageToken)))
        {
            return BookingRefusal.UnknownAppointment;
        }

        if (current.Status == AppointmentStatus.Cancelled)
        {
            return BookingRefusal.AlreadyCancelled;
        }

        return expectedRevision is { } expected && expected != current.Revision ? BookingRefusal.ChangedMeanwhile : null;
    }

    private async Task<Outcome<Booked, BookingRefusal>> Commit(Agenda book, AgendaWrite write, Appointment? before)
    {
        var placed = write.Appointment;
        var live = placed.Status == AppointmentStatus.Live;
        if (live)
        {
            book.Take(placed);
        }

        AgendaCommit result;
        try
        {
            var commit = store.Append(write);
            if (write.Key is { } key)
            {
                keysInFlight[(key.Credential, key.Key)] = commit;
            }

            result = await commit;
        }
        catch
        {
            heldAnew();
            held.Abandon();
            throw;
        }
        finally
        {
            if (write.Key is { } sent)
            {
                keysInFlight.Remove((sent.Credential, sent.Key));
            }
        }

        switch (result.Result)
        {
            case AgendaCommitResult.Stored:
                if (before is not null)
                {
                    book.Release(before);
                }

                held.Committed(placed.Id, result.Version);
                changed();
                BookingMeters.Count(write.Kind);
                return Answer(placed, result.Version, repeated: false);

            case AgendaCommitResult.KeyKnown:
                TakeBack(book, placed, live);
                return await KnownOr(write.Key, BookingRefusal.KeyReused);

            case AgendaCommitResult.AccountFull:
                TakeBack(book, placed, live);
                return await KnownOr(write.Key, BookingRefusal.AccountFull);

            case AgendaCommitResult.AccountPaused:
                TakeBack(book, placed, live);
                return await KnownOr(write.Key, BookingRefusal.AccountPaused);

            default:
                held.Abandon();
                throw new StaleAgendaException($"The agenda of schedule {scheduleId} was taken over ({result.Result}).");
        }
    }

    private void TakeBack(Agenda book, Appointment placed, bool live)
    {
        if (live)
        {
            book.Release(placed);
            heldAnew();
        }
    }

    /// <summary>
    /// Waits until nothing more has to be waited for before a command is judged: a repeat for the first of its kind, so that it is
    /// answered from what that one stored, and what reaches into the past for the rows of that past. Judge in the same step.
    /// </summary>
    private async ValueTask Settle<T>(Agenda book, RepeatKey? key, T asked, Func<Agenda, T, Instant, Instant?> needsFrom)
    {
        while (true)
        {
            if (key is not null && keysInFlight.TryGetValue((key.Credential, key.Key), out var first))
            {
                await Quietly(first);
            }
            else if (needsFrom(book, asked, Now()) is { } from && from < book.LoadedFrom)
            {
                await held.LookBackTo(from);
            }
            else
            {
                held.ThrowIfStale();
                return;
            }
        }
    }

    private static Task Quietly(Task task) =>
        task.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Current);

    /// <summary>Before a keyed command is refused it is looked up: a repeat gets its first answer, however the agenda stands now.</summary>
    private async Task<Outcome<Booked, BookingRefusal>> KnownOr(RepeatKey? key, BookingRefusal refusal)
    {
        if (key is null || await store.FindByKey(accountId, key) is not { } known)
        {
            BookingMeters.Count(refusal);
            return refusal;
        }

        return known.Fingerprint == key.Fingerprint && known.Change.Appointment.ScheduleId == scheduleId
            ? Answer(known.Change.Appointment, known.Change.Version, repeated: true)
            : BookingRefusal.KeyReused;
    }

    private Outcome<Booked, BookingRefusal> Answer(Appointment appointment, long version, bool repeated) => new Booked
    {
        Appointment = appointment,
        ManageToken = ManageToken.Of(secrets, appointment),
        AgendaVersion = version,
        Repeated = repeated,
    };

    private AgendaWrite Write(Appointment appointment, int changeId, ChangeKind kind, Actor actor, RepeatKey? key, int countDelta) => new()
    {
        AgendaId = held.Id,
        Epoch = held.Epoch,
        Appointment = appointment,
        ChangeId = changeId,
        Kind = kind,
        Actor = actor,
        Key = key,
        NeedsOpenAccount = actor.Kind == ActorKind.ApiKey
            ? kind is ChangeKind.Booked or ChangeKind.Moved or ChangeKind.Amended
            : kind is ChangeKind.Booked or ChangeKind.Moved && actor.Kind == ActorKind.Customer,
        CountDelta = countDelta,
    };

    /// <summary>Where the zone's rules changed, the old instant read by the new rules would be a time that nobody was told.</summary>
    private static bool WasElsewhere(Decision decision, Actor actor) => decision.Kind == ChangeKind.Moved && actor != ZoneKeeping.Actor;

    private int OffsetAt(Instant instant) => Rules.Zone.GetUtcOffset(instant).Seconds;

    private static int Counts(Appointment appointment, Instant now) =>
        appointment is { Kind: AppointmentKind.Appointment, Status: AppointmentStatus.Live } && appointment.End > now ? 1 : 0;

    private Instant Now() => Instant.FromUnixTimeMilliseconds(clock.GetCurrentInstant().ToUnixTimeMilliseconds());

    private sealed record Decision(Appointment Appointment, ChangeKind Kind, int CountDelta);
}
