using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;
using Slotwright.SignIn;
using Slotwright.Team;
using Slotwright.Tenancy;

namespace Slotwright.Live;

/// <summary>
/// What open pages of the back office listen to. It tells only that something changed; the pages ask for it as their person. Whoever
/// may no longer open the account hears nothing more within five seconds.
/// </summary>
[Authorize]
public sealed class StaffHub(StaffFeed feed, OpenSessions sessions, ActingSessions actings, Faces faces, TimeProvider time) : Hub
{
    /// <summary>Below the path of the live pages, so that the same door leads to it.</summary>
    public const string Path = LiveRegistration.Path + "/staff";

    private const int MostStreams = 16;

    /// <summary>Between two looks at who is listening; what is known of a session is at most <see cref="OpenSessions.Lifetime"/> older.</summary>
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(1);

    /// <summary>Between two messages to the same page.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>0 once it listens, then the agenda's version whenever it or the schedule's rules changed. Refused for an account that the person may not open.</summary>
    public async IAsyncEnumerable<long> Watch(string account, int schedule, [EnumeratorCancellation] CancellationToken left)
    {
        var started = Context.Items.TryGetValue(nameof(Watch), out var streams) && streams is int count ? count + 1 : 1;
        Context.Items[nameof(Watch)] = started;
        if (started > 2 * MostStreams)
        {
            Context.Abort();
        }

        if (started > MostStreams
            || account is null
            || await faces.AccountByName(account) is not { } found
            || !Context.IsOn(found.AccountId)
            || !await MayOpen(found.AccountId)
            || await faces.Schedule(found.AccountId, schedule) is null)
        {
            throw new HubException("unknown");
        }

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(left, Context.ConnectionAborted);
        var changes = await feed.Listen(found.AccountId, schedule, ending.Token);

        // What the page shows was read before anyone listened for it.
        yield return 0;
        while (await Next(changes, found.AccountId, ending.Token) is { } version)
        {
            yield return version;
            await Task.Delay(Pause, time, ending.Token);
        }

        await ending.CancelAsync();
        Context.Abort();
    }

    /// <summary>Null: the person may not open the account any more, or has left.</summary>
    private async Task<long?> Next(ChannelReader<long> changes, int accountId, CancellationToken ending)
    {
        var heard = changes.WaitToReadAsync(ending).AsTask();
        while (await MayOpen(accountId))
        {
            if (await Task.WhenAny(heard, Task.Delay(Round, time, ending)) == heard)
            {
                return await heard && await MayOpen(accountId) && changes.TryRead(out var version) ? version : null;
            }
        }

        return null;
    }

    private async Task<bool> MayOpen(int accountId) =>
        SessionClaims.Read(Context.User) is { } ticket
        && await sessions.Resume(ticket.PersonId, ticket.Token) is { } session
        && await faces.Account(accountId) is { IsSuspended: false } account
        && (await IsActing(session, accountId) || (session.MayOpen(accountId) && !PausedDoor.IsShutTo(session, account)));

    /// <summary>By the cookies with which the connection was opened, on the platform's host alone.</summary>
    private async Task<bool> IsActing(Session session, int accountId) =>
        Context.GetHttpContext() is { } http && http.Site().Kind == SiteKind.Platform && await actings.Of(http.Request, session, accountId) is not null;
}
