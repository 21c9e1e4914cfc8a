using NodaTime;
using Slotwright.Appointments;

namespace Slotwright.Schedules;

public sealed partial class Agenda
{
    private const int MostDays = 63;

    /// <summary>See <see cref="NeedsFrom(BookAppointment, Instant)"/>.</summary>
    public Instant NeedsFrom(FreeTimesQuery query, Instant now)
    {
        var (firstDay, _) = Days(query);
        var from = WallClock.ToInstant((firstDay * WallClock.Day) - WallClock.WidestOffset - Rules.BufferBefore);
        return query.Actor.IsStaff() ? from : Instant.Max(from, now - Duration.FromSeconds(Rules.BufferBefore));
    }

    /// <summary>Every start that a command of the same actor would be granted, a customer's own limits aside.</summary>
    public Outcome<FreeTimes, BookingRefusal> FreeTimes(FreeTimesQuery query, long agendaVersion, Instant now)
    {
        if (Understand(query.ResourceId, query.LengthMinutes, query.Actor, query.Ignoring, out var wanted) is { } refusal)
        {
            return refusal;
        }

        MustHaveLoaded(NeedsFrom(query, now));
        ForgetHolds(now);
        var (firstDay, lastDay) = Days(query);
        var lastAsked = lastDay;
        var until = HoldsUntil;
        var earliest = WallClock.First;
        if (!query.Actor.IsStaff())
        {
            earliest = WallClock.CeilingSeconds(now);
        }

        if (IsCustomer(query.Actor))
        {
            until = Instant.Min(until, HorizonMoves(firstDay, lastDay, now));
            earliest = EarliestForCustomers(now);
            lastDay = Math.Min(lastDay, LastDayForCustomers(now));
        }

        var times = Free(query.ResourceId, new StartsWanted(firstDay, lastDay, earliest, wanted.Length), wanted, out _);
        if (!query.Actor.IsStaff() && times.Count > 0)
        {
            until = Instant.Min(until, Passes(WallClock.FloorSeconds(times[0].Start), query.Actor));
        }

        var answer = Answer(times, agendaVersion, until);
        return query.WithDays ? answer with { Days = Offers(query.ResourceId, firstDay, lastDay, lastAsked, earliest, wanted.Length, times) } : answer;
    }

    /// <summary>How each day stands, from the first one asked to the last one asked; those after the last that may be booked are over.</summary>
    private DayOffer[] Offers(int? resourceId, long firstDay, long lastDay, long lastAsked, long earliest, long length, FreeTimeList times)
    {
        var offers = new DayOffer[Math.Max(0, lastAsked - firstDay + 1)];
        foreach (var time in times)
        {
            offers[Rules.Zone.LocalDay(WallClock.FloorSeconds(time.Start)) - firstDay] = DayOffer.Free;
        }

        for (var day = 0; day < offers.Length; day++)
        {
            if (offers[day] != DayOffer.Free)
            {
                var number = firstDay + day;
                offers[day] = !HasStarts(resourceId, new StartsWanted(number, number, WallClock.First, length)) ? DayOffer.Closed
                    : number <= lastDay && HasStarts(resourceId, new StartsWanted(number, number, earliest, length)) ? DayOffer.Full
                    : DayOffer.Over;
            }
        }

        return offers;
    }

    private bool HasStarts(int? resourceId, in StartsWanted wanted)
    {
        var asked = resourceId is { } id ? Rules.AloneAt(Rules.PositionOf(id)) : Rules.Together;
        foreach (var (timetable, _) in asked.Timetables)
        {
            var starts = new SecondsBuffer(256);
            try
            {
                timetable.ListStarts(Rules.Zone, wanted, ref starts);
                if (starts.Count > 0)
                {
                    return true;
                }
            }
            finally
            {
                starts.Dispose();
            }
        }

        return false;
    }

