using System.Buffers;
using System.Numerics;
using Slotwright.Appointments;

namespace Slotwright.Schedules;

/// <summary>
/// Ascending starts, each with the set of resources that have it: a bit for each resource, in one plane of words for every 64 of
/// them. Works in borrowed memory.
/// </summary>
internal ref struct OfferedStarts
{
    // A small table in which a set's hash finds it again; two sets that fall together only cost a second array.
    private const int TableBits = 6;

    private readonly int[] resources;
    private readonly int planes;
    private long[] starts = [];
    private ulong[] masks = [];

    // Length of a plane; the first Count words of each are in use.
    private int room;

    public OfferedStarts(int[] resources)
    {
        this.resources = resources;
        planes = PlanesFor(resources.Length);
    }

    public int Count { get; private set; }

    public static int PlanesFor(int resources) => (resources + 63) / 64;

    /// <summary>Adds ascending starts for the resources of the bits.</summary>
    public void Merge(ReadOnlySpan<long> added, ReadOnlySpan<ulong> bits)
    {
        if (added.IsEmpty)
        {
            return;
        }

        var mergedRoom = Count + added.Length;
        var mergedStarts = ArrayPool<long>.Shared.Rent(mergedRoom);
        var mergedMasks = ArrayPool<ulong>.Shared.Rent(mergedRoom * planes);
        var mergedCount = Merge(added, bits, mergedStarts, mergedMasks, mergedRoom);
        Dispose();
        starts = mergedStarts;
        masks = mergedMasks;
        room = mergedRoom;
        Count = mergedCount;
    }

    /// <summary>Takes away the starts at which something stands in a resource's way.</summary>
    public readonly void Strike(int position, BusyTime time, in BusyTime.Wanted wanted) =>
        time.Strike(wanted, starts.AsSpan(0, Count), masks.AsSpan(position / 64 * room, Count), 1UL << (position % 64));

    /// <summary>What is left, with the resources of each start; sets that repeat are shared.</summary>
    public readonly FreeTimeList Collect(long length)
    {
        var left = CountLeft();
        if (left == 0)
        {
            return FreeTimeList.Empty;
        }

        var kept = new long[left];
        var setOfStart = resources.Length == 1 ? null : new int[left];
        var sets = new List<int[]>(4);
        Span<(int Example, int Set)> table = stackalloc (int, int)[1 << TableBits];
        table.Fill((-1, -1));

        // Nearly every schedule has a single plane; the others go the long way.
        var single = planes == 1;
        var firstPlane = masks.AsSpan(0, Count);
        int at = 0, set = 0, previous = -1;
        for (var index = 0; index < firstPlane.Length; index++)
        {
            if (single ? firstPlane[index] == 0 : IsGone(index))
            {
                continue;
            }

            if (previous < 0 || (single ? firstPlane[index] != firstPlane[previous] : !SameSet(index, previous)))
            {
                set = SetOf(index, sets, table);
            }

            if (setOfStart is not null)
            {
                setOfStart[at] = set;
            }

            previous = index;
            kept[at++] = starts[index];
        }

        return new FreeTimeList(kept, length, [.. sets], setOfStart);
    }

    public readonly void Dispose()
    {
        if (starts.Length > 0)
        {
            ArrayPool<long>.Shared.Return(starts);
            ArrayPool<ulong>.Shared.Return(masks);
        }
    }

    private readonly int Merge(
        ReadOnlySpan<long> added, ReadOnlySpan<ulong> bits, long[] mergedStarts, ulong[] mergedMasks, int mergedRoom)
    {
        var old = starts.AsSpan(0, Count);
        int at = 0, left = 0, right = 0;
        while (left < old.Length && right < added.Length)
        {
            var order = old[left].CompareTo(added[right]);
            mergedStarts[at] = order <= 0 ? old[left] : added[right];
            for (var plane = 0; plane < planes; plane++)
            {
                mergedMasks[(plane * mergedRoom) + at] =
                    (order <= 0 ? masks[(plane * room) + left] : 0) | (order >= 0 ? bits[plane] : 0);
            }

            left += order <= 0 ? 1 : 0;
            right += order >= 0 ? 1 : 0;
            at++;
        }

        // One of the two is used up.
        var oldRest = old.Length - left;
        var addedRest = added.Length - right;
        old[left..].CopyTo(mergedStarts.AsSpan(at));
        added[right..].CopyTo(mergedStarts.AsSpan(at));
        for (var plane = 0; plane < planes; plane++)
        {
            masks.AsSpan((plane * room) + left, oldRest).CopyTo(mergedMasks.AsSpan((plane * mergedRoom) + at));
            mergedMasks.AsSpan((plane * mergedRoom) + at, addedRest).Fill(bits[plane]);
        }

        return at + oldRest + addedRest;
    }

    private readonly int CountLeft()
    {
        var left = 0;
        if (planes == 1)
        {
            foreach (var mask in masks.AsSpan(0, Count))
            {
                left += mask == 0 ? 0 : 1;
            }

            return left;
        }

        for (var index = 0; index < Count; index++)
        {
            left += IsGone(index) ? 0 : 1;
        }

        return left;
    }

    private readonly bool IsGone(int index)
    {
        var any = masks[index];
        for (var plane = 1; plane < planes; plane++)
        {
            any |= masks[(plane * room) + index];
        }

        return any == 0;
    }

    private readonly bool SameSet(int one, int other)
    {
        for (var plane = 0; plane < planes; plane++)
        {
            if (masks[(plane * room) + one] != masks[(plane * room) + other])
            {
                return false;
            }
        }

        return true;
    }

    private readonly int SetOf(int index, List<int[]> sets, Span<(int Example, int Set)> table)
    {
        ref var known = ref table[Slot(index)];
        if (known.Example < 0 || !SameSet(index, known.Example))
        {
            known = (index, sets.Count);
            sets.Add(Members(index));
        }

        return known.Set;
    }

    private readonly int Slot(int index)
    {
        const ulong Spread = 0x9E37_79B9_7F4A_7C15;
        if (resources.Length <= TableBits)
        {
            return (int)masks[index];
        }

        var hash = masks[index] * Spread;
        for (var plane = 1; plane < planes; plane++)
        {
            hash = (hash ^ masks[(plane * room) + index]) * Spread;
        }

        return (int)(hash >>> (64 - TableBits));
    }

    private readonly int[] Members(int index)
    {
        var count = 0;
        for (var plane = 0; plane < planes; plane++)
        {
            count += BitOperations.PopCount(masks[(plane * room) + index]);
        }

        if (count == resources.Length)
        {
            return resources;
        }

        var members = new int[count];
        var at = 0;
        for (var position = 0; position < resources.Length; position++)
        {
            if ((masks[(position / 64 * room) + index] & (1UL << (position % 64))) != 0)
            {
                members[at++] = resources[position];
            }
        }

        return members;
    }
}
