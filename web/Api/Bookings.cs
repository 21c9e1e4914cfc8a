using Slotwright.Appointments;
using Slotwright.Live;
using Slotwright.Schedules;
using Slotwright.Tenancy;
using Slotwright.Time;

namespace Slotwright.Api;

/// <summary>The calls about one booking: make, read, change, cancel.</summary>
internal sealed class Bookings(Grains grains, Faces faces, MailLanguages languages, FreeTimesCache freeTimes)
{
    private const int Alternatives = 3;
    private const int Attempts = 3;

    /// <summary>One call to the grain, which knows itself whether there is such a schedule; the schedule's face is asked for only when a resource is named.</summary>
    public async Task<ApiError?> Create(ApiCall call)
    {
        var input = call.Input;
        var accountId = call.Account.AccountId;
        var scheduleId = input.ReadRequiredId(ApiField.ScheduleId);
        var user = input.ReadUser();
        if (input.Error is { } early)
        {
            return early;
        }

        var schedule = BookingInput.NamesResource(input) ? await faces.Schedule(accountId, scheduleId) : null;
        var place = BookingInput.ReadPlace(input, schedule);
        var (customer, note) = BookingInput.ReadDetails(input, user is null ? CustomerDetails.None : new CustomerDetails { Email = user }, "");
        if (input.Error is { } error)
        {
            return error;
        }

        if (place.Start is not { } start)
        {
            return ApiError.Missing(ApiField.Start);
        }

        if (await languages.Of(accountId) is not { } language)
        {
            return ApiError.NotFound;
        }

        var outcome = await Grains.Again(call.RepeatKey, () => grains.Schedule(accountId, scheduleId).Book(new BookAppointment
        {
            Start = start.ToMoment(),
            End = place.Finish?.ToMoment(),
            ResourceId = place.ResourceId,
            Customer = customer,
            Note = note,
            Language = language,
            Actor = Actor.ApiKey(),
            Key = call.RepeatKey,
        }));
        if (!outcome.Accepted)
        {
            return outcome.Refusal != BookingRefusal.PlaceTaken || await faces.Schedule(accountId, scheduleId) is not { } taken
                ? outcome.Refusal.Value.ToError()
                : await Refused(call, taken, outcome.Refusal.Value, start.ToMoment(), LengthOf(taken, start, place.Finish), place.ResourceId);
        }

        freeTimes.Saw(accountId, scheduleId, outcome.Value.AgendaVersion);
        return await call.Created("bookings", outcome.Value.Appointment.Id, outcome.Value.Repeated);
    }

    public async Task<ApiError?> Get(ApiCall call)
    {
        var (schedule, booking, error) = await Find(call);
        if (error is not null)
        {
            return error;
        }

        using var answer = AnswerWriter.For(call.Format);
        new BookingAnswer(schedule!, call.UserAgent).Write(answer, booking!);
        return await call.Answer(answer);
    }

    /// <summary>Only what was sent changes. The time is moved first: it alone can be refused by the schedule's rules.</summary>
    public async Task<ApiError?> Update(ApiCall call)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (schedule, booking, error) = await Find(call);
            if (error is not null)
            {
                return error;
            }

            if (booking!.Status == AppointmentStatus.Cancelled && call.RepeatKey is null)
            {
                return BookingRefusal.AlreadyCancelled.ToError();
            }

            var change = new BookingChange(grains, freeTimes, call, schedule!, booking);
            var refusal = await change.Apply();
            if (call.Input.Error is { } wrong)
            {
                return wrong;
            }

            if (refusal is null)
            {
                return call.Done(change.Repeated);
            }

