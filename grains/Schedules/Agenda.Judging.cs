using System.Diagnostics.CodeAnalysis;
using NodaTime;
using Slotwright.Appointments;
using Slotwright.Time;

namespace Slotwright.Schedules;

public sealed partial class Agenda
{
    /// <summary>
    /// How far back the agenda has to look for this command: when it is before <see cref="LoadedFrom"/>, extend first. Null: no
    /// further than it does; the command will be refused for its time.
    /// </summary>
    public Instant? NeedsFrom(BookAppointment command, Instant now) => NeedsFrom(command.Start, command.Actor.Kind, now);

    public Instant? NeedsFrom(RescheduleAppointment command, Instant now) => NeedsFrom(command.Start, command.Actor.Kind, now);

    public Instant? NeedsFrom(BlockTime command, Instant now) => NeedsFrom(command.Start, command.Actor.Kind, now);

    /// <summary>Where a new appointment may be placed, or why not; see <see cref="BookingRefusal"/> for the order.</summary>
    public Outcome<Placement, BookingRefusal> Judge(BookAppointment command, Instant now)
    {
        if (IsCustomer(command.Actor.Kind) && !Rules.HasRequired(command.Customer, command.Note))
        {
            return BookingRefusal.DetailsMissing;
        }

        var asked = new Asked(command.Actor, command.Start, command.End, command.ResourceId, command.AllowOverlap)
        {
            Email = command.Customer.NormalisedEmail,
            UsualLength = Rules.Definition.Length.DefaultMinutes * WallClock.Minute,
            OwnHold = command.Visitor is { } visitor ? HoldIdOf(visitor) : 0,
        };
        return MayOverlap(asked) ? Place(asked, now) : BookingRefusal.NotAllowed;
    }

    /// <summary>
    /// As <see cref="Judge(BookAppointment, Instant)"/> for an appointment or block that stands; its own place is not in its way.
    /// The new place is taken with the present buffers.
    /// </summary>
    public Outcome<Placement, BookingRefusal> Judge(RescheduleAppointment command, Appointment current, Instant now)
    {
        var asked = new Asked(command.Actor, command.Start, command.End, command.ResourceId, command.AllowOverlap)
        {
            Current = current,
            IsBlock = current.Kind == AppointmentKind.Block,
            Email = current.Customer.NormalisedEmail,
            UsualLength = WallClock.FloorSeconds(current.End) - WallClock.FloorSeconds(current.Start),
        };
        if (!MayOverlap(asked))
        {
            return BookingRefusal.NotAllowed;
        }

        if (Standing(current, command.Actor, command.ExpectedRevision) is { } refusal)
        {
            return refusal;
        }

        if (IsCustomer(command.Actor.Kind)
            && TooLate(current, Rules.Definition.ChangeDeadlineMinutes, BookingRefusal.ChangeDeadlinePassed, now) is { } late)
        {
            return late;
        }

        return Place(asked, now);
    }

    /// <summary>Null: may be amended. Customers never may: they move or cancel.</summary>
    [SuppressMessage("Performance", "CA1822", Justification = "One of the agenda's judgements: callers ask the agenda, whatever it looks at.")]
    public BookingRefusal? Judge(AmendAppointment command, Appointment current) =>
        IsCustomer(command.Actor.Kind) ? BookingRefusal.NotAllowed : Standing(current, command.Actor, command.ExpectedRevision);

    /// <summary>Null: may be cancelled.</summary>
    public BookingRefusal? Judge(CancelAppointment command, Appointment current, Instant now) =>
        Standing(current, command.Actor, command.ExpectedRevision)
        ?? (IsCustomer(command.Actor.Kind)
            ? TooLate(current, Rules.Definition.CancelDeadlineMinutes, BookingRefusal.CancelDeadlinePassed, now)
            : null);

    public Outcome<Placement, BookingRefusal> Judge(BlockTime command, Instant now)
    {
        var asked = new Asked(command.Actor, command.Start, command.End, command.ResourceId, command.AllowOverlap) { IsBlock = true };
        return IsCustomer(command.Actor.Kind) || !MayOverlap(asked) ? BookingRefusal.NotAllowed : Place(asked, now);
    }

    /// <summary>What a customer may do with it now, as far as the rules of moving and cancelling go.</summary>
    public (bool MayMove, bool MayCancel) CustomerMay(Appointment current, Instant now)
    {
        var stands = current is { Status: AppointmentStatus.Live, Kind: AppointmentKind.Appointment };
        var definition = Rules.Definition;
        return (
            stands && TooLate(current, definition.ChangeDeadlineMinutes, BookingRefusal.ChangeDeadlinePassed, now) is null,
            stands && TooLate(current, definition.CancelDeadlineMinutes, BookingRefusal.CancelDeadlinePassed, now) is null);
    }

    // An actor of a kind that is not known is held to everything.
    private static bool IsCustomer(ActorKind kind) => kind != ActorKind.ApiKey && !kind.IsStaff();

    private static bool MayOverlap(in Asked asked) => !asked.AllowOverlap || asked.IsStaff;

    private static BookingRefusal? Standing(Appointment current, Actor actor, int? expectedRevision)
    {
        if (current.Kind == AppointmentKind.Block && IsCustomer(actor.Kind))
        {
            return BookingRefusal.NotAllowed;
        }

        if (current.Status != AppointmentStatus.Live)
        {
            return BookingRefusal.AlreadyCancelled;
        }

        return expectedRevision is { } expected && expected != current.Revision ? BookingRefusal.ChangedMeanwhile : null;
    }

    private static BookingRefusal? TooLate(Appointment current, int? deadlineMinutes, BookingRefusal late, Instant now)
    {
        if (current.End <= now)
        {
            return BookingRefusal.AlreadyOver;
        }

        return Deadline.IsOpen(deadlineMinutes, current.Start, now) ? null : late;
    }

    private Instant? NeedsFrom(Moment start, ActorKind kind, Instant now)
    {
        if (Rules.Resolve(start, out var seconds) is not null)
        {
            return null;
        }

        // Only staff place anything before now; the customers' limits count what has not ended now.
        var from = WallClock.ToInstant(seconds - Rules.BufferBefore);
        return kind.IsStaff() ? from : Instant.Max(from, now - Duration.FromSeconds(Rules.BufferBefore));
    }

    /// <summary>One wish for a place, whichever command it came with.</summary>
    private readonly record struct Asked(Actor Actor, Moment Start, Moment? End, int? ResourceId, bool AllowOverlap)
    {
        /// <summary>What is to be moved; null: something new.</summary>
        public Appointment? Current { get; init; }

        public bool IsBlock { get; init; }

        /// <summary>Of the visitor's own hold, which is not in the way; 0: none.</summary>
        public int OwnHold { get; init; }

        /// <summary>By which a customer's limits are counted; empty: nobody's.</summary>
        public string? Email { get; init; }

        /// <summary>In seconds, when no end was given.</summary>
        public long UsualLength { get; init; }

        public bool IsStaff => Actor.Kind.IsStaff();

        public bool IsCustomer => Agenda.IsCustomer(Actor.Kind);

        /// <summary>Hours, grid and lengths do not concern staff, nor blocks.</summary>
        public bool IsFreeOfHours => IsStaff || IsBlock;
    }
}
