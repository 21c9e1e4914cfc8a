using NodaTime;
using Slotwright.Appointments;

namespace Slotwright.Schedules;

/// <summary>
/// The bookable time of a schedule's resources: judges every command and lists free times. Knows no clock and no storage; holds
/// every live row that ends, buffer included, after <see cref="LoadedFrom"/>. Not thread-safe: one grain activation owns it.
/// </summary>
public sealed partial class Agenda
{
    private readonly Dictionary<int, Appointment> latest = [];

    // Earlier revisions of what is being moved or amended, until that is committed.
    private readonly List<Appointment> superseded = [];
    private readonly Dictionary<int, BusyTime> busy = [];
    private CustomerIndex? customers;

    public Agenda(ScheduleRules rules, Instant loadedFrom, IEnumerable<Appointment> live)
    {
        Rules = rules;
        LoadedFrom = loadedFrom;
        foreach (var appointment in live)
        {
            Take(appointment);
        }

        Follow(rules);
    }

    public ScheduleRules Rules { get; private set; }

    /// <summary>Every live row that ends, buffer included, after this instant is held.</summary>
    public Instant LoadedFrom { get; private set; }

    /// <summary>Places held, both of an appointment that is being moved.</summary>
    public int Count => latest.Count + superseded.Count;

    /// <summary>Other rules from now on. Appointments keep their places and the buffers with which they were placed.</summary>
    public void Follow(ScheduleRules next)
    {
        Rules = next;
        var limits = next.Definition.CustomerLimits;
        if (limits is { PerDay: null, PerWeek: null, Upcoming: null })
        {
            customers = null;
        }
        else
        {
            customers ??= new CustomerIndex(latest.Values.Concat(superseded));
        }
    }

    /// <summary>
    /// Looks further back: takes the rows that end, buffer included, after <paramref name="from"/>. Of appointments held already
    /// only what is held counts, since it is newer. Load and extend with no commit between the two.
    /// </summary>
    public void Extend(Instant from, IEnumerable<Appointment> earlier)
    {
        foreach (var appointment in earlier)
        {
            if (!latest.ContainsKey(appointment.Id))
            {
                Take(appointment);
            }
        }

        LoadedFrom = Instant.Min(LoadedFrom, from);
    }

    /// <summary>Drops what ended, buffer included, at or before the instant; keeps what is being moved or amended.</summary>
    public void Forget(Instant before)
    {
        var over = latest.Values
            .Where(appointment => FreeAgain(appointment) <= before && !superseded.Exists(other => other.Id == appointment.Id))
            .ToList();
        foreach (var appointment in over)
        {
            Release(appointment);
        }

        LoadedFrom = Instant.Max(LoadedFrom, before);
    }

    /// <summary>
    /// Its place, buffers included, is busy from now on. Held by id and revision, so that a moved appointment holds the old and
    /// the new place until one of them is released. A cancelled appointment has no place and cannot be taken.
    /// </summary>
    public void Take(Appointment placed)
    {
        if (placed.Status != AppointmentStatus.Live)
        {
            throw new ArgumentException($"Appointment {placed.Id} is not live: it has no place to take.", nameof(placed));
        }

        if (latest.TryGetValue(placed.Id, out var held))
        {
            if (held.Revision == placed.Revision || superseded.Exists(other => other.Id == placed.Id && other.Revision == placed.Revision))
            {
                throw new ArgumentException($"Revision {placed.Revision} of appointment {placed.Id} is held already.", nameof(placed));
            }

            superseded.Add(held.Revision < placed.Revision ? held : placed);
        }

        if (held is null || held.Revision < placed.Revision)
        {
            latest[placed.Id] = placed;
        }

        BusyOf(placed.ResourceId).Add(placed);
        customers?.Add(placed);
    }

    /// <summary>Frees exactly the place held by this id and revision; nothing when it is not held.</summary>
    public void Release(Appointment placed)
    {
        if (!latest.TryGetValue(placed.Id, out var held))
        {
            return;
        }

        var older = superseded.FindIndex(other => other.Id == placed.Id && other.Revision == placed.Revision);
        if (older >= 0)
        {
            held = superseded[older];
            superseded.RemoveAt(older);
        }
        else if (held.Revision != placed.Revision)
        {
            return;
        }
        else if (superseded.Where(other => other.Id == placed.Id).MaxBy(other => other.Revision) is { } before)
        {
            latest[placed.Id] = before;
            superseded.Remove(before);
        }
        else
        {
            latest.Remove(placed.Id);
        }

        var time = busy[held.ResourceId];
        time.Remove(held);
        if (time.Count == 0)
        {
            busy.Remove(held.ResourceId);
        }

        customers?.Remove(held, latest.GetValueOrDefault(held.Id), superseded);
    }

    /// <summary>The highest revision held; null: none.</summary>
    public Appointment? Find(int appointmentId) => latest.GetValueOrDefault(appointmentId);

    private static Instant FreeAgain(Appointment appointment) =>
        appointment.End + Duration.FromMinutes(appointment.BufferAfterMinutes);

    private bool IsFree(int resourceId, in BusyTime.Wanted wanted, long start) =>
        !busy.TryGetValue(resourceId, out var time) || time.IsFree(wanted, start);
}
