using NodaTime;

namespace Slotwright.Mail;

/// <summary>
/// Facts that could not be expanded, and when this process tries each again: after 1, 2, 4 … seconds, at most an hour. Only in
/// memory: a restart, perhaps with the cause repaired, begins anew.
/// </summary>
internal sealed class FactRetries
{
    /// <summary>Failures in a row; the last comes eight hours after the first.</summary>
    public const int GiveUpAfter = 20;

    private const int DoublingsToAnHour = 12;

    private static readonly Duration LongestDelay = Duration.FromHours(1);
    private static readonly Duration Pause = Duration.FromSeconds(30);

    private readonly Lock gate = new();
    private readonly Dictionary<int, Try> facts = [];

    /// <summary>Facts not to be tried now.</summary>
    public IReadOnlyList<int> Resting(Instant now)
    {
        lock (gate)
        {
            return [.. facts.Where(fact => fact.Value.NextAt > now).Select(fact => fact.Key)];
        }
    }

    /// <summary>Tried in vain. Answers how often so far.</summary>
    public int Failed(int id, Instant now)
    {
        lock (gate)
        {
            var failures = facts.GetValueOrDefault(id).Failures + 1;
            var delay = failures > DoublingsToAnHour ? LongestDelay : Duration.FromSeconds(1L << (failures - 1));
            facts[id] = new Try(failures, now + delay);
            return failures;
        }
    }

    /// <summary>Not tried at all: half a minute's rest that counts for no failure.</summary>
    public void Rest(int id, Instant now)
    {
        lock (gate)
        {
            facts[id] = new Try(facts.GetValueOrDefault(id).Failures, now + Pause);
        }
    }

    public void Forget(IReadOnlyCollection<int> ids)
    {
        lock (gate)
        {
            foreach (var id in ids)
            {
                facts.Remove(id);
            }
        }
    }

    /// <summary>Forgets facts whose time has come and that are not among those still waiting.</summary>
    public void KeepDue(IReadOnlySet<int> waiting, Instant now)
    {
        lock (gate)
        {
            foreach (var id in facts.Where(fact => fact.Value.NextAt <= now && !waiting.Contains(fact.Key)).Select(fact => fact.Key).ToList())
            {
                facts.Remove(id);
            }
        }
    }

    private readonly record struct Try(int Failures, Instant NextAt);
}
