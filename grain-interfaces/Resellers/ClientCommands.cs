using NodaTime;
using Slotwright.Accounts;
using Slotwright.Appointments;
using Slotwright.Schedules;

namespace Slotwright.Resellers;

/// <summary>Makes a new, empty client account. Limits as in <see cref="OpenAccount"/> and <see cref="AccountBrand"/>.</summary>
[GenerateSerializer, Immutable, Alias("slotwright.open-client")]
public sealed record OpenClient
{
    [Id(0)] public required string Name { get; init; }

    [Id(1)] public required string DisplayName { get; init; }

    /// <summary>Of the client's administrator. Whether it is known already is told to nobody.</summary>
    [Id(2)] public required string OwnerEmail { get; init; }

    /// <summary><c>en</c>, <c>fr</c> or <c>nl</c>.</summary>
    [Id(3)] public required string Language { get; init; }

    /// <summary>IANA.</summary>
    [Id(4)] public required string TimeZone { get; init; }

    /// <summary>Of the form, random: sent twice with the same name and e-mail it makes one account. 64 characters at most; empty: no key.</summary>
    [Id(5)] public string FormKey { get; init; } = "";
}

/// <summary>Attaches an account that exists, by proof of control over it.</summary>
/// <param name="Name">Present or former name of the account.</param>
/// <param name="Password">Its owner's.</param>
/// <param name="Code">Of the owner's authenticator app, or a recovery code, where sign-in has a second step; else not looked at.</param>
/// <param name="PersonId">Who of the reseller asks; for the account's audit.</param>
[GenerateSerializer, Immutable, Alias("slotwright.connect-client")]
public sealed record ConnectClient(
    [property: Id(0)] string Name, [property: Id(1)] string Password, [property: Id(2)] string Code, [property: Id(3)] int PersonId);

[GenerateSerializer, Alias("slotwright.connect-refusal")]
public enum ConnectRefusal
{
    /// <summary>Whatever was wrong: name, password, code, or an account that is paused or suspended.</summary>
    NotRecognised = 1,

    /// <summary>More passwords wait to be judged than this machine can judge in good time.</summary>
    TooBusy = 2,

    /// <summary>The caller is no reseller, or no longer.</summary>
    UnknownReseller = 3,

    Itself = 4,

    AlreadyYours = 5,

    /// <summary>A reseller cannot be a client: nesting is one level.</summary>
    IsReseller = 6,

    AttachedElsewhere = 7,
}

[GenerateSerializer, Alias("slotwright.client-refusal")]
public enum ClientRefusal
{
    /// <summary>No client of this reseller, or no longer.</summary>
    UnknownClient = 1,

    /// <summary>Three invitations within the last hour.</summary>
    TooOften = 2,

    /// <summary>What was typed to confirm is not the account's name.</summary>
    NameDiffers = 3,

    /// <summary>Amount below zero, above 1,000,000 or with more than two decimals, or a note of more than 500 characters.</summary>
    PriceInvalid = 4,

    /// <summary>The operator closed the account: until it is opened again it is not deleted. Judged last, in the deletion itself.</summary>
    Suspended = 5,
}

[GenerateSerializer, Alias("slotwright.revert-refusal")]
public enum RevertRefusal
{
    UnknownReseller = 1,

    /// <summary>Clients are attached, and it was not said that each is to be detached.</summary>
    HasClients = 2,

    /// <summary>What was typed to confirm is not the account's name.</summary>
    NameDiffers = 3,
}

[GenerateSerializer, Alias("slotwright.become-refusal")]
public enum BecomeRefusal
{
    UnknownAccount = 1,

    /// <summary>Only the account's owner may.</summary>
    NotOwner = 2,

    /// <summary>Nesting is one level.</summary>
    IsClient = 3,
}

/// <summary>Gives the reseller dashboard up.</summary>
/// <param name="TypedName">Looked at where clients are to be detached: the reseller account's name.</param>
/// <param name="DetachesAll">Each client is detached with it; else it is refused while there is one.</param>
/// <param name="PersonId">Who of the reseller asks; for the audit of each account.</param>
[GenerateSerializer, Immutable, Alias("slotwright.revert-reseller")]
public sealed record RevertReseller([property: Id(0)] string TypedName, [property: Id(1)] bool DetachesAll, [property: Id(2)] int PersonId);

/// <summary>What the reseller notes about the price that it asks from a client; shown to nobody else.</summary>
/// <param name="Amount">Two decimals, 0 to 1,000,000, in the currency of the installation.</param>
/// <param name="Every">Once or each month.</param>
/// <param name="Note">500 characters; may be empty.</param>
[GenerateSerializer, Immutable, Alias("slotwright.asked-price")]
public sealed record AskedPrice([property: Id(0)] decimal Amount, [property: Id(1)] AskedEvery Every, [property: Id(2)] string Note);

[GenerateSerializer, Alias("slotwright.asked-every")]
public enum AskedEvery
{
    Once = 1,
    Month = 2,
}

/// <summary>One client account as its reseller sees it.</summary>
[GenerateSerializer, Immutable, Alias("slotwright.client-facts")]
public sealed record ClientFacts
{
    [Id(0)] public required AccountFace Face { get; init; }

    [Id(1)] public required AccountUsage Usage { get; init; }

    [Id(2)] public required Instant CreatedAt { get; init; }

    /// <summary>When it became this reseller's client.</summary>
    [Id(3)] public required Instant AttachedAt { get; init; }

    /// <summary>When its administrator was last written to with an invitation or notice of the account; null: never.</summary>
    [Id(4)] public required Instant? InvitedAt { get; init; }

    /// <summary>Null: none noted.</summary>
    [Id(5)] public required AskedPrice? Asked { get; init; }

    [Id(6)] public required int Schedules { get; init; }

    /// <summary>When its reseller paused it; null: it did not.</summary>
    [Id(7)] public Instant? PausedAt { get; init; }
}

/// <summary>What a full export of a client begins with.</summary>
/// <param name="Face">Name, brand and administrator.</param>
/// <param name="Usage">Plan and counters.</param>
/// <param name="Schedules">As set up, in the order made.</param>
[GenerateSerializer, Immutable, Alias("slotwright.client-set-up")]
public sealed record ClientSetUp([property: Id(0)] AccountFace Face, [property: Id(1)] AccountUsage Usage, [property: Id(2)] IReadOnlyList<ExportedSchedule> Schedules);

[GenerateSerializer, Immutable, Alias("slotwright.exported-schedule")]
public sealed record ExportedSchedule([property: Id(0)] int Id, [property: Id(1)] ScheduleDefinition Definition);

/// <summary>Rows of an export, ascending by id.</summary>
/// <param name="Rows">Empty: there are no more.</param>
[GenerateSerializer, Immutable, Alias("slotwright.exported-appointments")]
public sealed record ExportedAppointments([property: Id(0)] IReadOnlyList<Appointment> Rows);

/// <summary>Rows of an export, ascending by id.</summary>
/// <param name="Rows">Empty: there are no more.</param>
[GenerateSerializer, Immutable, Alias("slotwright.exported-changes")]
public sealed record ExportedChanges([property: Id(0)] IReadOnlyList<AppointmentChange> Rows);
