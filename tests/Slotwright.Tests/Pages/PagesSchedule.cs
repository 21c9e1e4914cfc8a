using System.Globalization;
using NodaTime;
using Slotwright.Appointments;
using Slotwright.Schedules;

namespace Slotwright.Pages;

/// <summary>Open every day from 09:00 to 18:00, a start each half hour, no buffers; refuses what it is told to refuse.</summary>
public sealed class PagesSchedule(FakeWorld world, ScheduleFace face)
{
    private static readonly LocalTime Opens = new(9, 0);
    private static readonly LocalTime Closes = new(18, 0);

    private readonly Dictionary<string, (string Fingerprint, Booked Answer)> keys = [];

    public ScheduleFace Shown { get; set; } = face;

    public Dictionary<int, Appointment> Appointments { get; } = [];

    public IEnumerable<Appointment> Live => Appointments.Values.Where(known => known.Status == AppointmentStatus.Live);

    /// <summary>Days on which nothing is offered.</summary>
    public Func<LocalDate, bool> IsClosed { get; set; } = _ => false;

    public BookingRefusal? Refuses { get; set; }

    public int Commands { get; private set; }

    /// <summary>The whole day, for the hours in which clocks change.</summary>
    public bool AllDay { get; set; }

    private DateTimeZone Zone => DateTimeZoneProviders.Tzdb[Shown.TimeZone];

    public static string TokenOf(int id) => id.ToString("x32", CultureInfo.InvariantCulture);

    public Task<ScheduleFace?> Face() => Task.FromResult<ScheduleFace?>(Shown);

    public Task<Outcome<Booked, BookingRefusal>> Book(BookAppointment command)
    {
        Commands++;
        if (Repeat(command.Key) is { } repeat)
        {
            return Task.FromResult(repeat);
        }

        if (Refuses is { } refusal)
        {
            return Refused(refusal);
        }

        var start = Resolve(command.Start);
        var length = command.End is { } end ? Resolve(end)!.Value - start!.Value : Duration.FromMinutes(Shown.Length.DefaultMinutes);
        if (start is not { } at)
        {
            return Refused(BookingRefusal.TimeDoesNotExist);
        }

        if (Starts(at.InZone(Zone).Date, length, null).FirstOrDefault(free => free.Start == at) is not { } place
            || (command.ResourceId is { } wanted && !place.ResourceIds.Contains(wanted)))
        {
            return Refused(BookingRefusal.PlaceTaken);
        }

        var now = world.Clock.GetCurrentInstant();
        var id = world.NextId();
        return Keep(command.Key, new Appointment
        {
            Id = id,
            AccountId = Shown.AccountId,
            ScheduleId = Shown.Id,
            ResourceId = command.ResourceId ?? place.ResourceIds[0],
            Kind = AppointmentKind.Appointment,
            Status = AppointmentStatus.Live,
            Start = at,
            End = at + length,
            Zone = Shown.TimeZone,
            Customer = command.Customer,
            Note = command.Note,
            Language = command.Language,
            Revision = 1,
            CreatedAt = now,
            CreatedBy = command.Actor.Name,
            UpdatedAt = now,
            UpdatedBy = command.Actor.Name,
            ManageSalt = TokenOf(0),
        });
    }

    public Task<Outcome<Booked, BookingRefusal>> Reschedule(RescheduleAppointment command)
    {
        Commands++;
        if (Repeat(command.Key) is { } repeat)
        {
            return Task.FromResult(repeat);
        }

        var known = Appointments[command.AppointmentId];
        var length = known.End - known.Start;
        if (Refuses is { } refusal)
        {
            return Refused(refusal);
        }

        return Resolve(command.Start) is not { } at ? Refused(BookingRefusal.TimeDoesNotExist)
            : Starts(at.InZone(Zone).Date, length, known.Id).FirstOrDefault(free => free.Start == at) is not { } place ? Refused(BookingRefusal.PlaceTaken)
            : Keep(command.Key, known with { Start = at, End = at + length, ResourceId = command.ResourceId ?? place.ResourceIds[0], Revision = known.Revision + 1 });
    }

    public Task<Outcome<Booked, BookingRefusal>> Cancel(CancelAppointment command)
    {
        Commands++;
        var known = Appointments[command.AppointmentId];
        return Repeat(command.Key) is { } repeat ? Task.FromResult(repeat)
            : Refuses is { } refusal ? Refused(refusal)
            : known.Status == AppointmentStatus.Cancelled ? Refused(BookingRefusal.AlreadyCancelled)
            : Keep(command.Key, known with { Status = AppointmentStatus.Cancelled, Revision = known.Revision + 1 });
    }

    public Task<Outcome<FreeTimes, BookingRefusal>> FreeTimes(FreeTimesQuery query)
    {
        var length = Duration.FromMinutes(query.LengthMinutes ?? Shown.Length.DefaultMinutes);
        var days = Enumerable.Range(0, Period.DaysBetween(query.From, query.To) + 1).Select(query.From.PlusDays);
        var answer = Answer(days.SelectMany(day => Starts(day, length, query.Ignoring)), query.ResourceId);
        return Task.FromResult<Outcome<FreeTimes, BookingRefusal>>(answer with
        {
            Days = [.. days.Select(day => IsClosed(day) ? DayOffer.Closed : answer.Times.Any(time => time.Start.InZone(Zone).Date == day) ? DayOffer.Free : DayOffer.Full)],
        });
    }

