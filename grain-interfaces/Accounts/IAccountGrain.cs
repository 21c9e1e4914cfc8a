using NodaTime;
using Slotwright.Appointments;
using Slotwright.Resellers;
using Slotwright.Schedules;
using Slotwright.Tenancy;

namespace Slotwright.Accounts;

/// <summary>One business: its name, brand, plan, trial and list of schedules. Key: the account's id.</summary>
[TenantGrain, Alias("slotwright.account-grain")]
public interface IAccountGrain : IGrainWithStringKey
{
    /// <summary>What every page and mail of the account needs; null when there is no such account.</summary>
    [Alias("face")]
    Task<AccountFace?> Face();

    /// <summary>Its schedules in the order made; may be empty.</summary>
    [Alias("schedules")]
    Task<IReadOnlyList<ScheduleListing>> Schedules();

    /// <summary>Makes a schedule. <see cref="ScheduleDefinition.Edition"/> and resource ids of the command are not looked at: new ones are given.</summary>
    [Alias("add-schedule")]
    Task<Outcome<ScheduleListing, ScheduleRefusal>> AddSchedule(ScheduleDefinition definition);

    [Alias("rename-schedule")]
    Task<Outcome<ScheduleListing, ScheduleRefusal>> RenameSchedule(int scheduleId, string name);

    /// <summary>Plan, trial and counters, counted from the rows.</summary>
    [Alias("usage")]
    Task<AccountUsage?> Usage();

    /// <summary>
    /// Unlimited for 168 hours from now, once ever per account. Then judged on read: nothing is deleted.
    /// </summary>
    [Alias("start-trial")]
    Task<Outcome<AccountUsage, TrialRefusal>> StartTrial();

    /// <summary>Puts the account on a plan of the configuration. Reseller's or operator's act; the caller has checked who asks.</summary>
    [Alias("change-plan")]
    Task<Outcome<AccountUsage, PlanRefusal>> ChangePlan(string planCode);

    /// <summary>Replaces display name, colour, language and texts.</summary>
    [Alias("brand")]
    Task<AccountFace> Brand(AccountBrand brand);

    /// <summary>The schedule of an appointment of this account; null when it has no such appointment.</summary>
    [Alias("schedule-of")]
    Task<int?> ScheduleOf(int appointmentId);

    /// <summary>
    /// Appointments and blocks of all schedules that touch [from, to), live ones only, ascending by start; 1,000 at most.
    /// </summary>
    [Alias("day")]
    Task<IReadOnlyList<Appointment>> Day(Instant from, Instant to);

    /// <summary>The account's own API key in the clear, for checksum sign-in and its settings page.</summary>
    [Alias("api-key")]
    Task<string?> ApiKey();

    /// <summary>Finds appointments by whom they are for, or by number.</summary>
    [Alias("find-appointments")]
    Task<FoundAppointments> FindAppointments(FindQuery query);

    /// <summary>Another random key; the former one opens nothing within seconds. Null when there is no such account.</summary>
    [Alias("renew-api-key")]
    Task<string?> RenewApiKey();

    /// <summary>
    /// Another name for addresses and sign-in. The former names go on redirecting and authenticating and are nobody else's. Its own
    /// present name in other letters, and a former one, are accepted. Refusals in the order of the enum.
    /// </summary>
    [Alias("rename")]
    Task<Outcome<AccountFace, RenameRefusal>> Rename(string name);

    /// <summary>Changes the parts of the brand that are given, whatever else changed meanwhile.</summary>
    [Alias("change-brand")]
    Task<Outcome<AccountFace, BrandRefusal>> ChangeBrand(BrandChange change);

    /// <summary>Puts a picture in the place of the present one of its kind, which is deleted.</summary>
    [Alias("put-picture")]
    Task<Outcome<AccountFace, BrandRefusal>> PutPicture(BrandPictureKind kind, BrandPicture picture);

    /// <summary>Deletes it; nothing when there is none.</summary>
    [Alias("remove-picture")]
    Task<AccountFace> RemovePicture(BrandPictureKind kind);

    /// <summary>A picture of the brand by its random name; null when it is none of this account.</summary>
    [Alias("picture")]
    Task<BrandPicture?> Picture(string name);

