using NodaTime;

namespace Slotwright.Appointments;

/// <summary>
/// The rows of agendas and appointments. Writes of a whole process share commits; each is durable when its task completes. A task
/// that throws may have happened: the caller forgets what it knows.
/// </summary>
public interface IAgendaStore
{
    /// <summary>Version and live rows that end (buffer included) after <paramref name="from"/>; null when the account has no such agenda. Reads never write.</summary>
    Task<LoadedAgenda?> Load(int accountId, int agendaId, Instant from);

    /// <summary>Live rows that touch [from, to) with their buffers, for looking further back than was loaded.</summary>
    Task<IReadOnlyList<Appointment>> Touching(int accountId, int agendaId, Instant from, Instant to);

    /// <summary>
    /// Takes the agenda for one activation: epoch + 1 while the version is still the loaded one. Null: it moved on, reload.
    /// </summary>
    Task<long?> TakeEpoch(int agendaId, long loadedVersion);

    /// <summary>Stores one decision: appointment, change, version, and the account's counter in one shared transaction.</summary>
    Task<AgendaCommit> Append(AgendaWrite write);

    /// <summary>The change that a key made, however old the caller's memory; null: unknown, or older than 72 hours.</summary>
    Task<KeyedChange?> FindByKey(int accountId, RepeatKey key);

    Task<Appointment?> Find(int accountId, int appointmentId);

    Task<IReadOnlyList<Appointment>> List(int accountId, int scheduleId, AppointmentsQuery query);

    Task<IReadOnlyList<AppointmentChange>> Changes(int accountId, int scheduleId, ChangesQuery query);

    /// <summary>Live rows of all the account's schedules that touch [from, to), ascending by start; <paramref name="limit"/> at most.</summary>
    Task<IReadOnlyList<Appointment>> Day(int accountId, Instant from, Instant to, int limit);

    /// <summary>Appointments of the account by the words of <see cref="FindText"/>; see <see cref="FindQuery"/>. Its limits are the caller's to keep.</summary>
    Task<FoundAppointments> Find(int accountId, FindQuery query, Instant now);

    /// <summary>Appointments (not blocks) of the account that are live and have not ended at <paramref name="now"/>.</summary>
    Task<int> CountUpcoming(int accountId, Instant now);
}

public sealed record LoadedAgenda(long Version, IReadOnlyList<Appointment> Live);

/// <summary>One decision of an agenda, ready to be stored.</summary>
public sealed record AgendaWrite
{
    public required int AgendaId { get; init; }

    /// <summary>Of the activation that decided; a row stored under another epoch fences it off.</summary>
    public required long Epoch { get; init; }

    /// <summary>The appointment as it stands afterwards; revision 1 is inserted, a higher one replaces the row that holds the revision before.</summary>
    public required Appointment Appointment { get; init; }

    /// <summary>Equal to the appointment's id when it is new.</summary>
    public required int ChangeId { get; init; }

    public required ChangeKind Kind { get; init; }

    public required Actor Actor { get; init; }

    public RepeatKey? Key { get; init; }

    /// <summary>Where a moved appointment was before.</summary>
    public Instant? MovedFromStart { get; init; }

    public Instant? MovedFromEnd { get; init; }

    /// <summary>A customer or program takes or moves a place, which is refused while the account is paused.</summary>
    public bool NeedsOpenAccount { get; init; }

    /// <summary>+1: one more upcoming appointment, judged against the plan; −1: one fewer; 0: none of it.</summary>
    public required int CountDelta { get; init; }
}

public enum AgendaCommitResult
{
    Stored = 1,

    /// <summary>The epoch is another activation's: nothing was stored, this activation is stale.</summary>
    Fenced = 2,

    /// <summary>The unique index or the revision said no: memory is wrong, this activation is stale.</summary>
    Conflict = 3,

    /// <summary>The key made a change before: look it up.</summary>
    KeyKnown = 4,

    /// <summary>The account's plan is full.</summary>
    AccountFull = 5,

    /// <summary>The account's reseller has paused it.</summary>
    AccountPaused = 6,
}

/// <summary>Version of the agenda after the commit; 0 unless stored.</summary>
public readonly record struct AgendaCommit(AgendaCommitResult Result, long Version);

public sealed record KeyedChange(string Fingerprint, AppointmentChange Change);
