using System.Data.Common;
using Dapper;
using NodaTime;
using Slotwright.Storage.Upkeep;

namespace Slotwright.Mail;

/// <summary>
/// After a restore nobody is written to about what is a day old: such mails are held (delivery state 5), and facts that had no mail
/// yet stay without (pending 2), until the operator decides.
/// </summary>
internal sealed class HeldAfterRestore : IAfterRestore
{
    private static readonly Duration Stale = Duration.FromHours(24);

    public async Task<int> Run(DbConnection connection, Instant now)
    {
        var before = (now - Stale).ToUnixTimeMilliseconds();
        var mails = await connection.ExecuteAsync(
            "update deliveries set state = @held, lease_until = 0, lease_owner = '' where state = @due and due_at < @before",
            new { held = (int)DeliveryState.Held, due = (int)DeliveryState.Due, before });
        var facts = await connection.ExecuteAsync("update changes set pending = 2 where pending = 1 and at < @before", new { before });
        return mails + facts;
    }
}
