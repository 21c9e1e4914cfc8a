using NodaTime;
using NodaTime.TimeZones;

namespace Slotwright.Schedules;

/// <summary>
/// When some resources are open, and which starts that offers. Open is every instant at which the zone's clock shows an open
/// time; spans that meet, also over midnight, are one opening for whatever lasts that long.
/// </summary>
internal sealed class Timetable(int[][] week, SpecialDays own, SpecialDays shared, long stepSeconds)
{
    /// <summary>Minutes since midnight in pairs; see <see cref="OpeningHours"/>.</summary>
    public int[] On(long day) => own.On(day) ?? shared.On(day) ?? week[WallClock.DayOfWeek(day)];

    /// <summary>The whole of [start, end) is open.</summary>
    public bool IsOpen(DateTimeZone zone, long start, long end)
    {
        for (var at = start; at < end;)
        {
            var stretch = Stretch.Of(zone.GetZoneInterval(WallClock.ToInstant(at)));
            var local = at + stretch.Offset;
            var closes = OpenUntil(local);
            if (closes == local)
            {
                return false;
            }

            at = Math.Min(closes - stretch.Offset, stretch.End);
        }

        return true;
    }

    /// <summary>Some span's grid has a start at this local time.</summary>
    public bool Offers(long local)
    {
        var day = WallClock.DayOfSecond(local);
        return OffersOn(day, local) || OffersOn(day - 1, local);
    }

    /// <summary>Appends every start that is wanted and whose whole length is open, ascending and none twice.</summary>
    public void ListStarts(DateTimeZone zone, StartsWanted wanted, ref SecondsBuffer starts)
    {
        if (wanted.LastDay < wanted.FirstDay)
        {
            return;
        }

        // The zone's stretches that the days and the last appointment's length can lie in: one, but for days near a transition.
        var from = (wanted.FirstDay * WallClock.Day) - WallClock.WidestOffset;
        var to = ((wanted.LastDay + 1) * WallClock.Day) + WallClock.WidestOffset + wanted.Length;
        var interval = zone.GetZoneInterval(WallClock.ToInstant(from));
        scoped ReadOnlySpan<Stretch> stretches = [Stretch.Of(interval)];
        if (stretches[0].End <= to)
        {
            stretches = zone.GetZoneIntervals(WallClock.ToInstant(from), WallClock.ToInstant(to)).Select(Stretch.Of).ToArray();
        }

        // Openings are needed as far as the last start may run on; a transition can skip a whole day.
        var furtherDays = ((wanted.Length + WallClock.Day - 1) / WallClock.Day) + (stretches.Length == 1 ? 0 : 2);
        var spans = new SecondsBuffer(256);
        var openings = new SecondsBuffer(256);
        try
        {
            for (var day = wanted.FirstDay - 1; day <= wanted.LastDay + furtherDays; day++)
            {
                var midnight = day * WallClock.Day;
                foreach (var minute in On(day))
                {
                    spans.Add(midnight + (minute * WallClock.Minute));
                }
            }

            foreach (ref readonly var stretch in stretches)
            {
                AddOpenings(spans.Written, stretch, ref openings);
            }

            var ascending = true;
            foreach (ref readonly var stretch in stretches)
            {
                ascending &= AddStarts(spans.Written, openings.Written, stretch, wanted, ref starts);
            }

            if (!ascending)
            {
                // Spans of two days overlap, and each has its own grid.
                starts.SortAndUnify();
            }
        }
        finally
        {
            spans.Dispose();
            openings.Dispose();
        }
    }

    /// <summary>The spans as far as the clock shows them in this stretch, as instants, joined where they meet.</summary>
    private static void AddOpenings(ReadOnlySpan<long> spans, in Stretch stretch, ref SecondsBuffer openings)
    {
        var clockEnd = stretch.End + stretch.Offset;
        for (var span = 0; span < spans.Length && spans[span] < clockEnd; span += 2)
        {
            var opens = Math.Max(spans[span] - stretch.Offset, stretch.Start);
            var closes = Math.Min(spans[span + 1] - stretch.Offset, stretch.End);
            if (opens >= closes)
            {
                continue;
            }

            if (openings.Count > 0 && opens <= openings.Last)
            {
                openings.Last = Math.Max(openings.Last, closes);
            }
            else
            {
                openings.Add(opens);
                openings.Add(closes);
            }
        }
    }

    /// <summary>False: not every start appended lies after the one before it.</summary>
    private bool AddStarts(
        ReadOnlySpan<long> spans, ReadOnlySpan<long> openings, in Stretch stretch, in StartsWanted wanted, ref SecondsBuffer starts)
    {
        var ascending = true;
        var opening = 0;
        var offset = stretch.Offset;
        var lowest = Math.Max(Math.Max(stretch.Start, wanted.Earliest) + offset, wanted.FirstDay * WallClock.Day);
        var end = Math.Min(stretch.End + offset, (wanted.LastDay + 1) * WallClock.Day);
        for (var span = 0; span < spans.Length && spans[span] < end; span += 2)
        {
            var first = spans[span];
            if (first < lowest)
            {
                first += (lowest - first + stepSeconds - 1) / stepSeconds * stepSeconds;
            }

            var beyond = Math.Min(spans[span + 1], end);
            if (first >= beyond)
            {
                continue;
            }

            while (openings[opening + 1] <= first - offset)
            {
                opening += 2;
            }

            var last = Math.Min(beyond - 1, openings[opening + 1] + offset - wanted.Length);
            if (first > last)
            {
                continue;
            }

            var at = first - offset;
            ascending &= starts.Count == 0 || starts.Last < at;
            foreach (ref var start in starts.Append((int)((last - first) / stepSeconds) + 1))
            {
                start = at;
                at += stepSeconds;
            }
        }

        return ascending;
    }

    private bool OffersOn(long day, long local)
    {
        var second = local - (day * WallClock.Day);
        var hours = On(day);
        for (var span = 0; span < hours.Length; span += 2)
        {
            var from = hours[span] * WallClock.Minute;
            if (from <= second && second < hours[span + 1] * WallClock.Minute && (second - from) % stepSeconds == 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Local end of the furthest span that holds this local time; the time itself when it is closed.</summary>
    private long OpenUntil(long local)
    {
        var day = WallClock.DayOfSecond(local);
        return Math.Max(OpenUntilOn(day, local), OpenUntilOn(day - 1, local));
    }

    private long OpenUntilOn(long day, long local)
    {
        var midnight = day * WallClock.Day;
        var hours = On(day);
        for (var span = 0; span < hours.Length; span += 2)
        {
            var closes = midnight + (hours[span + 1] * WallClock.Minute);
            if (midnight + (hours[span] * WallClock.Minute) <= local && local < closes)
            {
                return closes;
            }
        }

        return local;
    }

    /// <summary>Instants [Start, End) at which the zone's clock is ahead of UTC by the same offset, in seconds.</summary>
    private readonly record struct Stretch(long Start, long End, long Offset)
    {
        /// <summary>Stands for no end; far from overflowing when something is added.</summary>
        private const long Never = long.MaxValue / 4;

        public static Stretch Of(ZoneInterval interval) => new(
            interval.HasStart ? interval.Start.ToUnixTimeSeconds() : -Never,
            interval.HasEnd ? interval.End.ToUnixTimeSeconds() : Never,
            interval.WallOffset.Seconds);
    }
}

/// <summary>Starts on some local days, both included, and none before an instant; all of one length in seconds.</summary>
internal readonly record struct StartsWanted(long FirstDay, long LastDay, long Earliest, long Length);
