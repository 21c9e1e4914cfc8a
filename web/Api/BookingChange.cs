using NodaTime;
using Slotwright.Appointments;
using Slotwright.Live;
using Slotwright.Schedules;
using Slotwright.Tenancy;
using Slotwright.Time;

namespace Slotwright.Api;

/// <summary>
/// One update of a booking as at most two commands: the move, then the amendment. With an idempotency key each is sent whenever its attributes came,
/// changed or not, so that a repeat meets the same keys; the second one's key belongs to a credential of its own.
/// </summary>
internal sealed class BookingChange(Grains grains, FreeTimesCache freeTimes, ApiCall call, ScheduleFace schedule, Appointment booking)
{
    private const string SecondCredential = "api:amend";

    public bool Repeated { get; private set; }

    public Moment Wanted { get; private set; } = Moment.At(booking.Start);

    public int? WantedMinutes { get; private set; }

    public int WantedResource { get; private set; } = booking.ResourceId;

    /// <summary>Null: done, or the input has an error and nothing was sent.</summary>
    public async Task<BookingRefusal?> Apply()
    {
        var place = BookingInput.ReadPlace(call.Input, schedule);
        var (customer, note) = BookingInput.ReadDetails(call.Input, booking.Customer, booking.Note);
        if (call.Input.Error is not null)
        {
            return null;
        }

        var isKeyed = call.RepeatKey is not null;
        var revision = booking.Revision;
        if (!place.IsEmpty && (isKeyed || Moves(place)))
        {
            var moved = await Move(place);
            if (!moved.Accepted)
            {
                return moved.Refusal;
            }

            Took(moved.Value);
            revision = moved.Value.Repeated ? revision : moved.Value.Appointment.Revision;
        }

        if (BookingInput.HasDetails(call.Input) && (isKeyed || customer != booking.Customer || note != booking.Note))
        {
            var amended = await Amend(customer, note, revision, isSecond: !place.IsEmpty);
            if (!amended.Accepted)
            {
                return amended.Refusal;
            }

            Took(amended.Value);
        }

        return null;
    }

    private Task<Outcome<Booked, BookingRefusal>> Move(WantedPlace place)
    {
        var zone = ApiFormat.Zone(schedule.TimeZone);
        Wanted = IsUnchanged(place.Start, booking.Start, zone) ? Moment.At(booking.Start) : place.Start!.Value.ToMoment();
        WantedResource = place.ResourceId ?? booking.ResourceId;
        Moment? end = place.Finish is not { } finish ? null : IsUnchanged(finish, booking.End, zone) ? Moment.At(booking.End) : finish.ToMoment();
        WantedMinutes = end is null ? (int)(booking.End - booking.Start).TotalMinutes : null;
        return Grains.Again(call.RepeatKey, () => grains.Schedule(call.Account.AccountId, schedule.Id).Reschedule(new RescheduleAppointment
        {
            AppointmentId = booking.Id,
            Start = Wanted,
            End = end,
            ResourceId = WantedResource,
            Actor = Actor.ApiKey(),
            Key = call.RepeatKey,
        }));
    }

    private Task<Outcome<Booked, BookingRefusal>> Amend(CustomerDetails customer, string note, int revision, bool isSecond) =>
        Grains.Again(call.RepeatKey, () => grains.Schedule(call.Account.AccountId, schedule.Id).Amend(new AmendAppointment
        {
            AppointmentId = booking.Id,
            Customer = customer,
            Note = note,
            Actor = Actor.ApiKey(),
            Key = isSecond && call.RepeatKey is { } key ? key with { Credential = SecondCredential } : call.RepeatKey,
            ExpectedRevision = revision,
        }));

    private bool Moves(WantedPlace place)
    {
        var zone = ApiFormat.Zone(schedule.TimeZone);
        return !IsUnchanged(place.Start, booking.Start, zone)
            || !IsUnchanged(place.Finish, booking.End, zone)
            || (place.ResourceId is { } id && id != booking.ResourceId);
    }

    /// <summary>
    /// A client that writes back the wall clock it was shown does not move the booking, even in an hour that the clock shows twice.
    /// </summary>
    private static bool IsUnchanged(ApiTime? sent, Instant present, DateTimeZone zone)
    {
        if (sent is not { } time)
        {
            return true;
        }

        return time.Offset is null && time.Local.Second == 0
            ? ApiFormat.WallClock(time.Local) == ApiFormat.WallClock(present.InZone(zone).LocalDateTime)
            : time.ToInstant(zone) == present;
    }

    private void Took(Booked booked)
    {
        Repeated |= booked.Repeated;
        freeTimes.Saw(call.Account.AccountId, schedule.Id, booked.AgendaVersion);
    }
}
