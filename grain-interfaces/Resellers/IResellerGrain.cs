using NodaTime;
using Orleans.Concurrency;
using Slotwright.Accounts;
using Slotwright.Tenancy;

namespace Slotwright.Resellers;

/// <summary>A reseller's own settings, inherited by every client account. Key: the id of the reseller's own account.</summary>
[ResellerGrain, Alias("slotwright.reseller-grain")]
public interface IResellerGrain : IGrainWithStringKey
{
    /// <summary>Null when the account is no reseller. With nothing set, name and e-mail of the reseller's own account.</summary>
    [Alias("support")]
    Task<ResellerSettings?> Settings();

    /// <summary>Replaces them; every client account shows them at once.</summary>
    [Alias("change-settings")]
    Task<ResellerSettings?> ChangeSettings(ResellerSettings settings);

    /// <summary>Its client accounts, ascending by name; empty when it has none or is no reseller.</summary>
    [Alias("clients")]
    Task<IReadOnlyList<ClientListing>> Clients();

    /// <summary>
    /// Makes a new, empty, free account that is this reseller's client. Its administrator gets a mail in the reseller's name: with a link that
    /// sets a password (once, 7 days) where the address has no login yet, else a notice. The answer is the same for both. A repeat with
    /// the same key, name and e-mail answers the account that the first made.
    /// </summary>
    [Alias("open-client"), AlwaysInterleave]
    Task<Outcome<AccountReference, SignUpRefusal>> OpenClient(OpenClient command);

    /// <summary>
    /// Attaches an existing account by its name and its owner's password. What depends on credentials has one refusal; the others are told
    /// only to who knows the password. The caller slows who tries often. Its administrator gets a mail in the reseller's name.
    /// </summary>
    [Alias("connect-client"), AlwaysInterleave]
    Task<Outcome<AccountReference, ConnectRefusal>> ConnectClient(ConnectClient command);

    /// <summary>Null: no client of this reseller.</summary>
    [Alias("client"), AlwaysInterleave]
    Task<ClientFacts?> Client(int clientId);

    /// <summary>Writes to the client's administrator again, as <see cref="OpenClient"/> did; links sent before no longer work. Three times an hour at most.</summary>
    [Alias("invite-again"), AlwaysInterleave]
    Task<Outcome<AccountReference, ClientRefusal>> InviteAgain(int clientId);

    /// <summary>Links that were sent for this account and not used no longer work. Answers the same where there were none.</summary>
    [Alias("revoke-invitations"), AlwaysInterleave]
    Task<Outcome<AccountReference, ClientRefusal>> RevokeInvitations(int clientId);

    /// <summary>Notes what the reseller asks from the client; null: nothing.</summary>
    [Alias("note-price"), AlwaysInterleave]
    Task<Outcome<AccountReference, ClientRefusal>> NotePrice(int clientId, AskedPrice? price);

    /// <summary>
    /// The client becomes a regular account: its hosts are released, its sender is neutral again, it is open if it was paused. Its
    /// administrator and the reseller get a mail in the platform's name. The reseller reaches nothing of it any more.
    /// </summary>
    [Alias("detach-client"), AlwaysInterleave]
    Task<Outcome<AccountReference, ClientRefusal>> Detach(int clientId);

    /// <summary>
    /// Deletes the client's account with everything that is its own, for good. Its name and hosts are free for others after 90 days. Its
    /// administrator, whose login stays, gets a mail in the reseller's name, and so does the reseller.
    /// </summary>
    [Alias("delete-client"), AlwaysInterleave]
    Task<Outcome<AccountReference, ClientRefusal>> Delete(int clientId, string typedName);

    /// <summary>The account is a regular one again; its settings as a reseller are gone.</summary>
    [Alias("revert"), AlwaysInterleave]
    Task<Outcome<AccountReference, RevertRefusal>> Revert(RevertReseller command);

    /// <summary>Null: no client of this reseller.</summary>
    [Alias("export-set-up"), AlwaysInterleave]
    Task<ClientSetUp?> ExportSetUp(int clientId);

    /// <summary>Appointments and blocks of whatever state with ids above <paramref name="after"/>, 1,000 at most; null: no client of this reseller.</summary>
    [Alias("export-appointments"), AlwaysInterleave]
    Task<ExportedAppointments?> ExportAppointments(int clientId, int after);

    /// <summary>As <see cref="ExportAppointments"/>, of what happened to them.</summary>
    [Alias("export-changes"), AlwaysInterleave]
    Task<ExportedChanges?> ExportChanges(int clientId, int after);
}

/// <summary>A client account as its reseller lists it.</summary>
[GenerateSerializer, Immutable, Alias("slotwright.client-listing")]
public sealed record ClientListing
{
    [Id(0)] public required int AccountId { get; init; }

    /// <summary>As in its address.</summary>
    [Id(1)] public required string Name { get; init; }

    /// <summary>The administrator's address.</summary>
    [Id(2)] public required string OwnerEmail { get; init; }

    [Id(3)] public required string PlanCode { get; init; }

    /// <summary>Null: it is open.</summary>
    [Id(4)] public required Instant? PausedAt { get; init; }

    /// <summary>When it became this reseller's client.</summary>
    [Id(5)] public required Instant AttachedAt { get; init; }
}

[GenerateSerializer, Immutable, Alias("slotwright.reseller-settings")]
public sealed record ResellerSettings
{
    [Id(0)] public int Schema { get; init; } = 1;

    [Id(1)] public required SupportDetails Support { get; init; }

    /// <summary>Shown on public pages of free client accounts; empty: none.</summary>
    [Id(2)] public string AdvertLine { get; init; } = "";
}