    /// <summary>Everything that is counted, from the rows; null when there is no such account. Reads all of the account's appointments.</summary>
    [Alias("counters")]
    Task<AccountCounters?> Counters();

    /// <summary>Acting sessions of resellers in this account, and the acts before the number; int.MaxValue for the newest.</summary>
    [Alias("access-log")]
    Task<AccessLog> AccessLog(int before);

    /// <summary>Writes into the audit that one of the account's own people asked for what no page offers them. Nothing else comes of it.</summary>
    [Alias("record-attack")]
    Task RecordAttack(int personId, AuditedAct act);

    /// <summary>
    /// Gives the account a reseller dashboard; everything else of it stays as it is. Harmless when it has one. Refusals in the order of the enum.
    /// </summary>
    /// <param name="personId">Who asks.</param>
    [Alias("become-reseller")]
    Task<Outcome<AccountFace, BecomeRefusal>> BecomeReseller(int personId);
}

/// <summary>An account as its pages show it, with what it inherits from its reseller already in place.</summary>
[GenerateSerializer, Immutable, Alias("slotwright.account-face")]
public sealed record AccountFace
{
    [Id(0)] public required int Id { get; init; }

    /// <summary>As in its URL: <c>corner-barber</c>.</summary>
    [Id(1)] public required string Name { get; init; }

    [Id(2)] public required AccountBrand Brand { get; init; }

    /// <summary>The reseller's account id; null: a regular account of the platform.</summary>
    [Id(3)] public required int? ResellerId { get; init; }

    /// <summary>Whom to ask for help: the reseller's details; null for a regular account.</summary>
    [Id(4)] public required SupportDetails? Support { get; init; }

    /// <summary>
    /// The line a free account shows on public pages: null when none is shown. For a regular free account it is empty and the
    /// page says the platform's own line; for a reseller's client it is the reseller's.
    /// </summary>
    [Id(5)] public required string? AdvertLine { get; init; }

    /// <summary>False: the plan is full, and customers see that online booking is closed.</summary>
    [Id(6)] public required bool TakesBookings { get; init; }

    /// <summary>Calendar feeds are on: a paid plan or a running trial.</summary>
    [Id(7)] public required bool HasFeeds { get; init; }

    /// <summary>Administrator's e-mail: notices go there and mails without a reseller answer to it.</summary>
    [Id(8)] public required string OwnerEmail { get; init; }

    /// <summary>It has a reseller dashboard of its own.</summary>
    [Id(9)] public bool IsReseller { get; init; }

    /// <summary>Its reseller has paused it: the back office is closed to all but the reseller, and nobody books; what is booked stays.</summary>
    [Id(10)] public bool IsPaused { get; init; }

    /// <summary>The operator has closed it to everybody; it is paused too, as far as customers see.</summary>
    [Id(40)] public bool IsSuspended { get; init; }

    /// <summary>Customers may book: there is room, and nobody has paused it.</summary>
    public bool IsBookable => TakesBookings && !IsPaused;

    /// <summary>The person who owns it.</summary>
    [Id(11)] public int OwnerPersonId { get; init; }

    /// <summary>Which parts of <see cref="Brand"/> are the reseller's; null: none, all are the account's own.</summary>
    [Id(20)] public InheritedLook? Inherited { get; init; }
}

/// <summary>Parts of a brand that an account has not set and its reseller, as its clients know it, has.</summary>
[GenerateSerializer, Immutable, Alias("slotwright.inherited-look")]
public sealed record InheritedLook(
    [property: Id(0)] string From, [property: Id(1)] bool Colour, [property: Id(2)] bool BarColour, [property: Id(3)] bool Logo, [property: Id(4)] bool LogoOnDark, [property: Id(5)] bool Icon)
{
    public bool Has(BrandPictureKind kind) => kind switch
    {
        BrandPictureKind.Logo => Logo,
        BrandPictureKind.LogoOnDark => LogoOnDark,
        _ => Icon,
    };
}

/// <summary>How an account presents itself; a document.</summary>
[GenerateSerializer, Immutable, Alias("slotwright.account-brand")]
public sealed record AccountBrand
{
    [Id(0)] public int Schema { get; init; } = 1;

