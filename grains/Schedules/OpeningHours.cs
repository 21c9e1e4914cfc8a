using NodaTime;

namespace Slotwright.Schedules;

/// <summary>
/// The opening hours of one day: pairs of minutes since its midnight, [from, to), ascending and parted; the last may pass the
/// following midnight. A span belongs to the day on which it begins.
/// </summary>
internal static class OpeningHours
{
    public const int MinutesPerDay = 1_440;

    /// <summary>Spans that touch or overlap become one; null when a span is not on whole minutes.</summary>
    public static int[]? Merge(IEnumerable<OpeningSpan> spans)
    {
        var minutes = new List<(int From, int To)>();
        foreach (var span in spans)
        {
            if (span is null || WholeMinutes(span.From) is not { } from || WholeMinutes(span.To) is not { } to)
            {
                return null;
            }

            minutes.Add((from, to <= from ? to + MinutesPerDay : to));
        }

        minutes.Sort();
        var merged = new List<int>(minutes.Count * 2);
        foreach (var (from, to) in minutes)
        {
            if (merged.Count > 0 && from <= merged[^1])
            {
                merged[^1] = Math.Max(merged[^1], to);
            }
            else
            {
                merged.Add(from);
                merged.Add(to);
            }
        }

        return [.. merged];
    }

    private static int? WholeMinutes(LocalTime time) =>
        time.NanosecondOfDay % NodaConstants.NanosecondsPerMinute == 0
            ? (int)(time.NanosecondOfDay / NodaConstants.NanosecondsPerMinute)
            : null;
}

/// <summary>The days that differ from the normal week, as parted stretches of days in ascending order.</summary>
internal sealed class SpecialDays
{
    private readonly long[] first;
    private readonly long[] last;
    private readonly int[][] hours;

    private SpecialDays(long[] first, long[] last, int[][] hours)
    {
        this.first = first;
        this.last = last;
        this.hours = hours;
    }

    /// <summary>Later ones of the list win where two concern the same day.</summary>
    public static SpecialDays Of(IReadOnlyList<(long First, long Last, int[] Hours)> exceptions)
    {
        var edges = exceptions.SelectMany(exception => new[] { exception.First, exception.Last + 1 }).Distinct().Order().ToArray();
        var stretches = new List<(long First, long Last, int[] Hours)>();
        for (var edge = 0; edge + 1 < edges.Length; edge++)
        {
            for (var index = exceptions.Count - 1; index >= 0; index--)
            {
                var exception = exceptions[index];
                if (exception.First <= edges[edge] && edges[edge] <= exception.Last)
                {
                    stretches.Add((edges[edge], edges[edge + 1] - 1, exception.Hours));
                    break;
                }
            }
        }

        return new SpecialDays(
            [.. stretches.Select(stretch => stretch.First)],
            [.. stretches.Select(stretch => stretch.Last)],
            [.. stretches.Select(stretch => stretch.Hours)]);
    }

    /// <summary>Null: a normal day.</summary>
    public int[]? On(long day)
    {
        if (first.Length == 0)
        {
            return null;
        }

        var index = Array.BinarySearch(first, day);
        index = index < 0 ? ~index - 1 : index;
        return index >= 0 && day <= last[index] ? hours[index] : null;
    }
}
