using NodaTime;
using Slotwright.Accounts;
using Slotwright.Appointments;
using Slotwright.Team;

namespace Slotwright.Resellers;

/// <summary>
/// The relation between resellers and their client accounts. Each method is one transaction, which checks the relation itself: for an account
/// that is no client of the reseller nothing is changed. What changes the relation leaves a row in the audit of the account that it changes, by the
/// reseller's person who did it; a deletion leaves it in the reseller's.
/// </summary>
public interface IClientStore
{
    Task<ClientRow?> Find(int resellerId, int clientId);

    /// <summary>Attaches a regular account that is not suspended and queues the letter.</summary>
    Task<AttachAnswer> Attach(int resellerId, int clientId, int personId, Instant now, PersonLetter letter);

    /// <summary>
    /// Ends the relation, releases the account's hosts, opens it if it was paused, forgets the reseller's notes, and queues the letters.
    /// Copies to the reseller that have not left are dropped. False: no client of this reseller.
    /// </summary>
    Task<bool> Detach(int resellerId, int clientId, int personId, Instant now, IReadOnlyList<PersonLetter> letters);

    /// <summary>
    /// Detaches each of these and makes the reseller a regular account, with its settings gone. Nothing is changed when it has a client that is not
    /// among them.
    /// </summary>
    Task<RevertAnswer> Revert(int resellerId, int personId, IReadOnlyDictionary<int, IReadOnlyList<PersonLetter>> clients, Instant now, PersonLetter letter);

    /// <summary>Deletes the account and everything that is its own.</summary>
    Task<EraseAnswer> Erase(int resellerId, int clientId, int personId, Instant now, IReadOnlyList<PersonLetter> letters);

    /// <summary>Null: nothing is asked.</summary>
    Task<bool> NotePrice(int resellerId, int clientId, AskedPrice? price);

    /// <summary>
    /// Writes to the owner: with a new link while they have no login, for which those of this account before are spent; else the notice.
    /// Null: no client of this reseller; false: <paramref name="atMost"/> were sent since then.
    /// </summary>
    Task<bool?> Invite(int resellerId, int clientId, Invitation invitation, PersonLetter notice, int atMost, Instant since, Instant now);

    /// <summary>False: no client of this reseller.</summary>
    Task<bool> RevokeInvitations(int resellerId, int clientId, Instant now);

    /// <summary>Of whatever state, ascending by id; null: no client of this reseller.</summary>
    Task<IReadOnlyList<Appointment>?> Appointments(int resellerId, int clientId, int after, int atMost);

    /// <summary>As <see cref="Appointments"/>.</summary>
    Task<IReadOnlyList<AppointmentChange>?> Changes(int resellerId, int clientId, int after, int atMost);
}

public enum AttachAnswer
{
    Attached = 1,
    UnknownReseller = 2,
    UnknownAccount = 3,
    IsReseller = 4,
    AttachedElsewhere = 5,
    AlreadyYours = 6,
}

public enum EraseAnswer
{
    Erased = 1,
    UnknownClient = 2,

    /// <summary>The operator closed it, and may have to look into it.</summary>
    Suspended = 3,
}

public enum RevertAnswer
{
    Reverted = 1,
    UnknownReseller = 2,
    HasOthers = 3,
}

public sealed record ClientRow
{
    public required int Id { get; init; }

    public required string Name { get; init; }

    public required int OwnerPersonId { get; init; }

    public required string OwnerEmail { get; init; }

    public required Instant CreatedAt { get; init; }

    public required Instant AttachedAt { get; init; }

    public required Instant? InvitedAt { get; init; }

    public required AskedPrice? Asked { get; init; }

    public required Instant? PausedAt { get; init; }
}
