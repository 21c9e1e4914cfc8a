using System.Threading.Channels;
using Slotwright.Appointments;

namespace Slotwright.Live;

/// <summary>The pages that show the same free times. What they hear is found out once for all of them.</summary>
internal sealed class Audience(int accountId, int scheduleId, FreeTimesQuery query)
{
    private readonly Lock gate = new();
    private readonly List<Listener> listeners = [];
    private readonly Channel<bool> calls = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly string feed = Guid.NewGuid().ToString("N")[..12];
    private FreeTimesEntry? shown;
    private long number;

    public int AccountId { get; } = accountId;

    public int ScheduleId { get; } = scheduleId;

    public FreeTimesQuery Query { get; } = query;

    public int Count
    {
        get
        {
            lock (gate)
            {
                return listeners.Count;
            }
        }
    }

    /// <summary>Something may have changed.</summary>
    public void Call() => calls.Writer.TryWrite(true);

    /// <summary>Waits until somebody calls; many calls are one.</summary>
    public async Task Called(CancellationToken ending) => await calls.Reader.ReadAsync(ending);

    /// <summary>Begins with all free times, as soon as they are known.</summary>
    public void Add(Listener listener)
    {
        lock (gate)
        {
            listeners.Add(listener);
            if (shown is { } entry)
            {
                listener.Hear(All(entry));
            }
        }
    }

    /// <summary>How many are left.</summary>
    public int Remove(Listener listener)
    {
        lock (gate)
        {
            listeners.Remove(listener);
            return listeners.Count;
        }
    }

    /// <summary>Tells everyone how the times differ from what they know; false: in nothing. Who has stopped listening is dropped.</summary>
    public bool Show(FreeTimesEntry entry)
    {
        lock (gate)
        {
            if (ReferenceEquals(entry, shown))
            {
                return false;
            }

            var before = shown;
            shown = entry;
            if (before is null)
            {
                Tell(All(entry));
                return true;
            }

            var (taken, freed) = Difference(before.Starts, entry.Starts);
            if (taken.Count == 0 && freed.Count == 0)
            {
                return false;
            }

            number++;
            Tell(new TimesChange { Feed = feed, Number = number, Version = entry.Value.AgendaVersion, Taken = taken, Freed = freed });
            return true;
        }
    }

    /// <summary>What is only in the first and what is only in the second; both ascend.</summary>
    internal static (List<long> Gone, List<long> New) Difference(long[] before, long[] after)
    {
        List<long> gone = [], added = [];
        int left = 0, right = 0;
        while (left < before.Length || right < after.Length)
        {
            if (right == after.Length || (left < before.Length && before[left] < after[right]))
            {
                gone.Add(before[left++]);
            }
            else if (left == before.Length || after[right] < before[left])
            {
                added.Add(after[right++]);
            }
            else
            {
                left++;
                right++;
            }
        }

        return (gone, added);
    }

    private TimesChange All(FreeTimesEntry entry) => new() { Feed = feed, Number = number, Version = entry.Value.AgendaVersion, Free = entry.Starts };

    private void Tell(TimesChange change) => listeners.RemoveAll(listener => !listener.Hear(change));
}

/// <summary>One page's end. Holds a few messages for a slow reader; one who reads none of them is dropped, and asks anew if it is still there.</summary>
internal sealed class Listener(Action drop)
{
    /// <summary>Three seconds' worth of the fastest feed.</summary>
    public const int MostWaiting = 32;

    private readonly Channel<TimesChange> waiting = Channel.CreateBounded<TimesChange>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });

    public ChannelReader<TimesChange> Changes => waiting.Reader;

    /// <summary>False: it has not been listening and is dropped.</summary>
    public bool Hear(TimesChange change)
    {
        if (waiting.Writer.TryWrite(change))
        {
            return true;
        }

        waiting.Writer.TryComplete();
        drop();
        return false;
    }

    public void End() => waiting.Writer.TryComplete();
}
