using System.Buffers;
using System.Numerics;
using Slotwright.Appointments;

namespace Slotwright.Schedules;

/// <summary>
/// Ascending starts, each with the set of resources that have it: a bit for each resource, in words of 64. Works in borrowed memory.
/// </summary>
internal ref struct OfferedStarts
{
    private const int RememberedSets = 16;

    private readonly int[] resources;
    private readonly int words;
    private long[] starts = [];
    private ulong[] masks = [];

    public OfferedStarts(int[] resources)
    {
        this.resources = resources;
        words = WordsFor(resources.Length);
    }

    public int Count { get; private set; }

    private readonly ReadOnlySpan<long> Starts => starts.AsSpan(0, Count);

    public static int WordsFor(int resources) => (resources + 63) / 64;

    /// <summary>Adds ascending starts for the resources of the bits.</summary>
    public void Merge(ReadOnlySpan<long> added, ReadOnlySpan<ulong> bits)
    {
        if (added.IsEmpty)
        {
            return;
        }

        var room = Count + added.Length;
        var mergedStarts = ArrayPool<long>.Shared.Rent(room);
        var mergedMasks = ArrayPool<ulong>.Shared.Rent(room * words);
        int at = 0, left = 0, right = 0;
        if (Count == 0)
        {
            added.CopyTo(mergedStarts);
            Fill(mergedMasks.AsSpan(0, added.Length * words), bits);
            at = added.Length;
            right = added.Length;
        }

        while (left < Count || right < added.Length)
        {
            var mask = mergedMasks.AsSpan(at * words, words);
            mask.Clear();
            var start = left == Count ? added[right]
                : right == added.Length ? starts[left]
                : Math.Min(starts[left], added[right]);
            if (left < Count && starts[left] == start)
            {
                masks.AsSpan(left * words, words).CopyTo(mask);
                left++;
            }

            if (right < added.Length && added[right] == start)
            {
                for (var word = 0; word < words; word++)
                {
                    mask[word] |= bits[word];
                }

                right++;
            }

            mergedStarts[at++] = start;
        }

        Dispose();
        starts = mergedStarts;
        masks = mergedMasks;
        Count = at;
    }

    /// <summary>Takes away the starts at which something stands in a resource's way.</summary>
    public readonly void Strike(int position, BusyTime time, in BusyTime.Wanted wanted) =>
        time.Strike(wanted, Starts, masks.AsSpan(position / 64), words, 1UL << (position % 64));

    /// <summary>What is left, with the resources of each start; sets that repeat are shared.</summary>
    public readonly FreeTimeList Collect(long length)
    {
        var left = 0;
        for (var index = 0; index < Count; index++)
        {
            left += IsGone(index) ? 0 : 1;
        }

        if (left == 0)
        {
            return FreeTimeList.Empty;
        }

        var kept = new long[left];
        var setOfStart = resources.Length == 1 ? null : new int[left];
        var sets = new List<int[]>(4);
        var masksOfSets = new List<int>(4);
        int at = 0, set = -1;
        for (var index = 0; index < Count; index++)
        {
            if (IsGone(index))
            {
                continue;
            }

            if (set < 0 || !SameSet(index, masksOfSets[set]))
            {
                set = FindSet(index, masksOfSets);
                if (set == sets.Count)
                {
                    sets.Add(Members(index));
                    masksOfSets.Add(index);
                }
            }

            if (setOfStart is not null)
            {
                setOfStart[at] = set;
            }

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

    private readonly void Fill(Span<ulong> room, ReadOnlySpan<ulong> bits)
    {
        if (words == 1)
        {
            room.Fill(bits[0]);
            return;
        }

        for (var index = 0; index < room.Length; index++)
        {
            room[index] = bits[index % words];
        }
    }

    private readonly ReadOnlySpan<ulong> Mask(int index) => masks.AsSpan(index * words, words);

    private readonly bool IsGone(int index) => words == 1 ? masks[index] == 0 : !Mask(index).ContainsAnyExcept(0UL);

    private readonly bool SameSet(int one, int other) => words == 1 ? masks[one] == masks[other] : Mask(one).SequenceEqual(Mask(other));

    private readonly int FindSet(int index, List<int> masksOfSets)
    {
        // A set comes back soon or not at all; looking through all of them would let a hostile schedule cost the square.
        for (var set = masksOfSets.Count - 1; set >= 0 && set >= masksOfSets.Count - RememberedSets; set--)
        {
            if (SameSet(index, masksOfSets[set]))
            {
                return set;
            }
        }

        return masksOfSets.Count;
    }

    private readonly int[] Members(int index)
    {
        var mask = Mask(index);
        var count = 0;
        foreach (var word in mask)
        {
            count += BitOperations.PopCount(word);
        }

        if (count == resources.Length)
        {
            return resources;
        }

        var members = new int[count];
        var at = 0;
        for (var position = 0; position < resources.Length; position++)
        {
            if ((mask[position / 64] & (1UL << (position % 64))) != 0)
            {
                members[at++] = resources[position];
            }
        }

        return members;
    }
}
