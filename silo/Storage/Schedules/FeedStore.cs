using NodaTime;
using Slotwright.Schedules;

namespace Slotwright.Storage.Schedules;

internal sealed class FeedStore(IDatabase database) : IFeedStore
{
    public Task<IReadOnlyList<CalendarFeed>> Working(int accountId, int scheduleId) => database.Read<IReadOnlyList<CalendarFeed>>(async connection =>
        await connection.All(
            """
            select handle, label, made_at from feeds
            where account_id = @account and schedule_id = @schedule and revoked_at is null order by made_at, handle
            """,
            row => new CalendarFeed { Handle = row.GetString(0), Label = row.GetString(1), MadeAt = row.InstantAt(2) },
            ("account", accountId), ("schedule", scheduleId)));

    public Task Add(int accountId, int scheduleId, CalendarFeed feed, string tokenHash) => database.Write(connection => connection.Run(
        """
        insert into feeds (token_hash, account_id, schedule_id, handle, label, made_at)
        values (@hash, @account, @schedule, @handle, @label, @at)
        """,
        ("hash", tokenHash),
        ("account", accountId),
        ("schedule", scheduleId),
        ("handle", feed.Handle),
        ("label", feed.Label),
        ("at", feed.MadeAt)));

    public Task<bool> Revoke(int accountId, int scheduleId, string handle, Instant now) => database.Write(async connection => await connection.Run(
        """
        update feeds set revoked_at = @now
        where account_id = @account and schedule_id = @schedule and handle = @handle and revoked_at is null
        """,
        ("now", now), ("account", accountId), ("schedule", scheduleId), ("handle", handle)) == 1);

    public Task<FeedReference?> Find(string tokenHash) => database.Read(connection => connection.First(
        "select account_id, schedule_id, revoked_at from feeds where token_hash = @hash",
        row => new FeedReference(row.GetInt32(0), row.GetInt32(1), row.InstantOrNull(2) is not null),
        ("hash", tokenHash)));
}
