using System.Runtime.InteropServices;
using Slotwright.Appointments;

namespace Slotwright.Schedules;

/// <summary>
/// What stands on one resource. Two things are in each other's way when the gap between them is shorter than the longer of the
/// earlier one's buffer after and the later one's buffer before.
/// </summary>
internal sealed class BusyTime
{
    // Ascending by start, each at most a day long: what can touch a stretch begins at most a day and a buffer before it.
    private readonly List<Stretch> ordinary = [];

    // Longer than a day: few, since a resource holds one at a time.
    private readonly List<Stretch> lengthy = [];

    public int Count => ordinary.Count + lengthy.Count;

    public void Add(Appointment placed) => Add(Stretch.Of(placed));

    public void Remove(Appointment placed) => Remove(Stretch.Of(placed));

    /// <summary>A place that is held, with an id that no appointment has.</summary>
    public void Add(Placement placed, int id) => Add(Stretch.Of(placed, id));

    public void Remove(Placement placed, int id) => Remove(Stretch.Of(placed, id));

    private void Add(in Stretch stretch)
    {
        if (stretch.End - stretch.Start > WallClock.Day)
        {
            lengthy.Add(stretch);
        }
        else
        {
            ordinary.Insert(FirstFrom(stretch.Start), stretch);
        }
    }

    private void Remove(in Stretch stretch)
    {
        if (stretch.End - stretch.Start > WallClock.Day)
        {
            lengthy.Remove(stretch);
            return;
        }

        for (var index = FirstFrom(stretch.Start); index < ordinary.Count && ordinary[index].Start == stretch.Start; index++)
        {
            if (ordinary[index] == stretch)
            {
                ordinary.RemoveAt(index);
                return;
            }
        }
    }

    /// <summary>Nothing but the ignored appointment is in the way.</summary>
    public bool IsFree(in Wanted wanted, long start)
    {
        foreach (ref readonly var stretch in Near(wanted, start, start))
        {
            if (stretch.Bars(wanted, start))
            {
                return false;
            }
        }

        foreach (ref readonly var stretch in Span(lengthy))
        {
            if (stretch.Bars(wanted, start))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Clears one resource's bit in the masks of all starts at which something is in the way; starts ascend.</summary>
    public void Strike(in Wanted wanted, ReadOnlySpan<long> starts, Span<ulong> masks, ulong bit)
    {
        if (!starts.IsEmpty)
        {
            Strike(Near(wanted, starts[0], starts[^1]), wanted, starts, masks, bit);
            Strike(Span(lengthy), wanted, starts, masks, bit);
        }
    }

    private static void Strike(
        ReadOnlySpan<Stretch> stretches, Wanted wanted, ReadOnlySpan<long> starts, Span<ulong> masks, ulong bit)
    {
        var index = 0;
        foreach (ref readonly var stretch in stretches)
        {
            if (stretch.AppointmentId == wanted.Ignoring)
            {
                continue;
            }

            var first = stretch.FirstBarred(wanted);
            var last = stretch.LastBarred(wanted);

            // Stretches ascend and so, nearly, do the starts they bar: the next place is close to the last one.
            while (index > 0 && starts[index - 1] >= first)
            {
                index--;
            }

            while (index < starts.Length && starts[index] < first)
            {
                index++;
            }

            for (; index < starts.Length && starts[index] <= last; index++)
            {
                masks[index] &= ~bit;
            }
        }
    }

    private ReadOnlySpan<Stretch> Near(in Wanted wanted, long firstStart, long lastStart)
    {
        // No buffer is longer than a day either.
        var from = FirstFrom(firstStart - (2 * WallClock.Day));
        var to = FirstFrom(lastStart + wanted.Length + WallClock.Day);
        return Span(ordinary)[from..to];
    }

    private int FirstFrom(long start)
    {
        var stretches = Span(ordinary);
        int low = 0, high = stretches.Length;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (stretches[middle].Start < start)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    private static ReadOnlySpan<Stretch> Span(List<Stretch> stretches) => CollectionsMarshal.AsSpan(stretches);

    /// <summary>Who wants a place: for how long, which buffers in seconds, and which appointment is not in its way (0: none).</summary>
    internal readonly record struct Wanted(long Length, long Before, long After, int Ignoring);

    private readonly record struct Stretch(long Start, long End, int Before, int After, int AppointmentId, int Revision)
    {
        public static Stretch Of(Appointment placed) => new(
            WallClock.FloorSeconds(placed.Start),
            WallClock.CeilingSeconds(placed.End),
            (int)(placed.BufferBeforeMinutes * WallClock.Minute),
            (int)(placed.BufferAfterMinutes * WallClock.Minute),
            placed.Id,
            placed.Revision);

        public static Stretch Of(Placement placed, int id) => new(
            WallClock.FloorSeconds(placed.Start),
            WallClock.CeilingSeconds(placed.End),
            (int)(placed.BufferBeforeMinutes * WallClock.Minute),
            (int)(placed.BufferAfterMinutes * WallClock.Minute),
            id,
            Revision: 0);

        public long FirstBarred(in Wanted wanted) => Start - Math.Max(Before, wanted.After) - wanted.Length + 1;

        public long LastBarred(in Wanted wanted) => End + Math.Max(After, wanted.Before) - 1;

        public bool Bars(in Wanted wanted, long start) =>
            AppointmentId != wanted.Ignoring && FirstBarred(wanted) <= start && start <= LastBarred(wanted);
    }
}
