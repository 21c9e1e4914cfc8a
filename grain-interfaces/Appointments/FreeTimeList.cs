using System.Collections;
using NodaTime;

namespace Slotwright.Appointments;

/// <summary>
/// Free times in their compact form: starts in Unix seconds, one length for all, and the few distinct sets of resources. A
/// <see cref="FreeTime"/> is made when it is read, so that an answer which is only counted, cached or sent costs no object per time.
/// </summary>
[GenerateSerializer, Immutable, Alias("slotwright.free-time-list")]
public sealed class FreeTimeList : IReadOnlyList<FreeTime>
{
    public static FreeTimeList Empty { get; } = new([], 0, [], null);

    [Id(0)] private readonly long[] starts;
    [Id(1)] private readonly long lengthSeconds;
    [Id(2)] private readonly int[][] resourceSets;

    // Which of the sets belongs to each start; null: the first belongs to all of them.
    [Id(3)] private readonly int[]? setOfStart;

    /// <summary>
    /// Takes the arrays over as they are: starts ascending, and a set's resources in the order shown.
    /// </summary>
    public FreeTimeList(long[] starts, long lengthSeconds, int[][] resourceSets, int[]? setOfStart)
    {
        this.starts = starts;
        this.lengthSeconds = lengthSeconds;
        this.resourceSets = resourceSets;
        this.setOfStart = setOfStart;
    }

    public int Count => starts.Length;

    public FreeTime this[int index] => new()
    {
        Start = Instant.FromUnixTimeSeconds(starts[index]),
        End = Instant.FromUnixTimeSeconds(starts[index] + lengthSeconds),
        ResourceIds = resourceSets[setOfStart?[index] ?? 0],
    };

    public IEnumerator<FreeTime> GetEnumerator()
    {
        for (var index = 0; index < starts.Length; index++)
        {
            yield return this[index];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
