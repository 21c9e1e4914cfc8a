using NodaTime;

namespace Slotwright.Schedules;

/// <summary>The rows of calendar feeds.</summary>
public interface IFeedStore
{
    /// <summary>Those that work, oldest first.</summary>
    Task<IReadOnlyList<CalendarFeed>> Working(int accountId, int scheduleId);

    Task Add(int accountId, int scheduleId, CalendarFeed feed, string tokenHash);

    /// <summary>False: no such feed of this schedule works.</summary>
    Task<bool> Revoke(int accountId, int scheduleId, string handle, Instant now);

    /// <summary>Working or revoked; null: unknown.</summary>
    Task<FeedReference?> Find(string tokenHash);
}