    public Task<Outcome<FreeTimes, BookingRefusal>> NearestFree(NearestFreeQuery query)
    {
        var around = Resolve(query.Around) ?? world.Clock.GetCurrentInstant();
        var length = Duration.FromMinutes(query.LengthMinutes ?? Shown.Length.DefaultMinutes);
        var first = around.InZone(Zone).Date;
        var near = Enumerable.Range(-3, 60).SelectMany(day => Starts(first.PlusDays(day), length, null))
            .Where(free => (query.Earlier || free.Start >= around) && (query.ResourceId is not { } id || free.ResourceIds.Contains(id)))
            .OrderBy(free => free.Start > around ? free.Start - around : around - free.Start)
            .Take(query.Count);
        return Task.FromResult<Outcome<FreeTimes, BookingRefusal>>(Answer(near, query.ResourceId));
    }

    public Dictionary<string, Held> Holds { get; } = [];

    public async Task<Outcome<Held, BookingRefusal>> Hold(HoldPlace command)
    {
        if (Refuses is { } refusal)
        {
            return refusal;
        }

        var length = command.End is { } end ? Resolve(end)!.Value - Resolve(command.Start)!.Value : Duration.FromMinutes(Shown.Length.DefaultMinutes);
        await LetGo(command.Visitor, null);
        return Resolve(command.Start) is { } at && Starts(at.InZone(Zone).Date, length, null).FirstOrDefault(free => free.Start == at) is { } place
            ? Holds[command.Visitor] = new Held { Start = at, End = at + length, ResourceId = command.ResourceId ?? place.ResourceIds[0], Until = world.Clock.GetCurrentInstant() + Held.Lifetime }
            : BookingRefusal.PlaceTaken;
    }

    public Task LetGo(string visitor, Instant? start)
    {
        if (start is null || (Holds.TryGetValue(visitor, out var held) && held.Start == start))
        {
            Holds.Remove(visitor);
        }

        return Task.CompletedTask;
    }

    public Task<Held?> HeldBy(string visitor) =>
        Task.FromResult(Holds.TryGetValue(visitor, out var held) && held.Until > world.Clock.GetCurrentInstant() ? held : null);

    public Task<ManagedAppointment?> Open(int appointmentId, string manageToken)
    {
        var now = world.Clock.GetCurrentInstant();
        return Task.FromResult(Appointments.TryGetValue(appointmentId, out var known) && manageToken == TokenOf(appointmentId)
            ? new ManagedAppointment
            {
                Appointment = known,
                Schedule = Shown,
                MayMove = May(known, Shown.ChangeDeadlineMinutes, now),
                MayCancel = May(known, Shown.CancelDeadlineMinutes, now),
            }
            : null);
    }

    private static bool May(Appointment known, int? deadline, Instant now) =>
        known.Status == AppointmentStatus.Live && deadline is { } minutes && now < known.Start - Duration.FromMinutes(minutes);

    private static Task<Outcome<Booked, BookingRefusal>> Refused(BookingRefusal refusal) => Task.FromResult<Outcome<Booked, BookingRefusal>>(refusal);

    private Outcome<Booked, BookingRefusal>? Repeat(RepeatKey? key) =>
        key is null || !keys.TryGetValue(key.Key, out var known) ? null
        : known.Fingerprint == key.Fingerprint ? known.Answer with { Repeated = true }
        : BookingRefusal.KeyReused;

    private Task<Outcome<Booked, BookingRefusal>> Keep(RepeatKey? key, Appointment appointment)
    {
        Appointments[appointment.Id] = appointment;
        var answer = new Booked { Appointment = appointment, ManageToken = TokenOf(appointment.Id), AgendaVersion = Commands };
        if (key is not null)
        {
            keys[key.Key] = (key.Fingerprint, answer);
        }

        return Task.FromResult<Outcome<Booked, BookingRefusal>>(answer);
    }

    private FreeTimes Answer(IEnumerable<FreeTime> times, int? resourceId) => new()
    {
        AgendaVersion = Commands,
        RulesEdition = 1,
        ValidUntil = world.Clock.GetCurrentInstant() + Duration.FromMinutes(1),
        Zone = Shown.TimeZone,
        Times = [.. times.Where(free => resourceId is not { } id || free.ResourceIds.Contains(id))],
    };

    private IEnumerable<FreeTime> Starts(LocalDate day, Duration length, int? ignoring)
    {
        var now = world.Clock.GetCurrentInstant();
        var dawn = AllDay ? Zone.AtStartOfDay(day).ToInstant() : Zone.AtLeniently(day + Opens).ToInstant();
        var dusk = AllDay ? Zone.AtStartOfDay(day.PlusDays(1)).ToInstant() : Zone.AtLeniently(day + Closes).ToInstant();
        for (var start = dawn; !IsClosed(day) && start + length <= dusk; start += Duration.FromMinutes(30))
        {
            var free = Shown.Resources.Select(resource => resource.Id)
                .Where(id => !Live.Any(known => known.Id != ignoring && known.ResourceId == id && known.Start < start + length && known.End > start))
                .ToList();
            if (start > now && free.Count > 0)
            {
                yield return new FreeTime { Start = start, End = start + length, ResourceIds = free };
            }
        }
    }

    private Instant? Resolve(Time.Moment moment)
    {
        if (moment.Instant is { } instant)
        {
            return instant;
        }

        var mapping = Zone.MapLocal(moment.Local!.Value);
        return mapping.Count switch
        {
            0 => null,
            2 when mapping.Last().Offset.Seconds == moment.Offset => mapping.Last().ToInstant(),
            _ => mapping.First().ToInstant(),
        };
    }
}
