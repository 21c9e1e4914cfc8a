using NodaTime;
using Orleans.Concurrency;
using Slotwright.Accounts;
using Slotwright.Billing;
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
    /// Closes a client's back office to all but this reseller and takes no more bookings of customers and programs for it; what is booked
    /// stays. Its owner gets a letter in the reseller's name. A repeat changes nothing.
    /// </summary>
    [Alias("pause-client"), AlwaysInterleave]
    Task<Outcome<ClientPause, PauseRefusal>> PauseClient(int clientId);

    /// <summary>Opens it again; as <see cref="PauseClient"/>.</summary>
    [Alias("resume-client"), AlwaysInterleave]
    Task<Outcome<ClientPause, PauseRefusal>> ResumeClient(int clientId);

    /// <summary>Its clients with an id above the given one, ascending by id; 1 to 1,000 of them.</summary>
    [Alias("export-clients"), AlwaysInterleave]
    Task<IReadOnlyList<ClientExportLine>> ExportClients(int afterId, int limit);

    /// <summary>Its templates, ascending by name.</summary>
    [Alias("templates"), AlwaysInterleave]
    Task<IReadOnlyList<TemplateListing>> Templates();

    /// <summary>Null: none of this reseller's.</summary>
    [Alias("template"), AlwaysInterleave]
    Task<ClientTemplate?> Template(int templateId);

    /// <summary>Keeps a client's set-up as it is now under a name.</summary>
    [Alias("save-template"), AlwaysInterleave]
    Task<Outcome<TemplateListing, TemplateRefusal>> SaveTemplate(int clientId, string name);

    [Alias("rename-template"), AlwaysInterleave]
    Task<Outcome<TemplateListing, TemplateRefusal>> RenameTemplate(int templateId, string name);

    /// <summary>What was made from it stays; nothing when it is none of this reseller's.</summary>
    [Alias("delete-template"), AlwaysInterleave]
    Task DeleteTemplate(int templateId);

    /// <summary>
    /// Gives a client the look and the schedules of a template. For a client without schedules, or one to which it was applied before: then
    /// what is missing is made and nothing twice.
    /// </summary>
    [Alias("apply-template"), AlwaysInterleave]
    Task<Outcome<TemplateApplied, TemplateRefusal>> ApplyTemplate(int templateId, int clientId);

    /// <summary>Judges control over another reseller and tells what merging it into this one would move. Changes nothing.</summary>
    [Alias("plan-merge"), AlwaysInterleave]
    Task<Outcome<MergePlan, MergeRefusal>> PlanMerge(MergeProof proof);

    /// <summary>As <see cref="PlanMerge"/>, once more by its ticket.</summary>
    [Alias("merge-plan"), AlwaysInterleave]
    Task<Outcome<MergePlan, MergeRefusal>> PlanAgain(string ticket, int personId);

    /// <summary>
    /// All clients of the other reseller become this one's, in one transaction, and the other becomes a regular account. Both owners get a
    /// letter. A repeat with the same ticket answers the first merge again.
    /// </summary>
    [Alias("merge"), AlwaysInterleave]
    Task<Outcome<Merged, MergeRefusal>> Merge(string ticket, string typedName, int personId);

    /// <summary>Its settings in storage were changed or taken away by somebody else: the next call reads them again.</summary>
    [Alias("reload"), AlwaysInterleave]
    Task Reload();

    /// <summary>
    /// Lets a person who administers this reseller into the back office of one of its clients, for 60 minutes at most and only while their own
    /// session, their membership and the relation last. Leaves a row in the client's audit; a client that is not one leaves it in the reseller's own.
    /// A second one for the same client ends the first.
    /// </summary>
    [Alias("act-as")]
    Task<Outcome<ActingStarted, ActingRefusal>> ActAs(ActAsClient command);

    /// <summary>Null: it has ended, or something that it depends on has. Reads only.</summary>
    [Alias("resume-acting")]
    Task<ActingSession?> ResumeActing(ActingTicket ticket);

    /// <summary>Writes an act into the client's audit, ahead of it. False: the acting session has ended, nothing was written and nothing may be done.</summary>
    [Alias("record-act")]
    Task<bool> RecordAct(ActingTicket ticket, AuditedAct act);

    /// <summary>The role of the acting session from now on; null: it has ended.</summary>
    [Alias("switch-acting")]
    Task<ActingSession?> SwitchActing(ActingTicket ticket, ActingMode mode);

    /// <summary>A repeat is harmless.</summary>
    [Alias("end-acting")]
    Task EndActing(ActingTicket ticket);

    /// <summary>What was done in one of its clients, acts before the number; null: not its client now. <paramref name="before"/> is int.MaxValue for the newest.</summary>
    [Alias("access-log")]
    Task<AccessLog?> AccessLog(int clientId, int before);

    /// <summary>
    /// Gives a client another administrator, who is invited or told; the former one loses the account within five seconds and is told too. Needs an
    /// acting session as reseller, and a password shown within 15 minutes. Refusals in the order of the enum, but an invalid address first.
    /// </summary>
    [Alias("hand-over")]
    Task<Outcome<HandedOver, HandOverRefusal>> HandOver(HandOverClient command);

    /// <summary>What the reseller pays for each of its clients, in no order; empty when it has none or is no reseller.</summary>
    [Alias("subscriptions")]
    Task<IReadOnlyList<ClientSubscription>> Subscriptions();

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
    /// The account's audit says which person of the reseller did it.
    /// </summary>
    [Alias("detach-client"), AlwaysInterleave]
    Task<Outcome<AccountReference, ClientRefusal>> Detach(int clientId, int personId);

    /// <summary>
    /// Deletes the client's account with everything that is its own, for good. Its name and hosts are free for others after 90 days. Its
    /// administrator, whose login stays, gets a mail in the reseller's name, and so does the reseller, whose audit says who did it.
    /// </summary>
    [Alias("delete-client"), AlwaysInterleave]
    Task<Outcome<AccountReference, ClientRefusal>> Delete(int clientId, string typedName, int personId);

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

    /// <summary>
    /// Colours of every client that has none of its own, <c>#rrggbb</c>; empty: none. Replaces both. <see cref="Settings"/> with what is set then.
    /// </summary>
    [Alias("change-default-colours")]
    Task<Outcome<ResellerSettings, BrandRefusal>> ChangeDefaultColours(string colour, string barColour);

    /// <summary>A picture of every client that has none of its kind, in the place of the present one.</summary>
    [Alias("put-default-picture")]
    Task<Outcome<ResellerSettings, BrandRefusal>> PutDefaultPicture(BrandPictureKind kind, BrandPicture picture);

    /// <summary>Nothing when there is none. Null when the account is no reseller.</summary>
    [Alias("remove-default-picture")]
    Task<ResellerSettings?> RemoveDefaultPicture(BrandPictureKind kind);

    /// <summary>A picture for all clients by its random name; null when it is none of them now.</summary>
    [Alias("default-picture")]
    Task<BrandPicture?> DefaultPicture(string name);
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

    /// <summary>Shown for clients that have none of their own. Not changed with the rest, but by its own calls.</summary>
    [Id(3)] public BrandDefaults Look { get; init; } = new();
}

/// <summary>What a reseller's clients look like until they say otherwise; an empty part is none.</summary>
[GenerateSerializer, Immutable, Alias("slotwright.brand-defaults")]
public sealed record BrandDefaults
{
    /// <summary><c>#rrggbb</c>.</summary>
    [Id(0)] public string Colour { get; init; } = "";

    /// <summary>Ground of the bar at the top of pages, <c>#rrggbb</c>.</summary>
    [Id(1)] public string BarColour { get; init; } = "";

    /// <summary>Random name of the picture, which is the reseller's own.</summary>
    [Id(2)] public string Logo { get; init; } = "";

    [Id(3)] public string LogoOnDark { get; init; } = "";

    [Id(4)] public string Icon { get; init; } = "";
}
