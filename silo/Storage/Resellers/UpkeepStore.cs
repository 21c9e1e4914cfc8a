using System.Data.Common;
using System.Globalization;
using NodaTime;
using Slotwright.Resellers;
using Slotwright.Storage.Accounts;
using Slotwright.Storage.Team;
using Slotwright.Team;

namespace Slotwright.Storage.Resellers;

internal sealed partial class UpkeepStore(IDatabase database) : IUpkeepStore
{
    public Task<bool?> Pause(int resellerId, int clientId, Instant now, PersonLetter letter) =>
        Turn("update accounts set paused_at = @now where id = @client and reseller_id = @reseller and paused_at is null", resellerId, clientId, now, letter);

    public Task<bool?> Resume(int resellerId, int clientId, Instant now, PersonLetter letter) =>
        Turn("update accounts set paused_at = null where id = @client and reseller_id = @reseller and paused_at is not null", resellerId, clientId, now, letter);

    public Task<IReadOnlyList<ExportRow>> ExportRows(int resellerId, int afterId, int limit, Instant now) =>
        database.Read<IReadOnlyList<ExportRow>>(async connection => await connection.All(
            $"""
            select a.id, a.name, p.email, a.plan, a.allowed, a.created_at, case when {SignIns.AreTheResellers} then p.signed_in_at end, a.trial_started_at, a.trial_ends_at, a.paused_at,
                (select min(n.normalised) from names n where n.kind = @host and n.owner = a.id and n.current = 1 and n.released_at is null),
                (select count(*) from agendas g join appointments b on b.agenda_id = g.id
                 where g.account_id = a.id and b.status = 1 and b.kind = 1 and b.ends_at > @now),
                a.asked_hundredths, a.asked_every, a.asked_note
            from accounts a join persons p on p.id = a.owner_person_id
            where a.reseller_id = @reseller and a.id > @after order by a.id limit @limit
            """,
            row => new ExportRow
            {
                AccountId = row.GetInt32(0),
                Name = row.GetString(1),
                OwnerEmail = row.GetString(2),
                PlanCode = row.GetString(3),
                Allowed = row.GetInt32(4),
                CreatedAt = row.InstantAt(5),
                LastSignInAt = row.InstantOrNull(6),
                TrialStartedAt = row.InstantOrNull(7),
                TrialEndsAt = row.InstantOrNull(8),
                PausedAt = row.InstantOrNull(9),
                Host = row.TextOrNull(10) ?? "",
                Upcoming = row.GetInt32(11),
                Asked = row.IsDBNull(12) ? null : new AskedPrice(row.GetInt64(12) / 100m, (AskedEvery)row.GetInt32(13), row.GetString(14)),
            },
            ("reseller", resellerId), ("after", afterId), ("limit", limit), ("now", now), ("host", UniqueNames.Host)));

    private Task<bool?> Turn(string update, int resellerId, int clientId, Instant now, PersonLetter letter) => database.Write<bool?>(async connection =>
    {
        if (await connection.Run(update, [.. Named(update, ("now", now)), ("client", clientId), ("reseller", resellerId)]) == 1)
        {
            await connection.Queue(letter, now);
            return true;
        }

        return await IsClient(connection, resellerId, clientId) ? false : null;
    });

    private static async Task<bool> IsClient(DbConnection connection, int resellerId, int clientId) => Convert.ToInt32(
        await connection.Scalar("select count(*) from accounts where id = @client and reseller_id = @reseller", ("client", clientId), ("reseller", resellerId)),
        CultureInfo.InvariantCulture) == 1;

    /// <summary>Parameters that a statement names: drivers refuse others.</summary>
    private static IEnumerable<(string Name, object? Value)> Named(string sql, params (string Name, object? Value)[] parameters) =>
        parameters.Where(parameter => sql.Contains('@' + parameter.Name, StringComparison.Ordinal));
}
