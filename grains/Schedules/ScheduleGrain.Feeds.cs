using Slotwright.Platform;

namespace Slotwright.Schedules;

public sealed partial class ScheduleGrain
{
    private const int MostFeeds = 10;
    private const int LongestLabel = 60;

    public async Task<IReadOnlyList<CalendarFeed>> Feeds() => Known ? await feeds.Working(accountId, scheduleId) : [];

    public async Task<Outcome<MadeFeed, FeedRefusal>> MakeFeed(string label)
    {
        ArgumentNullException.ThrowIfNull(label);
        if (!Known)
        {
            return FeedRefusal.UnknownSchedule;
        }

        if (await GrainFactory.Account(accountId).Face() is not { HasFeeds: true })
        {
            return FeedRefusal.NotInPlan;
        }

        var tidied = label.Trim();
        if (tidied.Length is 0 or > LongestLabel || tidied.Any(char.IsControl))
        {
            return FeedRefusal.LabelInvalid;
        }

        if ((await feeds.Working(accountId, scheduleId)).Count >= MostFeeds)
        {
            return FeedRefusal.TooMany;
        }

        var token = OneTimeToken.New();
        var feed = new CalendarFeed { Handle = OneTimeToken.New(9), Label = tidied, MadeAt = clock.GetCurrentInstant() };
        await feeds.Add(accountId, scheduleId, feed, OneTimeToken.Hash(token));
        return new MadeFeed(feed, token);
    }

    public Task<bool> RevokeFeed(string handle) =>
        Known ? feeds.Revoke(accountId, scheduleId, handle, clock.GetCurrentInstant()) : Task.FromResult(false);
}
