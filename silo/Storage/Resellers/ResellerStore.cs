using System.Globalization;
using Slotwright.Resellers;

namespace Slotwright.Storage.Resellers;

internal sealed partial class ResellerStore(IDatabase database) : IResellerStore
{
    public Task<IReadOnlyList<ClientListing>> Clients(int resellerId) => database.Read<IReadOnlyList<ClientListing>>(async connection => await connection.All(
        """
        select a.id, a.name, p.email, a.plan, a.paused_at, a.attached_at, a.created_at
        from accounts a join persons p on p.id = a.owner_person_id
        where a.reseller_id = @reseller order by a.name, a.id
        """,
        row => new ClientListing
        {
            AccountId = row.GetInt32(0),
            Name = row.GetString(1),
            OwnerEmail = row.GetString(2),
            PlanCode = row.GetString(3),
            PausedAt = row.InstantOrNull(4),
            AttachedAt = row.InstantOrNull(5) ?? row.InstantOrNull(6)!.Value,
        },
        ("reseller", resellerId)));

    public Task<bool> IsClient(int resellerId, int accountId) => database.Read(async connection => Convert.ToInt32(
        await connection.Scalar("select count(*) from accounts where id = @account and reseller_id = @reseller", ("account", accountId), ("reseller", resellerId)),
        CultureInfo.InvariantCulture) == 1);
}
