using System.Threading.Channels;
using Slotwright.Resellers;

namespace Slotwright.Live;

/// <summary>One reseller's dashboard as far as this node's open pages go: gathers what it hears, and passes it on at a pace that people can read.</summary>
internal sealed class OpenDashboard(int resellerId, TimeProvider time)
{
    /// <summary>Between two messages to the pages; the first leaves at once.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly Lock gate = new();
    private readonly List<DashboardListener> listeners = [];
    private DashboardNews? waiting;
    private FeedPosition? heard;
    private FeedPosition? missed;
    private bool telling;
    private bool ended;

    public int ResellerId { get; } = resellerId;

    /// <summary>False: the last page has just left, and this dashboard is no longer looked after.</summary>
    public bool Add(DashboardListener listener)
    {
        lock (gate)
        {
            if (!ended)
            {
                listeners.Add(listener);
            }

            return !ended;
        }
    }

    /// <summary>True: nobody is left.</summary>
    public bool Remove(DashboardListener listener)
    {
        lock (gate)
        {
            listeners.Remove(listener);
            return ended = listeners.Count == 0;
        }
    }

    public void Hear(DashboardChange change)
    {
        lock (gate)
        {
            if (heard is { } before && before.Feed == change.Position.Feed && change.Position.Number <= before.Number)
            {
                return;
            }

            heard = change.Position;
            Pass(DashboardNews.Of(change));
        }
    }

    /// <summary>
    /// Where the feed is. What was not heard of by the next time either is lost: the pages are told where it is, and see that they missed something.
    /// A number that is only under way is not lost.
    /// </summary>
    public void Hear(FeedPosition position)
    {
        lock (gate)
        {
            if (heard is null)
            {
                heard = position;
                listeners.ForEach(Greet);
                return;
            }

            // Whoever came while the feed could not be asked: a change that arrived meanwhile greets nobody.
            listeners.ForEach(Greet);
            if (heard.Feed != position.Feed)
            {
                heard = position;
                missed = null;
                Pass(DashboardNews.At(position));
                return;
            }

            if (missed is { } awaited && awaited.Feed == heard.Feed && heard.Number < awaited.Number)
            {
                heard = position;
                Pass(DashboardNews.At(position));
            }

            missed = position.Number > heard.Number ? position : null;
        }
    }

    /// <summary>Begins with where the feed is, as far as this node knows.</summary>
    public void Greet(DashboardListener listener)
    {
        lock (gate)
        {
            // What waits to be passed on comes after where it begins.
            var position = waiting is { } soon ? new FeedPosition(soon.Feed, soon.From) : heard;
            if (position is not null && !listener.IsGreeted)
            {
                listener.IsGreeted = true;
                listener.Hear(WrittenNews.Of(DashboardNews.At(position)));
            }
        }
    }

    private void Pass(DashboardNews news)
    {
        waiting = waiting?.Then(news) ?? news;
        if (!telling)
        {
            telling = true;
            _ = Tell();
        }
    }

    private async Task Tell()
    {
        while (true)
        {
            lock (gate)
            {
                if (waiting is not { } news)
                {
                    telling = false;
                    return;
                }

                waiting = null;
                var written = new Dictionary<string, WrittenNews>();
                listeners.RemoveAll(listener =>
                {
                    if (!listener.IsGreeted)
                    {
                        return false;
                    }

                    if (!written.TryGetValue(listener.View, out var same))
                    {
                        written[listener.View] = same = WrittenNews.Of(news.For(listener.Shown));
                    }

                    return !listener.Hear(same);
                });
            }

            await Task.Delay(Pause, time);
        }
    }
}

/// <summary>One page's end. Holds a few messages for a slow reader; one who reads none of them is dropped, and asks anew if it is still there.</summary>
/// <param name="shown">The clients on the page, 100 at most: numbers of others are not sent to it.</param>
/// <param name="drop">Is called when it is dropped.</param>
internal sealed class DashboardListener(IReadOnlySet<int> shown, Action drop)
{
    /// <summary>Three seconds' worth of the fastest feed.</summary>
    public const int MostWaiting = 32;

    private readonly Channel<WrittenNews> waiting = Channel.CreateBounded<WrittenNews>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });

    public IReadOnlySet<int> Shown { get; } = shown;

    /// <summary>The same for pages that show the same clients.</summary>
    public string View { get; } = string.Join(',', shown.Order());

    public ChannelReader<WrittenNews> News => waiting.Reader;

    public bool IsGreeted { get; set; }

    /// <summary>False: it has not been listening and is dropped.</summary>
    public bool Hear(WrittenNews news)
    {
        if (waiting.Writer.TryWrite(news))
        {
            return true;
        }

        waiting.Writer.TryComplete();
        drop();
        return false;
    }

    public void End() => waiting.Writer.TryComplete();
}
