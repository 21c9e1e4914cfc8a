using NodaTime;
using Slotwright.Team;

namespace Slotwright.Accounts;

/// <summary>The rows of names, accounts, schedules and memberships. Each method is one transaction.</summary>
public interface IAccountStore
{
    /// <summary>
    /// Claims the account's name and, where the e-mail is new, makes the person; then account and membership. False: the name is
    /// taken or blocked, or its reseller is none any more, and nothing was stored.
    /// </summary>
    Task<bool> Open(NewAccount account);

    /// <summary>The account that a form with this key made; null: none.</summary>
    Task<AccountReference?> FindByOpeningKey(string openingKey);

    /// <summary>Makes it a reseller unless it is a client; false when it is, or there is no such account.</summary>
    Task<bool> BecomeReseller(int accountId);

    /// <summary>The brand's document has no sender address any more.</summary>
    Task SenderLost(int accountId);

    Task<AccountRow?> Load(int accountId);

    /// <summary>By folded name, current or former.</summary>
    Task<AccountReference?> FindByName(string foldedName);

    Task<AccountReference?> FindByKeyHash(string sha256);

    Task<AccountReference?> FindByHost(string host);

    Task<AccountReference?> FindBySchedule(int scheduleId);

    /// <summary>In the order made.</summary>
    Task<IReadOnlyList<ScheduleListing>> Schedules(int accountId);

    Task<ScheduleListing?> Schedule(int accountId, int scheduleId);

    /// <summary>Claims the name within the account; makes schedule and agenda rows. False: the name is taken.</summary>
    Task<bool> AddSchedule(int accountId, int scheduleId, string name, string foldedName, Instant now);

    /// <summary>False: another schedule of the account has the name.</summary>
    Task<bool> RenameSchedule(int accountId, int scheduleId, string name, string foldedName, Instant now);

    /// <summary>Gives the account another present name; the former ones still find it. Nothing but a "no" is stored unless <see cref="RenameAnswer.Renamed"/>.</summary>
    Task<RenameAnswer> Rename(int accountId, string name, string foldedName, int mostFormerNames, Instant now);

    Task ChangeApiKey(int accountId, string hash, string sealedKey);

    /// <summary>Appointments (not blocks) that are over or cancelled, and distinct customers by e-mail over all of them.</summary>
    Task<(int Past, int Customers)> CountKept(int accountId, Instant now);

    /// <summary>Sets the trial's window unless it was ever set, and queues the letters that tell of it; false when it was.</summary>
    Task<bool> StartTrial(int accountId, Instant startedAt, Instant endsAt, IReadOnlyList<PersonLetter> letters);

    /// <summary>Sets plan and allowed (int.MaxValue: no limit) and re-arms the limit mails that no longer hold.</summary>
    Task ChangePlan(int accountId, string planCode, int allowed);

    /// <summary>Claims a host name for an account, or re-points one of its own. False: another account's, or still blocked.</summary>
    Task<bool> MapHost(string host, int accountId, Instant now);

    /// <summary>Releases it; blocked for other accounts for 90 days. False: not this account's.</summary>
    Task<bool> UnmapHost(string host, int accountId, Instant now);
}

public enum RenameAnswer
{
    Renamed = 1,
    Taken = 2,
    TooMany = 3,
}

public sealed record NewAccount
{
    public required int Id { get; init; }

    public required string Name { get; init; }

    public required string FoldedName { get; init; }

    public int? ResellerId { get; init; }

    public bool IsReseller { get; init; }

    public required string PlanCode { get; init; }

    /// <summary>int.MaxValue: no limit.</summary>
    public required int Allowed { get; init; }

    public required string ApiKeyHash { get; init; }

    public required string ApiKeySealed { get; init; }

    /// <summary>Made only when nobody has the e-mail; the account then goes to whoever has it.</summary>
    public required NewPerson Owner { get; init; }

    public required Instant Now { get; init; }

    /// <summary>Stored with the account when its owner has no login yet; null: nobody is written to.</summary>
    public Invitation? Invitation { get; init; }

    /// <summary>Stored with the account when its owner has a login already; null: they are not written to.</summary>
    public PersonLetter? Notice { get; init; }

    /// <summary>Null: no form's.</summary>
    public string? OpeningKey { get; init; }
}

/// <summary>A link that sets a first password, and the letter that brings it.</summary>
public sealed record Invitation(PersonLink Link, PersonLetter Letter);

public sealed record NewPerson
{
    public required int Id { get; init; }

    public required string Email { get; init; }

    public required string NormalisedEmail { get; init; }

    public string? PasswordHash { get; init; }

    public string? TokenHash { get; init; }

    public Instant? TokenExpiresAt { get; init; }
}

public sealed record AccountRow
{
    public required int Id { get; init; }

    public required string Name { get; init; }

    public required int? ResellerId { get; init; }

    public required bool IsReseller { get; init; }

    public required int OwnerPersonId { get; init; }

    public required string OwnerEmail { get; init; }

    public required string ApiKeySealed { get; init; }

    public required string PlanCode { get; init; }

    /// <summary>int.MaxValue: no limit. A running trial has none whatever this says.</summary>
    public required int Allowed { get; init; }

    public required Instant? TrialStartedAt { get; init; }

    public required Instant? TrialEndsAt { get; init; }

    /// <summary>When it became its reseller's client; null: a regular account.</summary>
    public required Instant? AttachedAt { get; init; }

    /// <summary>When its reseller paused it; null: it is open.</summary>
    public required Instant? PausedAt { get; init; }

    /// <summary>When the operator closed it; null: it is open.</summary>
    public Instant? SuspendedAt { get; init; }

    /// <summary>It was detached, and its brand's document may still hold the sender address that its reseller gave it: none counts.</summary>
    public bool LosesSender { get; init; }
}
