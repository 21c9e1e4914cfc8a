using NodaTime;
using Slotwright.Appointments;
using Slotwright.Schedules;
using Slotwright.Tenancy;

namespace Slotwright.Api;

/// <summary>The calls that list bookings of a schedule.</summary>
internal sealed class Lists(Grains grains, Faces faces, IClock clock)
{
    private const int Most = 1_000;
    private const int FurthestOffset = 100_000;

    /// <summary><c>GET bookings</c>: a bare list, upcoming unless a start is given.</summary>
    public async Task<ApiError?> Bookings(ApiCall call)
    {
        var input = call.Input;
        var scheduleId = input.ReadRequiredId(ApiField.ScheduleId);
        return await List(call, scheduleId, input[ApiField.Start] ?? input[ApiField.From], input[ApiField.Finish] ?? input[ApiField.To], 100, container: null);
    }

    /// <summary><c>GET range</c>: live bookings of a stretch of time; everything to come when nothing is said.</summary>
    public Task<ApiError?> Range(ApiCall call) =>
        ForPath(call, scheduleId => List(call, scheduleId, call.Input[ApiField.From], call.Input[ApiField.To], Most, "bookings"));

    /// <summary><c>GET agenda</c>: what one customer has before them.</summary>
    public Task<ApiError?> Agenda(ApiCall call)
    {
        if (string.IsNullOrWhiteSpace(call.Input[ApiField.User]) && string.IsNullOrWhiteSpace(call.Input[ApiField.UserId]))
        {
            return Task.FromResult<ApiError?>(ApiError.Bad("user is missing.", ApiError.PointerTo(ApiField.User)));
        }

        return ForPath(call, scheduleId => List(call, scheduleId, call.Input[ApiField.From], null, Most, container: null));
    }

    /// <summary><c>GET changes</c>: each booking that changed once, as its latest change left it, newest first.</summary>
    public Task<ApiError?> Changes(ApiCall call) => ForPath(call, scheduleId => Changes(call, scheduleId));

    private static Task<ApiError?> ForPath(ApiCall call, Func<int, Task<ApiError?>> act) =>
        call.PathId("schedule") is { } id ? act(id) : Task.FromResult<ApiError?>(ApiError.NotFound);

    private async Task<ApiError?> List(ApiCall call, int scheduleId, string? fromText, string? toText, int absentLimit, string? container)
    {
        var input = call.Input;
        var from = input.ReadTime(ApiField.From, fromText);
        var to = input.ReadTime(ApiField.To, toText);
        var resourceId = input.ReadId(ApiField.ResourceId, input[ApiField.ResourceId]);
        var limit = input.ReadCount(ApiField.Limit, absentLimit, Most);
        var offset = input.ReadCount(ApiField.Offset, 0, FurthestOffset);
        var user = input.ReadUser();
        if (input.Error is { } error)
        {
            return error;
        }

        if (await faces.Schedule(call.Account.AccountId, scheduleId) is not { } schedule)
        {
            return ApiError.NotFound;
        }

        var (first, last) = Stretch(input, ApiFormat.Zone(schedule.TimeZone), from, to);
        var bookings = await Grains.Again(() => grains.Schedule(call.Account.AccountId, scheduleId).List(new AppointmentsQuery
        {
            From = first,
            To = last,
            ResourceId = resourceId,
            CustomerEmail = user,
            Limit = limit,
            Offset = offset,
        }));
        return await Answer(call, schedule, bookings, container);
    }

    private (Instant? From, Instant? To) Stretch(ApiInput input, DateTimeZone zone, ApiTime? from, ApiTime? to)
    {
        var now = clock.GetCurrentInstant();
        if (input.Flag(ApiField.Today))
        {
            var today = now.InZone(zone).Date;
            return (zone.AtStartOfDay(today).ToInstant(), zone.AtStartOfDay(today.PlusDays(1)).ToInstant());
        }

        return (from?.ToInstant(zone) ?? (to is null ? now : null), to?.ToInstant(zone));
    }

    private async Task<ApiError?> Changes(ApiCall call, int scheduleId)
    {
        var input = call.Input;
        var from = input.ReadTime(ApiField.From, input[ApiField.From]);
        var to = input.ReadTime(ApiField.To, input[ApiField.To]);
        var limit = input.ReadCount(ApiField.Limit, from is null ? 10 : 100, Most);
        var offset = input.ReadCount(ApiField.Offset, 0, FurthestOffset);
        var user = input.ReadUser();
        if (input.Error is { } error)
        {
            return error;
        }

        if (await faces.Schedule(call.Account.AccountId, scheduleId) is not { } schedule)
        {
            return ApiError.NotFound;
        }

        var query = new ChangesQuery
        {
            From = from?.ToInstant(DateTimeZone.Utc),
            To = to?.ToInstant(DateTimeZone.Utc),
            CustomerEmail = user,
        };
        return await Answer(call, schedule, await Changed(call, scheduleId, query, limit, offset), "bookings");
    }

    /// <summary>Blocks and notices of the plan stand in the same log and are passed over, as are earlier changes of the same booking.</summary>
    private async Task<List<Appointment>> Changed(ApiCall call, int scheduleId, ChangesQuery query, int limit, int offset)
    {
        const int MostPages = 20;
        var pageSize = Math.Min(Most, Math.Max(50, (limit + offset) * 2));
        var seen = new HashSet<int>();
        var found = new List<Appointment>();
        for (var page = 0; page < MostPages; page++)
        {
            var changes = await Grains.Again(() => grains.Schedule(call.Account.AccountId, scheduleId).Changes(query with { Limit = pageSize, Offset = page * pageSize }));
            foreach (var change in changes)
            {
                if (change.Kind > ChangeKind.Cancelled || change.Appointment.Kind == AppointmentKind.Block || !seen.Add(change.Appointment.Id))
                {
                    continue;
                }

                if (seen.Count > offset)
                {
                    found.Add(change.Appointment);
                }

                if (found.Count == limit)
                {
                    return found;
                }
            }

            if (changes.Count < pageSize)
            {
                break;
            }
        }

        return found;
    }

    private static async Task<ApiError?> Answer(ApiCall call, ScheduleFace schedule, IReadOnlyList<Appointment> bookings, string? container)
    {
        using var answer = AnswerWriter.For(call.Format);
        var writer = new BookingAnswer(schedule, call.UserAgent);
        if (container is not null)
        {
            answer.BeginObject("");
        }

        answer.BeginList("bookings", isMember: container is not null);
        foreach (var booking in bookings)
        {
            if (booking.Kind == AppointmentKind.Appointment)
            {
                writer.Write(answer, booking);
            }
        }

        answer.EndList();
        if (container is not null)
        {
            answer.EndObject();
        }

        return await call.Answer(answer);
    }
}
