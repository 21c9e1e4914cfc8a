using System.Collections.Concurrent;
using System.Globalization;
using NodaTime;
using Slotwright.Appointments;
using Slotwright.Live;
using Slotwright.Schedules;
using Slotwright.Tenancy;

namespace Slotwright.Api;

/// <summary>
/// <c>GET free</c>: what a customer could book, one slot per start and resource, ascending. The bytes of an answer are kept while the free times
/// that it was made of hold.
/// </summary>
internal sealed class FreeSlots(Faces faces, FreeTimesCache freeTimes, IClock clock)
{
    private const int AbsentResults = 10;
    private const int MostResults = 2_000;
    private const int MostKept = 2_000;

    /// <summary>Most calls find enough in the first days; the rest is asked for in growing steps.</summary>
    private const int FirstDays = 7;
    private const int MostDays = 31;

    private readonly ConcurrentDictionary<AskedSlots, KeptSlots> kept = new();

    internal int AnswersKept => kept.Count;

    public async Task<ApiError?> Free(ApiCall call)
    {
        if (call.PathId("schedule") is not { } scheduleId)
        {
            return ApiError.NotFound;
        }

        var asked = new AskedSlots(call.Account.AccountId, scheduleId, call.Format, call.Context.Request.QueryString.Value ?? "");
        if (!call.HasBody && kept.TryGetValue(asked, out var known) && known.Current is { } answer && Holds(asked, answer))
        {
            return await call.Answer(answer.Bytes.Value);
        }

        if (await faces.Schedule(call.Account.AccountId, scheduleId) is not { } schedule)
        {
            return ApiError.NotFound;
        }

        return Read(call, schedule, out var wanted) ?? await Answer(call, schedule, wanted!, asked);
    }

    internal static int? ResourceOf(ScheduleFace schedule, string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && schedule.Resources.Any(resource => resource.Id == id)
            ? id
            : BookingInput.ResourceByName(schedule, text);

    private static ApiError? Read(ApiCall call, ScheduleFace schedule, out WantedSlots? wanted)
    {
        wanted = null;
        var input = call.Input;
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

        wanted = new WantedSlots(from, resourceId, length == 0 ? null : length, most);
        return null;
    }

    private async Task<ApiError?> Answer(ApiCall call, ScheduleFace schedule, WantedSlots wanted, AskedSlots asked)
    {
        var zone = ApiFormat.Zone(schedule.TimeZone);
        var now = clock.GetCurrentInstant();
        var today = now.InZone(zone).Date;
        var earliest = wanted.From is { } given && given.ToInstant(zone) > now ? given.ToInstant(zone) : now;
        var horizon = today.PlusDays(schedule.HorizonDays);
        var entries = new List<FreeTimesEntry>();
        var found = 0;
        var days = FirstDays;
        for (var day = earliest.InZone(zone).Date; found < wanted.Most && day <= horizon; days = Math.Min(MostDays, days * 2))
        {
            var last = LocalDate.Min(day.PlusDays(days - 1), horizon);
            var part = await freeTimes.Find(schedule.AccountId, schedule.Id, new FreeTimesQuery { From = day, To = last, ResourceId = wanted.ResourceId, LengthMinutes = wanted.Length });
            if (part.Entry is not { } entry)
            {
                return part.Refusal!.Value.ToError();
            }

            entries.Add(entry);
            found += Count(entry.Value, earliest);
            day = last.PlusDays(1);
        }

        var midnight = zone.AtStartOfDay(today.PlusDays(1)).ToInstant();
        var answer = new SlotsAnswer(entries, midnight, new Lazy<byte[]>(() => Render(call.Format, schedule, entries, earliest, wanted.Most)));
        return await call.Answer(call.HasBody || !AskedAddress.MayBeKept(asked.Query) || !IsOf(entries, schedule) ? answer.Bytes.Value : Keep(asked, answer).Bytes.Value);
    }

    /// <summary>Who made the same answer of the same free times at the same time has it rendered once.</summary>
    private SlotsAnswer Keep(AskedSlots asked, SlotsAnswer answer)
    {
        if (kept.Count >= MostKept)
        {
            kept.Clear();
        }

        return kept.GetOrAdd(asked, static _ => new KeptSlots()).Keep(answer);
    }

    private bool Holds(AskedSlots asked, SlotsAnswer answer)
    {
        if (clock.GetCurrentInstant() >= answer.Midnight)
        {
            return false;
        }

        foreach (var entry in answer.Entries)
        {
            if (!freeTimes.Holds(asked.AccountId, asked.ScheduleId, entry))
            {
                return false;
            }
        }

        return answer.Entries.Count > 0;
    }

    /// <summary>Names of resources are of the same edition as the times; else they are shown once and not kept.</summary>
    private static bool IsOf(List<FreeTimesEntry> entries, ScheduleFace schedule)
    {
        foreach (var entry in entries)
        {
            if (entry.Value.RulesEdition != schedule.Edition)
            {
                return false;
            }
        }

        return true;
    }

    private static int Count(FreeTimes free, Instant earliest)
    {
        var count = 0;
        foreach (var time in free.Times)
        {
            count += time.Start < earliest ? 0 : time.ResourceIds.Count;
        }

        return count;
    }

    private static byte[] Render(AnswerFormat format, ScheduleFace schedule, List<FreeTimesEntry> entries, Instant earliest, int most)
    {
        using var answer = AnswerWriter.For(format);
        answer.BeginObject("");
        answer.BeginList("slots", isMember: true);
        foreach (var entry in entries)
        {
            most = Write(answer, schedule, entry.Value, earliest, most);
        }

        answer.EndList();
        answer.EndObject();
        return answer.Finish().ToArray();
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

/// <summary>Whose slots were asked for, and in which words.</summary>
internal readonly record struct AskedSlots(int AccountId, int ScheduleId, AnswerFormat Format, string Query);

internal sealed record WantedSlots(ApiTime? From, int? ResourceId, int? Length, int Most);

/// <summary>An answer, the free times it was made of, and the midnight after which the horizon is another.</summary>
internal sealed record SlotsAnswer(List<FreeTimesEntry> Entries, Instant Midnight, Lazy<byte[]> Bytes);

internal sealed class KeptSlots
{
    private readonly Lock gate = new();
    private SlotsAnswer? current;

    public SlotsAnswer? Current => Volatile.Read(ref current);

    public SlotsAnswer Keep(SlotsAnswer answer)
    {
        lock (gate)
        {
            if (current is { } present && present.Midnight == answer.Midnight && present.Entries.SequenceEqual(answer.Entries))
            {
                return present;
            }

            return current = answer;
        }
    }
}
