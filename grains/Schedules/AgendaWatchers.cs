using Microsoft.Extensions.Logging;
using Orleans.Utilities;
using Slotwright.Live;

namespace Slotwright.Schedules;

/// <summary>
/// Tells web nodes that something changed. A burst of commits is one message: what matters is the newest version, and it is read
/// when the message leaves.
/// </summary>
internal sealed class AgendaWatchers(ILogger log)
{
    private static readonly TimeSpan Forgotten = TimeSpan.FromMinutes(2);

    private readonly ObserverManager<IAgendaWatcher> observers = new(Forgotten, log);
    private bool leaving;
    private bool takenBack;

    public void Add(IAgendaWatcher watcher) => observers.Subscribe(watcher, watcher);

    public void Remove(IAgendaWatcher watcher) => observers.Unsubscribe(watcher);

    /// <summary><paramref name="isTakenBack"/>: a place is free again that was shown as taken under the same version.</summary>
    public void Announce(Func<AgendaVersion> present, bool isTakenBack = false)
    {
        takenBack |= isTakenBack;
        if (observers.Count > 0 && !leaving)
        {
            leaving = true;
            _ = Leave(present);
        }
    }

    private async Task Leave(Func<AgendaVersion> present)
    {
        // The other commits of the same batch are answered before this goes on.
        await Task.Yield();
        leaving = false;
        var version = present() with { TakenBack = takenBack };
        takenBack = false;
        await observers.Notify(watcher => watcher.Changed(version));
    }
}