    /// <summary>As customers read it: "The Corner Barber"; 1–80 characters.</summary>
    [Id(1)] public required string DisplayName { get; init; }

    /// <summary><c>#rrggbb</c>; pages derive legible shades from it.</summary>
    [Id(2)] public string Colour { get; init; } = "#1f5f8b";

    /// <summary><c>en</c>, <c>fr</c> or <c>nl</c>: used when a visitor's own is none of these, and for mails to staff.</summary>
    [Id(3)] public required string Language { get; init; }

    /// <summary>IANA zone for dates that belong to the account rather than to a schedule.</summary>
    [Id(4)] public required string TimeZone { get; init; }

    /// <summary>Shown under the name; may be empty; 300 characters at most.</summary>
    [Id(5)] public string Tagline { get; init; } = "";

    /// <summary>How customers reach the business, in one line; may be empty; 200 characters at most.</summary>
    [Id(6)] public string Contact { get; init; } = "";

    /// <summary>Sender address of its mails when the reseller set one; empty: the platform's neutral no-reply.</summary>
    [Id(7)] public string SenderEmail { get; init; } = "";

    /// <summary>Random name of the logo's picture; empty: none, pages show initials.</summary>
    [Id(8)] public string Logo { get; init; } = "";

    /// <summary>Random name of the logo for dark grounds; empty: <see cref="Logo"/> on a light plate.</summary>
    [Id(9)] public string LogoOnDark { get; init; } = "";

    /// <summary>Random name of the icon that browsers show in tabs; empty: a neutral one.</summary>
    [Id(10)] public string Icon { get; init; } = "";

    /// <summary>Ground of the bar at the top of pages, <c>#rrggbb</c>; empty: as cards. Pages choose an ink that is legible on it.</summary>
    [Id(11)] public string BarColour { get; init; } = "";

    /// <summary>
    /// Origins of the sites that may show the public pages in a frame, such as <c>https://www.corner-barber.example</c>, parted by blanks;
    /// empty: none but our own. 20 at most.
    /// </summary>
    [Id(12)] public string FramedBy { get; init; } = "";
}

/// <summary>A reseller's help line, shown in every client account; every part may be empty but the name.</summary>
[GenerateSerializer, Immutable, Alias("slotwright.support-details")]
public sealed record SupportDetails
{
    [Id(0)] public required string Name { get; init; }

    [Id(1)] public string Email { get; init; } = "";

    [Id(2)] public string Phone { get; init; } = "";

    [Id(3)] public string Website { get; init; } = "";
}

[GenerateSerializer, Immutable, Alias("slotwright.schedule-listing")]
public sealed record ScheduleListing([property: Id(0)] int Id, [property: Id(1)] string Name);

/// <summary>What the account may use and does use.</summary>
[GenerateSerializer, Immutable, Alias("slotwright.account-usage")]
public sealed record AccountUsage
{
    [Id(0)] public required string PlanCode { get; init; }

    [Id(1)] public required string PlanName { get; init; }

    /// <summary>Upcoming appointments over all schedules, counted from the rows.</summary>
    [Id(2)] public required int Upcoming { get; init; }

    /// <summary>Null: no limit.</summary>
    [Id(3)] public required int? Allowed { get; init; }

    /// <summary>While in the future, a trial runs.</summary>
    [Id(4)] public required Instant? TrialEndsAt { get; init; }

    /// <summary>The trial has not been used yet.</summary>
    [Id(5)] public required bool MayStartTrial { get; init; }

    /// <summary>Free, trial or active.</summary>
    [Id(6)] public required AccountStanding Standing { get; init; }
}

[GenerateSerializer, Alias("slotwright.account-standing")]
public enum AccountStanding
{
    Free = 1,
    Trial = 2,
    Active = 3,
}

[GenerateSerializer, Alias("slotwright.trial-refusal")]
public enum TrialRefusal
{
    UnknownAccount = 1,

    /// <summary>Once per account, ever.</summary>
    AlreadyUsed = 2,

    /// <summary>A paid plan needs no trial.</summary>
    HasSubscription = 3,
}

[GenerateSerializer, Alias("slotwright.plan-refusal")]
public enum PlanRefusal
{
    UnknownAccount = 1,
    UnknownPlan = 2,
}