            if (refusal != BookingRefusal.ChangedMeanwhile || attempt == Attempts)
            {
                return await Refused(call, schedule!, refusal.Value, change.Wanted, change.WantedMinutes, change.WantedResource);
            }
        }
    }

    public async Task<ApiError?> Delete(ApiCall call)
    {
        // Found first, though the command would find it too: a block is staff's, and not there for this call.
        var (schedule, booking, error) = await Find(call);
        if (schedule is null || booking is null)
        {
            return error;
        }

        var outcome = await Grains.Again(call.RepeatKey, () => grains.Schedule(call.Account.AccountId, schedule.Id).Cancel(new CancelAppointment
        {
            AppointmentId = booking.Id,
            Actor = Actor.ApiKey(),
            Key = call.RepeatKey,
        }));
        if (!outcome.Accepted)
        {
            // A second delete finds nothing.
            return outcome.Refusal == BookingRefusal.AlreadyCancelled ? ApiError.NotFound : outcome.Refusal.Value.ToError();
        }

        freeTimes.Saw(call.Account.AccountId, schedule.Id, outcome.Value.AgendaVersion);
        return call.Done(outcome.Value.Repeated);
    }

    private static int? LengthOf(ScheduleFace schedule, ApiTime start, ApiTime? finish)
    {
        if (finish is not { } end)
        {
            return null;
        }

        var zone = ApiFormat.Zone(schedule.TimeZone);
        var minutes = (end.ToInstant(zone) - start.ToInstant(zone)).TotalMinutes;
        return minutes is > 0 and <= 10_080 ? (int)minutes : null;
    }

    /// <summary>Booking and schedule of the path's id; another account's are not told from unknown ones.</summary>
    private async Task<(ScheduleFace? Schedule, Appointment? Booking, ApiError? Error)> Find(ApiCall call)
    {
        if (call.PathId("id") is not { } bookingId)
        {
            return (null, null, ApiError.NotFound);
        }

        var (schedule, error) = await ScheduleOf(call, bookingId);
        if (schedule is null)
        {
            return (null, null, error);
        }

        var booking = await Grains.Again(() => grains.Schedule(call.Account.AccountId, schedule.Id).Find(bookingId));
        return booking is null || booking.Kind == AppointmentKind.Block || booking.AccountId != call.Account.AccountId
            ? (null, null, ApiError.NotFound)
            : (schedule, booking, null);
    }

    private async Task<(ScheduleFace? Schedule, ApiError? Error)> ScheduleOf(ApiCall call, int bookingId)
    {
        var given = call.Input.ReadId(ApiField.ScheduleId, call.Input[ApiField.ScheduleId]);
        if (call.Input.Error is { } error)
        {
            return (null, error);
        }

        var scheduleId = given ?? await grains.Account(call.Account.AccountId).ScheduleOf(bookingId);
        var schedule = scheduleId is { } id ? await faces.Schedule(call.Account.AccountId, id) : null;
        return (schedule, schedule is null ? ApiError.NotFound : null);
    }

    private async Task<ApiError> Refused(ApiCall call, ScheduleFace schedule, BookingRefusal refusal, Moment wanted, int? minutes, int? resourceId)
    {
        var error = refusal.ToError();
        if (refusal != BookingRefusal.PlaceTaken)
        {
            return error;
        }

        var nearest = await Grains.Again(() => grains.Schedule(call.Account.AccountId, schedule.Id).NearestFree(new NearestFreeQuery
        {
            Around = wanted,
            LengthMinutes = minutes,
            Actor = ActorKind.ApiKey,
            Count = Alternatives,
        }));
        return error with { Alternatives = nearest.Accepted ? PlacesOf(schedule, nearest.Value, resourceId) : [] };
    }

    /// <summary>One place per time: the wanted resource where it is free, else the first.</summary>
    private static List<FreePlace> PlacesOf(ScheduleFace schedule, FreeTimes free, int? wantedResource)
    {
        var zone = ApiFormat.Zone(free.Zone);
        var places = new List<FreePlace>(free.Times.Count);
        foreach (var time in free.Times)
        {
            if (time.ResourceIds.Count == 0)
            {
                continue;
            }

            var resource = wantedResource is { } wanted && time.ResourceIds.Contains(wanted) ? wanted : time.ResourceIds[0];
            places.Add(new FreePlace(
                time.Start.InZone(zone).LocalDateTime,
                time.End.InZone(zone).LocalDateTime,
                resource,
                schedule.Resources.FirstOrDefault(face => face.Id == resource)?.Name));
        }

        return places;
    }
}
