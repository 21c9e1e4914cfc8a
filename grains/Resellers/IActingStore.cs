using NodaTime;

namespace Slotwright.Resellers;

/// <summary>
/// The rows of acting sessions and of the audit. Each method is one transaction, and judges anew whatever an acting session depends on: the
/// person's own session, their membership of the reseller, and the relation, each unbroken since the start.
/// </summary>
public interface IActingStore
{
    /// <summary>Ends the person's other acting session for the client, stores the new one, and writes its first row. The answer says what is wrong; null: nothing.</summary>
    Task<ActingRefusal?> Start(NewActing acting, AuditedAct act);

    /// <summary>Null: it is not open any more.</summary>
    Task<ActingRow?> Find(ActingProof proof, Instant now);

    /// <summary>Writes the act while the session is open; false: it is not.</summary>
    Task<bool> Record(ActingProof proof, AuditedAct act, Instant now);

    /// <summary>False: it is not open any more.</summary>
    Task<bool> Switch(ActingProof proof, ActingMode mode, Instant now);

    Task End(ActingProof proof, Instant now);

    /// <summary>A row that no acting session leaves: somebody of the account itself, or of a reseller, asked for what no page offers.</summary>
    Task RecordAttack(int accountId, int personId, AuditedAct act, Instant now);

    /// <summary>Of the account's whole life; for a reseller's client, only while it is one when <paramref name="resellerId"/> is given: null, it is not.</summary>
    Task<AccessLog?> Log(int accountId, int? resellerId, int before, Instant now);
}

public sealed record NewActing
{
    public required int Id { get; init; }

    public required string TokenHash { get; init; }

    public required int PersonId { get; init; }

    public required string SessionHash { get; init; }

    public required int ResellerId { get; init; }

    public required int AccountId { get; init; }

    public required string Host { get; init; }

    public required Instant StartedAt { get; init; }

    public required Instant EndsAt { get; init; }
}

/// <summary>A ticket as it is stored.</summary>
public sealed record ActingProof(int ResellerId, int AccountId, string TokenHash, int PersonId, string SessionHash);

public sealed record ActingRow(int Id, ActingMode Mode, Instant StartedAt, Instant EndsAt, string ResellerAccount);
