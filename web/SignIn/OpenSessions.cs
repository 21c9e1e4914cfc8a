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

    private readonly RecentAnswers<(int PersonId, string Token), Session?> known = new(Lifetime, clock);

    /// <summary>Null: the session has ended or never was one.</summary>
    public Task<Session?> Resume(int personId, string token) => known.Of((personId, token), async () => await grains.Person(personId).Resume(token));

    /// <summary>The person's next requests, in whichever session, ask anew: something about them has just changed here.</summary>
    public void Forget(int personId) => known.Forget(key => key.PersonId == personId);

    /// <summary>Ends the session for good, here at once.</summary>
    public async Task End(int personId, string token)
    {
        await grains.Person(personId).SignOut(token);
        known.Forget((personId, token));
    }
}
