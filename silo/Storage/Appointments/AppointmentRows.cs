using System.Collections.Concurrent;
using System.Data.Common;
using System.Text.Json;
using Slotwright.Appointments;

namespace Slotwright.Storage.Appointments;

/// <summary>Which columns an appointment and a change have, and how a row becomes one again.</summary>
internal static class AppointmentRows
{
    /// <summary>No buffer is longer, so a row that ends earlier than this before a moment cannot touch it.</summary>
    public static readonly NodaTime.Duration LongestBuffer = NodaTime.Duration.FromMinutes(1440);

    private const int LongestShared = 64;
    private const int MostShared = 4096;

    private static readonly ConcurrentDictionary<string, string> Words = new(StringComparer.Ordinal);
    private static int known;

    public const string Columns =
        "p.id, p.account_id, p.schedule_id, p.resource_id, p.kind, p.status, p.starts_at, p.ends_at, p.zone, p.buffer_before, p.buffer_after, "
        + "p.overlap_allowed, p.customer, p.note, p.language, p.revision, p.created_at, p.created_by, p.updated_at, p.updated_by, p.manage_salt, p.utc_offset, p.attendance";

    /// <summary>How many <see cref="Columns"/> there are: what a query selects after them begins here.</summary>
    public const int Count = 23;

    public const string ChangeColumns = "c.id, c.version, c.kind, c.at, c.actor_kind, c.actor_name, c.snapshot";

    public static string CustomerText(CustomerDetails customer) => JsonSerializer.Serialize(customer);

    /// <summary>From <see cref="Columns"/>, the first of them at <paramref name="at"/>.</summary>
    public static Appointment Read(DbDataReader row, int at) => new()
    {
        Id = row.GetInt32(at),
        AccountId = row.GetInt32(at + 1),
        ScheduleId = row.GetInt32(at + 2),
        ResourceId = row.GetInt32(at + 3),
        Kind = (AppointmentKind)row.GetInt32(at + 4),
        Status = (AppointmentStatus)row.GetInt32(at + 5),
        Start = row.InstantAt(at + 6),
        End = row.InstantAt(at + 7),
        Zone = Shared(row.GetString(at + 8)),
        BufferBeforeMinutes = row.GetInt32(at + 9),
        BufferAfterMinutes = row.GetInt32(at + 10),
        OverlapAllowed = row.FlagAt(at + 11),
        Customer = JsonSerializer.Deserialize<CustomerDetails>(row.GetString(at + 12))!,
        Note = row.GetString(at + 13),
        Language = Shared(row.GetString(at + 14)),
        Revision = row.GetInt32(at + 15),
        CreatedAt = row.InstantAt(at + 16),
        CreatedBy = Shared(row.GetString(at + 17)),
        UpdatedAt = row.InstantAt(at + 18),
        UpdatedBy = Shared(row.GetString(at + 19)),
        ManageSalt = row.GetString(at + 20),
        UtcOffset = row.GetInt32(at + 21),
        Attendance = (Attendance)row.GetInt32(at + 22),
    };

    public static Appointment Read(DbDataReader row) => Read(row, 0);

    /// <summary>
    /// The same text once, for words that most rows have in common: an agenda in memory would hold a fifth of its bytes for copies of them.
    /// </summary>
    private static string Shared(string text)
    {
        if (text.Length > LongestShared)
        {
            return text;
        }

        if (Words.TryGetValue(text, out var same))
        {
            return same;
        }

        return Volatile.Read(ref known) < MostShared && Interlocked.Increment(ref known) <= MostShared ? Words.GetOrAdd(text, text) : text;
    }

    /// <summary>From <see cref="ChangeColumns"/>.</summary>
    public static AppointmentChange ReadChange(DbDataReader row) => new()
    {
        Id = row.GetInt32(0),
        Version = row.GetInt64(1),
        Kind = (ChangeKind)row.GetInt32(2),
        At = row.InstantAt(3),
        ActorKind = (ActorKind)row.GetInt32(4),
        ActorName = row.GetString(5),
        Appointment = AppointmentSnapshot.Read(row.GetString(6)),
    };
}