    private FreeTimes Answer(IReadOnlyList<FreeTime> times, long agendaVersion, Instant until) =>
        new()
        {
            AgendaVersion = agendaVersion,
            RulesEdition = Rules.Definition.Edition,
            ValidUntil = until,
            Zone = Rules.Definition.TimeZone,
            Times = times,
            Holds = HoldsStamp,
        };

    private static (long First, long Last) Days(FreeTimesQuery query)
    {
        // Held within the years in which anything is placed; a range outside of them is empty.
        var first = WallClock.DayNumber(query.From);
        var last = Math.Min(WallClock.DayNumber(query.To), first + MostDays - 1);
        return (Math.Clamp(first, 0, WallClock.DayOfSecond(WallClock.End)), Math.Min(last, WallClock.DayOfSecond(WallClock.End) - 1));
    }

    private BookingRefusal? Understand(int? resourceId, int? lengthMinutes, ActorKind actor, int? ignoring, out BusyTime.Wanted wanted)
    {
        var length = (lengthMinutes ?? Rules.Definition.Length.DefaultMinutes) * WallClock.Minute;
        wanted = new BusyTime.Wanted(length, Rules.BufferBefore, Rules.BufferAfter, ignoring ?? 0);
        if (resourceId is { } id && Rules.PositionOf(id) < 0)
        {
            return BookingRefusal.UnknownResource;
        }

        var keepsLength = ignoring is { } moving && Find(moving) is { } current && current.End - current.Start == Duration.FromSeconds(length);
        var offered = actor.IsStaff() ? length is > 0 and <= WallClock.LongestStretch : Rules.OffersLength(length);
        return offered || keepsLength ? null : BookingRefusal.LengthNotOffered;
    }

    /// <summary>The first instant at which a start is no longer granted.</summary>
    private Instant Passes(long start, ActorKind actor)
    {
        var notice = IsCustomer(actor) ? Rules.Definition.MinimumNoticeMinutes : 0;
        return WallClock.ToInstant(start - (notice * WallClock.Minute)) + Duration.Epsilon;
    }

    /// <summary>When the next of the days asked for comes within the horizon.</summary>
    private Instant HorizonMoves(long firstDay, long lastDay, Instant now)
    {
        var next = Math.Max(firstDay, LastDayForCustomers(now) + 1);
        return next <= lastDay ? NextMidnight(next - Rules.Definition.HorizonDays, now) : Instant.MaxValue;
    }

    private Instant NextMidnight(long day, Instant now)
    {
        // Where the zone skips midnight, or the whole day, the next one it shows.
        var mapping = Rules.Zone.MapLocal(WallClock.Date(day).AtMidnight());
        var midnight = mapping.Count == 0 ? mapping.LateInterval.Start : mapping.First().ToInstant();

        // A transition before it may put the clock back over midnight, and the horizon with it.
        var interval = Rules.Zone.GetZoneInterval(now);
        return interval.HasEnd ? Instant.Min(midnight, interval.End) : midnight;
    }

    /// <summary>The free starts of one resource or of all, each with the resources that are free then; and how many there would be, were nothing taken.</summary>
    private FreeTimeList Free(int? resourceId, in StartsWanted days, in BusyTime.Wanted wanted, out int offered)
    {
        var asked = resourceId is { } id ? Rules.AloneAt(Rules.PositionOf(id)) : Rules.Together;
        var starts = new OfferedStarts(asked.ResourceIds);
        try
        {
            foreach (var (timetable, bits) in asked.Timetables)
            {
                var own = new SecondsBuffer(1_024);
                try
                {
                    timetable.ListStarts(Rules.Zone, days, ref own);
                    starts.Merge(own.Written, bits);
                }
                finally
                {
                    own.Dispose();
                }
            }

            offered = starts.Count;
            for (var position = 0; position < asked.ResourceIds.Length && starts.Count > 0; position++)
            {
                if (busy.TryGetValue(asked.ResourceIds[position], out var time))
                {
                    starts.Strike(position, time, wanted);
                }
            }

            return starts.Collect(wanted.Length);
        }
        finally
        {
            starts.Dispose();
        }
    }
}
