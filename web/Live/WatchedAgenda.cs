using System.Collections.Concurrent;
using NodaTime;
using Slotwright.Appointments;

namespace Slotwright.Live;

/// <summary>What this node knows of one schedule: the highest version heard of, when the feed was last renewed, and the answers.</summary>
internal sealed class WatchedAgenda(int accountId, int scheduleId)
{
    private readonly ConcurrentDictionary<FreeTimesQuery, Question> questions = new();
    private long version;
    private long rulesEdition;
    private long heardAt = long.MinValue;
    private long lastUsed;
    private long takenBacks;

    public int AccountId { get; } = accountId;

    public int ScheduleId { get; } = scheduleId;

    public long Version => Volatile.Read(ref version);

    public long RulesEdition => Volatile.Read(ref rulesEdition);

    /// <summary>When the feed last began or was renewed; null: never.</summary>
    public Instant? HeardAt
    {
        get => Volatile.Read(ref heardAt) is var ticks && ticks == long.MinValue ? null : Instant.FromUnixTimeTicks(ticks);
        set => Volatile.Write(ref heardAt, value?.ToUnixTimeTicks() ?? long.MinValue);
    }

    public Instant LastUsed
    {
        get => Instant.FromUnixTimeTicks(Volatile.Read(ref lastUsed));
        set => Volatile.Write(ref lastUsed, value.ToUnixTimeTicks());
    }

    /// <summary>How often a place was heard to be free again without a new version.</summary>
    public long TakenBacks => Volatile.Read(ref takenBacks);

    internal int QuestionsKept => questions.Count;

    /// <summary>Notifications come in any order: a lower version changes nothing.</summary>
    public void Raise(long to, long edition)
    {
        RaiseTo(ref version, to);
        RaiseTo(ref rulesEdition, edition);
    }

    /// <summary>Answers asked before this show a place as taken that was never booked.</summary>
    public void TakeBack() => Interlocked.Increment(ref takenBacks);

    public bool Holds(FreeTimesEntry entry, Instant now) =>
        entry.Value.AgendaVersion >= Version
        && entry.Value.RulesEdition >= RulesEdition
        && entry.TakenBacks == TakenBacks
        && now < entry.Value.ValidUntil
        && now >= entry.AskedAt
        && (now - entry.AskedAt < FreeTimesCache.UnheardLifetime || IsHeard(now));

    public Question QuestionOf(FreeTimesQuery query, int most)
    {
        if (questions.TryGetValue(query, out var question))
        {
            return question;
        }

        if (questions.Count >= most)
        {
            questions.Clear();
        }

        return questions.GetOrAdd(query, static asked => new Question(asked));
    }

    private bool IsHeard(Instant now) => HeardAt is { } at && now >= at && now - at < FreeTimesCache.FeedLifetime;

    private static void RaiseTo(ref long field, long value)
    {
        var present = Volatile.Read(ref field);
        while (value > present)
        {
            var before = Interlocked.CompareExchange(ref field, value, present);
            if (before == present)
            {
                return;
            }

            present = before;
        }
    }
}

/// <summary>One question to one schedule: the last answer, and the call under way.</summary>
internal sealed class Question(FreeTimesQuery query)
{
    private readonly Lock gate = new();
    private Task<FoundFreeTimes>? underWay;
    private FreeTimesEntry? entry;

    public FreeTimesQuery Query { get; } = query;

    public FreeTimesEntry? Entry
    {
        get => Volatile.Read(ref entry);
        set => Volatile.Write(ref entry, value);
    }

    /// <summary>The call under way, or a new one.</summary>
    public Task<FoundFreeTimes> Join(Func<Task<FoundFreeTimes>> ask)
    {
        lock (gate)
        {
            if (underWay is { IsCompleted: false } running)
            {
                return running;
            }

            return underWay = ask();
        }
    }
}
