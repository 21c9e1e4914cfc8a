using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;
using Slotwright.SignIn;
using Slotwright.Tenancy;

namespace Slotwright.Live;

/// <summary>
/// What open reseller dashboards listen to. Whose clients are told of is decided here and by the rows, never by the page. Whoever may no longer
/// open the dashboard hears nothing more within five seconds.
/// </summary>
[Authorize]
public sealed class DashboardHub(DashboardFeed feed, OpenSessions sessions, Faces faces, TimeProvider time) : Hub
{
    /// <summary>Below the path of the live pages, so that the same door leads to it.</summary>
    public const string Path = LiveRegistration.Path + "/reseller";

    /// <summary>A page needs one; another is begun when the page shows other clients. Those that ended are given back, those that were refused are not.</summary>
    private const int MostStreams = 64;
    private const int MostShown = 100;

    /// <summary>Between two looks at who is listening; what is known of a session is at most <see cref="OpenSessions.Lifetime"/> older.</summary>
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(1);

    public override Task OnConnectedAsync()
    {
        Context.Items[nameof(Watch)] = new StreamCount();
        return base.OnConnectedAsync();
    }

    /// <summary>First where the feed is, then what changes: of the clients on the page their numbers, and what happens at all of them. Refused for an account whose reseller dashboard the person may not open.</summary>
    public async IAsyncEnumerable<WrittenNews> Watch(string account, int[]? shown, [EnumeratorCancellation] CancellationToken left)
    {
        var streams = (StreamCount)Context.Items[nameof(Watch)]!;
        var started = streams.Begin();
        if (started > 2 * MostStreams)
        {
            Context.Abort();
        }

        if (started > MostStreams || account is null || shown is { Length: > MostShown } || await faces.AccountByName(account) is not { } found || !IsOnPlatform() || !await MayOpen(found.AccountId))
        {
            throw new HubException("unknown");
        }

        var connection = Context;
        try
        {
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(left, connection.ConnectionAborted);
            var news = await feed.Listen(found.AccountId, (shown ?? []).ToHashSet(), connection.Abort, ending.Token);
            var heard = news.WaitToReadAsync(ending.Token).AsTask();
            while (await MayOpen(found.AccountId))
            {
                if (await Task.WhenAny(heard, Task.Delay(Round, time, ending.Token)) != heard)
                {
                    continue;
                }

                if (!await heard)
                {
                    break;
                }

                while (await MayOpen(found.AccountId) && news.TryRead(out var one))
                {
                    yield return one;
                }

                heard = news.WaitToReadAsync(ending.Token).AsTask();
            }

            await ending.CancelAsync();
            connection.Abort();
        }
        finally
        {
            streams.End();
        }
    }

    private bool IsOnPlatform() => Context.GetHttpContext()?.Site().Kind == SiteKind.Platform;

    private async Task<bool> MayOpen(int accountId) =>
        SessionClaims.Read(Context.User) is { } ticket && await sessions.Resume(ticket.PersonId, ticket.Token) is { } session && session.MayOpen(accountId)
        && await faces.Account(accountId) is { IsReseller: true, IsSuspended: false };

    /// <summary>Streams of one connection, which may begin and end at once.</summary>
    private sealed class StreamCount
    {
        private int streams;

        public int Begin() => Interlocked.Increment(ref streams);

        public void End() => Interlocked.Decrement(ref streams);
    }
}
