using System.Data.Common;
using NodaTime;
using Slotwright.Resellers;

namespace Slotwright.Storage.Resellers;

/// <summary>Acting sessions as they are listed, with what has ended them beside their own end.</summary>
internal static class ActingListings
{
    public const string Select =
        """
        select x.id, x.account_id, coalesce(c.name, ''), x.reseller_id, coalesce(r.name, ''), coalesce(p.email, ''), x.mode, x.started_at, x.ends_at, x.ended_at,
            s.ended_at, (select count(*) from audit u where u.acting_id = x.id),
            case when c.reseller_id = x.reseller_id and coalesce(c.attached_at, 0) <= x.started_at and r.is_reseller = 1 and s.token_hash is not null
                and exists (select 1 from memberships m where m.account_id = x.reseller_id and m.person_id = x.person_id and m.created_at <= x.started_at)
                then 1 else 0 end
        from acting_sessions x
        left join accounts c on c.id = x.account_id
        left join accounts r on r.id = x.reseller_id
        left join persons p on p.id = x.person_id
        left join sessions s on s.token_hash = x.session_hash
        """;

    public static ActingListing Read(DbDataReader row, Instant now)
    {
        var (latest, ended, left) = (row.InstantAt(8), row.InstantOrNull(9), row.InstantOrNull(10));
        var end = new[] { latest, ended ?? latest, left ?? latest }.Min();
        return new ActingListing
        {
            Id = row.GetInt32(0),
            AccountId = row.GetInt32(1),
            Account = row.GetString(2),
            ResellerId = row.GetInt32(3),
            Reseller = row.GetString(4),
            Person = row.GetString(5),
            Mode = (ActingMode)row.GetInt32(6),
            StartedAt = row.InstantAt(7),
            EndsAt = end,
            IsOpen = row.FlagAt(12) && end > now,
            Acts = (int)row.GetInt64(11),
        };
    }

}
