using System.Collections.Concurrent;
using NodaTime;
using Slotwright.Appointments;
using Slotwright.Tenancy;

namespace Slotwright.Live;

/// <summary>
/// Free times as this web node last heard them. An answer lives while neither the agenda nor the rules are known to have changed
/// and the clock alone does not change it; without a living feed from the schedule it lives one second. Equal questions that come together are asked once.
/// </summary>
public sealed class FreeTimesCache(Grains grains, IClock clock)
{
    /// <summary>How old an answer may be while nobody would tell of a change.</summary>
    public static readonly Duration UnheardLifetime = Duration.FromSeconds(1);

    /// <summary>A schedule that nobody asked for so long is forgotten, and its feed ended.</summary>
    public static readonly Duration UnusedLifetime = Duration.FromMinutes(5);

    /// <summary>A feed that was not renewed for so long, two of its intervals, may have ended.</summary>
    public static readonly Duration FeedLifetime = Duration.FromSeconds(20);

    private const int MostSchedules = 5_000;
    private const int MostQuestions = 64;

    private readonly ConcurrentDictionary<(int AccountId, int ScheduleId), WatchedAgenda> agendas = new();

    /// <summary>Schedules in use, for whoever keeps their feeds alive.</summary>
    internal IEnumerable<WatchedAgenda> Agendas => agendas.Values;

    /// <summary>A schedule's answers of before may be wrong now: account and schedule.</summary>
    internal event Action<int, int>? Changed;

    /// <summary>As <see cref="Schedules.IScheduleGrain.FreeTimes"/>, mostly without asking it.</summary>
    public async Task<Outcome<FreeTimes, BookingRefusal>> FreeTimes(int accountId, int scheduleId, FreeTimesQuery query)
    {
        var found = await Find(accountId, scheduleId, query);
        return found.Entry is { } entry ? entry.Value : found.Refusal!.Value;
    }

    /// <summary>The same with the answer's JSON and tag.</summary>
    public ValueTask<FoundFreeTimes> Find(int accountId, int scheduleId, FreeTimesQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        var now = clock.GetCurrentInstant();
        var agenda = AgendaOf(accountId, scheduleId);
        agenda.LastUsed = now;
        if (query.Ignoring is not null)
        {
            // One visitor's own question: nobody else will ask it.
            return new ValueTask<FoundFreeTimes>(Ask(accountId, scheduleId, query, now, 0));
        }

        var question = agenda.QuestionOf(query, MostQuestions);
        return question.Entry is { } entry && agenda.Holds(entry, now)
            ? new ValueTask<FoundFreeTimes>(new FoundFreeTimes(entry, null))
            : new ValueTask<FoundFreeTimes>(AskOnce(agenda, question));
    }

    /// <summary>This node made or heard of a change: older answers are not given any more. Versions only rise.</summary>
    public void Saw(AgendaVersion version)
    {
        ArgumentNullException.ThrowIfNull(version);
        if (agendas.TryGetValue((version.AccountId, version.ScheduleId), out var agenda))
        {
            agenda.Raise(version.Version, version.RulesEdition);
            if (version.TakenBack)
            {
                agenda.TakeBack();
            }

            Changed?.Invoke(version.AccountId, version.ScheduleId);
        }
    }

    /// <summary>As <see cref="Saw(AgendaVersion)"/>, of a booking, which leaves the rules as they were.</summary>
    public void Saw(int accountId, int scheduleId, long version)
    {
        if (agendas.TryGetValue((accountId, scheduleId), out var agenda))
        {
            agenda.Raise(version, 0);
            Changed?.Invoke(accountId, scheduleId);
        }
    }

    /// <summary>This node had a place held or let go, which changes no version: older answers are not given any more.</summary>
    public void SawHold(int accountId, int scheduleId)
    {
        if (agendas.TryGetValue((accountId, scheduleId), out var agenda))
        {
            agenda.TakeBack();
            Changed?.Invoke(accountId, scheduleId);
        }
    }

    /// <summary>The entry may still be shown. Counts as a use of the schedule.</summary>
    public bool Holds(int accountId, int scheduleId, FreeTimesEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var now = clock.GetCurrentInstant();
        var agenda = AgendaOf(accountId, scheduleId);
        agenda.LastUsed = now;
        return agenda.Holds(entry, now);
    }

    internal void Forget(WatchedAgenda agenda) =>
        agendas.TryRemove(new KeyValuePair<(int, int), WatchedAgenda>((agenda.AccountId, agenda.ScheduleId), agenda));

    private WatchedAgenda AgendaOf(int accountId, int scheduleId)
    {
        if (agendas.TryGetValue((accountId, scheduleId), out var agenda))
        {
            return agenda;
        }

        if (agendas.Count >= MostSchedules)
        {
            // Rare, and cheap to come back from: each schedule in use is asked once more.
            agendas.Clear();
        }

        return agendas.GetOrAdd((accountId, scheduleId), static key => new WatchedAgenda(key.AccountId, key.ScheduleId));
    }

    /// <summary>
    /// Joins the question under way, unless that began before a change which this caller may already know of; then one more is
    /// asked. Two rounds at most: an agenda under constant change still answers.
    /// </summary>
    private async Task<FoundFreeTimes> AskOnce(WatchedAgenda agenda, Question question)
    {
        var needed = agenda.Version;
        var neededEdition = agenda.RulesEdition;
        FoundFreeTimes found = default;
        for (var round = 0; round < 2; round++)
        {
            found = await question.Join(() => Fetch(agenda, question));
            if (found.Entry is not { } entry || (entry.Value.AgendaVersion >= needed && entry.Value.RulesEdition >= neededEdition))
            {
                break;
            }
        }

        return found;
    }

    private async Task<FoundFreeTimes> Fetch(WatchedAgenda agenda, Question question)
    {
        // Counted before the question: what is taken back while it is under way may be in its answer.
        var takenBacks = agenda.TakenBacks;
        var found = await Ask(agenda.AccountId, agenda.ScheduleId, question.Query, clock.GetCurrentInstant(), takenBacks);
        if (found.Entry is { } entry)
        {
            agenda.Raise(entry.Value.AgendaVersion, entry.Value.RulesEdition);
            question.Entry = entry;
        }

        return found;
    }

    private async Task<FoundFreeTimes> Ask(int accountId, int scheduleId, FreeTimesQuery query, Instant now, long takenBacks)
    {
        var outcome = await Grains.Again(() => grains.Schedule(accountId, scheduleId).FreeTimes(query));
        return outcome.Accepted
            ? new FoundFreeTimes(new FreeTimesEntry(outcome.Value, now) { TakenBacks = takenBacks }, null)
            : new FoundFreeTimes(null, outcome.Refusal ?? throw new InvalidOperationException("Free times were neither answered nor refused."));
    }
}
