using NodaTime;
using Slotwright.Appointments;

namespace Slotwright.Schedules;

public sealed partial class Agenda
{
    private const int MostNearest = 20;

    // A few milliseconds: a search for the nearest time gives up rather than hold up every other caller of the schedule.
    private const long MostChecks = 4_000_000;

    public Instant NeedsFrom(NearestFreeQuery query, Instant now) => now - Duration.FromSeconds(Rules.BufferBefore);

    /// <summary>Free times around a wanted one, nearest first; fewer than asked where there are no more.</summary>
    public Outcome<FreeTimes, BookingRefusal> NearestFree(NearestFreeQuery query, long agendaVersion, Instant now)
    {
        if (Understand(query.ResourceId, query.LengthMinutes, query.Actor, null, out var wanted) is { } refusal)
        {
            return refusal;
        }

        MustHaveLoaded(NeedsFrom(query, now));
        ForgetHolds(now);
        var earliest = IsCustomer(query.Actor) ? EarliestForCustomers(now) : WallClock.CeilingSeconds(now);
        var firstDay = Math.Max(0, Rules.Zone.LocalDay(earliest));
        var lastDay = Math.Min(LastDayForCustomers(now), WallClock.DayOfSecond(WallClock.End) - 1);
        var around = Rules.Near(query.Around);
        var count = Math.Clamp(query.Count, 1, MostNearest);

        var found = Later(query.ResourceId, wanted, Math.Max(around, earliest), firstDay, lastDay, count);
        if (query.Earlier)
        {
            found.AddRange(Earlier(query.ResourceId, wanted, around, earliest, firstDay, lastDay, count));
        }

        var center = WallClock.ToInstant(around);
        FreeTime[] nearest =
        [
            .. found.OrderBy(time => time.Start < center ? center - time.Start : time.Start - center).ThenBy(time => time.Start).Take(count),
        ];

        // Tomorrow the horizon is a day farther, and what passes today leaves room for another.
        var until = NextMidnight(Rules.Zone.LocalDay(WallClock.FloorSeconds(now)) + 1, now);
        until = Instant.Min(until, HoldsUntil);
        foreach (var time in nearest)
        {
            until = Instant.Min(until, Passes(WallClock.FloorSeconds(time.Start), query.Actor));
        }

        return Answer(nearest, agendaVersion, until);
    }

    private List<FreeTime> Later(int? resourceId, in BusyTime.Wanted wanted, long from, long firstDay, long lastDay, int count)
    {
        var found = new List<FreeTime>();
        var day = Math.Max(firstDay, Rules.Zone.LocalDay(from));
        long checks = 0;
        for (long width = 1; day <= lastDay && found.Count < count && checks < MostChecks; width = Math.Min(width * 4, MostDays))
        {
            var last = Math.Min(day + width - 1, lastDay);
            var times = Free(resourceId, new StartsWanted(day, last, from, wanted.Length), wanted, out var offered);
            found.AddRange(times.Take(count - found.Count));
            checks += Checks(offered, resourceId);
            day = last + 1;
        }

        return found;
    }

    private List<FreeTime> Earlier(
        int? resourceId, in BusyTime.Wanted wanted, long before, long earliest, long firstDay, long lastDay, int count)
    {
        var found = new List<FreeTime>();
        var day = Math.Min(lastDay, Rules.Zone.LocalDay(before));
        var end = WallClock.ToInstant(before);
        long checks = 0;
        for (long width = 1; day >= firstDay && found.Count < count && checks < MostChecks; width = Math.Min(width * 4, MostDays))
        {
            var first = Math.Max(day - width + 1, firstDay);
            var times = Free(resourceId, new StartsWanted(first, day, earliest, wanted.Length), wanted, out var offered);
            for (var index = times.Count - 1; index >= 0 && found.Count < count; index--)
            {
                if (times[index].Start < end)
                {
                    found.Add(times[index]);
                }
            }

            checks += Checks(offered, resourceId);
            day = first - 1;
        }

        return found;
    }

    private long Checks(int offered, int? resourceId) => (long)offered * (resourceId is null ? Rules.ResourceIds.Length : 1);
}
