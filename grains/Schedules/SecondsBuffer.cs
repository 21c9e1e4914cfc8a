using System.Buffers;

namespace Slotwright.Schedules;

/// <summary>A growing list of seconds in borrowed memory: a query allocates what it answers, and nothing to get there.</summary>
internal ref struct SecondsBuffer
{
    private long[] items;

    public SecondsBuffer(int room)
    {
        items = ArrayPool<long>.Shared.Rent(room);
        Count = 0;
    }

    public int Count { get; private set; }

    public readonly ReadOnlySpan<long> Written => items.AsSpan(0, Count);

    public readonly ref long Last => ref items[Count - 1];

    public void Add(long value)
    {
        if (Count == items.Length)
        {
            Grow(1);
        }

        items[Count++] = value;
    }

    /// <summary>Room for so many more; all of them count as written.</summary>
    public Span<long> Append(int count)
    {
        if (Count + count > items.Length)
        {
            Grow(count);
        }

        var room = items.AsSpan(Count, count);
        Count += count;
        return room;
    }

    public void SortAndUnify()
    {
        if (Count == 0)
        {
            return;
        }

        Array.Sort(items, 0, Count);
        var kept = 1;
        for (var index = 1; index < Count; index++)
        {
            if (items[index] != items[kept - 1])
            {
                items[kept++] = items[index];
            }
        }

        Count = kept;
    }

    public readonly void Dispose() => ArrayPool<long>.Shared.Return(items);

    private void Grow(int count)
    {
        var larger = ArrayPool<long>.Shared.Rent(Math.Max(items.Length * 2, Count + count));
        items.AsSpan(0, Count).CopyTo(larger);
        ArrayPool<long>.Shared.Return(items);
        items = larger;
    }
}
