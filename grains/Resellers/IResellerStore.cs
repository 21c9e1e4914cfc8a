namespace Slotwright.Resellers;

/// <summary>The rows of resellers and of their relation to client accounts. Each method is one transaction.</summary>
public interface IResellerStore
{
    /// <summary>The accounts that are clients of this reseller now, ascending by name.</summary>
    Task<IReadOnlyList<ClientListing>> Clients(int resellerId);

    /// <summary>The account is this reseller's client now.</summary>
    Task<bool> IsClient(int resellerId, int accountId);
}
