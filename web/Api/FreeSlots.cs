using System.Globalization;
using NodaTime;
using Slotwright.Appointments;
using Slotwright.Live;
using Slotwright.Schedules;
using Slotwright.Tenancy;

namespace Slotwright.Api;

/// <summary><c>GET free</c>: what a customer could book, one slot per start and resource, ascending.</summary>
internal sealed class FreeSlots(Faces faces, FreeTimesCache freeTimes, IClock clock)
{
    private const int AbsentResults = 10;
    private const int MostResults = 2_000;

    /// <summary>Most calls find enough in the first days; the rest is asked for by the month.</summary>
    private const int FirstDays = 7;
    private const int FurtherDays = 31;

    public async Task<ApiError?> Free(ApiCall call)
    {
        var input = call.Input;
        if (call.PathId("schedule") is not { } scheduleId || await faces.Schedule(call.Account.AccountId, scheduleId) is not { } schedule)
        {
            return ApiError.NotFound;
        }

        var from = input.ReadTime(ApiField.From, input[ApiField.From]);
        var length = input.ReadCount(ApiField.Length, 0, 10_080);
        var most = input.ReadCount(input[ApiField.MaxResults] is null ? ApiField.Limit : ApiField.MaxResults, AbsentResults, MostResults);
        if (input.Error is { } error)
        {
            return error;
        }

        int? resourceId = null;
        if ((input[ApiField.Resource] ?? input[ApiField.ResourceId]) is { Length: > 0 } resource)
        {
            resourceId = ResourceOf(schedule, resource);
            if (resourceId is null)
            {
                return ApiError.NotFound;
            }
        }

        return await Free(call, schedule, from, resourceId, length == 0 ? null : length, most);
    }

    internal static int? ResourceOf(ScheduleFace schedule, string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && schedule.Resources.Any(resource => resource.Id == id)
            ? id
            : BookingInput.ResourceByName(schedule, text);

    private async Task<ApiError?> Free(ApiCall call, ScheduleFace schedule, ApiTime? from, int? resourceId, int? length, int most)
    {
        var zone = ApiFormat.Zone(schedule.TimeZone);
        var now = clock.GetCurrentInstant();
        var earliest = from is { } given && given.ToInstant(zone) > now ? given.ToInstant(zone) : now;
        var day = earliest.InZone(zone).Date;
        var horizon = now.InZone(zone).Date.PlusDays(schedule.HorizonDays);
        using var answer = AnswerWriter.For(call.Format);
        answer.BeginObject("");
        answer.BeginList("slots", isMember: true);
        var days = FirstDays;
        while (most > 0 && day <= horizon)
        {
            var last = LocalDate.Min(day.PlusDays(days - 1), horizon);
            var outcome = await freeTimes.FreeTimes(call.Account.AccountId, schedule.Id, new FreeTimesQuery
            {
                From = day,
                To = last,
                ResourceId = resourceId,
                LengthMinutes = length,
            });
            if (!outcome.Accepted)
            {
                return outcome.Refusal.Value.ToError();
            }

            most = Write(answer, schedule, outcome.Value, earliest, most);
            day = last.PlusDays(1);
            days = FurtherDays;
        }

        answer.EndList();
        answer.EndObject();
        return await call.Answer(answer);
    }

    private static int Write(AnswerWriter answer, ScheduleFace schedule, FreeTimes free, Instant earliest, int most)
    {
        var zone = ApiFormat.Zone(free.Zone);
        foreach (var time in free.Times)
        {
            if (time.Start < earliest)
            {
                continue;
            }

            foreach (var resourceId in time.ResourceIds)
            {
                if (most == 0)
                {
                    return 0;
                }

                most--;
                answer.BeginObject("slot");
                answer.WallClock("start", time.Start.InZone(zone).LocalDateTime);
                answer.WallClock("finish", time.End.InZone(zone).LocalDateTime);
                answer.Text("name", schedule.Resources.FirstOrDefault(resource => resource.Id == resourceId)?.Name);
                answer.Number("resource_id", resourceId);
                answer.EndObject();
            }
        }

        return most;
    }
}
