using System.Collections.Concurrent;
using NodaTime;
using Slotwright.Team;
using Slotwright.Tenancy;

namespace Slotwright.SignIn;

/// <summary>
/// Sessions as their person's grain last knew them, asked anew after <see cref="Lifetime"/>: a session ended or a membership taken
/// away elsewhere is felt within that time.
/// </summary>
public sealed class OpenSessions(Grains grains, IClock clock)
{
    /// <summary>How old an answer may be.</summary>
    public static readonly Duration Lifetime = Duration.FromSeconds(4);

    private const int MostEntries = 20_000;

    private readonly ConcurrentDictionary<(int PersonId, string Token), (Session? Session, Instant At)> known = new();

    /// <summary>Null: the session has ended or never was one.</summary>
    public async Task<Session?> Resume(int personId, string token)
    {
        var now = clock.GetCurrentInstant();
        if (known.TryGetValue((personId, token), out var entry) && now >= entry.At && now - entry.At < Lifetime)
        {
            return entry.Session;
        }

        var session = await grains.Person(personId).Resume(token);
        if (known.Count >= MostEntries)
        {
            known.Clear();
        }

        known[(personId, token)] = (session, now);
        return session;
    }

    /// <summary>The person's next requests, in whichever session, ask anew: something about them has just changed here.</summary>
    public void Forget(int personId)
    {
        foreach (var key in known.Keys.Where(key => key.PersonId == personId))
        {
            known.TryRemove(key, out _);
        }
    }

    /// <summary>Ends the session for good, here at once.</summary>
    public async Task End(int personId, string token)
    {
        await grains.Person(personId).SignOut(token);
        known.TryRemove((personId, token), out _);
    }
}
