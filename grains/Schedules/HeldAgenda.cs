using NodaTime;
using Slotwright.Appointments;
using Slotwright.Platform;

namespace Slotwright.Schedules;

/// <summary>
/// The agenda as one activation holds it: loaded once, taken for writing by its epoch at the first write, looked further back on
/// demand. When it is given up the activation ends: memory is never ahead of the database.
/// </summary>
internal sealed class HeldAgenda(int accountId, int scheduleId, IAgendaStore store, IClock clock, Action abandon)
{
    /// <summary>How far back an agenda is loaded beyond now: covers buffers and a clock that differs between nodes.</summary>
    private static readonly Duration LookBack = Duration.FromDays(2);

    private static readonly Duration ForgetEvery = Duration.FromHours(6);

    private readonly HashSet<int> changedMeanwhile = [];

    private ScheduleRules? rules;
    private Agenda? agenda;
    private Task? opening;
    private Task? takingEpoch;
    private Task? lookingBack;
    private long? epoch;
    private Instant forgotAt;
    private bool stale;

    // A schedule has an agenda of its own, with the same id, until schedules can be linked.
    public int Id => scheduleId;

    public ScheduleRules Rules => rules!;

    /// <summary>Of the agenda as last loaded or committed.</summary>
    public long Version { get; private set; }

    /// <summary>Of this activation; only after <see cref="ForWriting"/>.</summary>
    public long Epoch => epoch!.Value;

    public void Follow(ScheduleRules next)
    {
        rules = next;
        agenda?.Follow(next);
    }

    /// <summary>An appointment's change is stored under this version.</summary>
    public void Committed(int appointmentId, long version)
    {
        Version = Math.Max(Version, version);
        if (lookingBack is not null)
        {
            changedMeanwhile.Add(appointmentId);
        }
    }

    /// <summary>What memory holds of an appointment without loading anything.</summary>
    public Appointment? Find(int appointmentId) => stale ? null : agenda?.Find(appointmentId);

    /// <summary>The agenda with everything that has not ended; loaded once.</summary>
    public ValueTask<Agenda> Current() => agenda is { } open && !stale ? ValueTask.FromResult(open) : new ValueTask<Agenda>(Load());

    /// <summary>The agenda, loaded as far back as a query has to look.</summary>
    public async ValueTask<Agenda> Current(Func<Agenda, Instant, Instant> needsFrom)
    {
        var open = await Current();
        while (needsFrom(open, clock.GetCurrentInstant()) is var from && from < open.LoadedFrom)
        {
            await LookBackTo(from);
            open = await Current();
        }

        return open;
    }

    /// <summary>The agenda with this activation as its writer.</summary>
    public ValueTask<Agenda> ForWriting()
    {
        ThrowIfStale();
        ForgetThePast();
        return agenda is { } open && epoch is not null ? ValueTask.FromResult(open) : new ValueTask<Agenda>(TakeForWriting());
    }

    /// <summary>Staff may enter what is past: then the agenda looks further back before it judges.</summary>
    public async Task LookBackTo(Instant from)
    {
        while (agenda is { } open && from < open.LoadedFrom)
        {
            await (lookingBack ??= LookBackOnce(open, from));
        }

        ThrowIfStale();
    }

    /// <summary>Memory may differ from storage: nothing more is answered from it.</summary>
    public void Abandon()
    {
        stale = true;
        abandon();
    }

    public void ThrowIfStale()
    {
        if (stale)
        {
            throw new StaleAgendaException($"The activation of schedule {scheduleId} is ending.");
        }
    }

    /// <summary>A schedule that is written for weeks by one activation does not keep those weeks in memory.</summary>
    private void ForgetThePast()
    {
        var now = clock.GetCurrentInstant();
        if (agenda is { } open && now - forgotAt > ForgetEvery)
        {
            forgotAt = now;
            open.Forget(now - LookBack);
        }
    }

    private async Task<Agenda> TakeForWriting()
    {
        for (var attempt = 0; attempt < 5; attempt++)
        {
            var open = await Load();
            if (epoch is not null)
            {
                return open;
            }

            await (takingEpoch ??= TakeEpoch());
        }

        Abandon();
        throw new StaleAgendaException($"The agenda of schedule {scheduleId} keeps changing under this activation.");
    }

    private async Task<Agenda> Load()
    {
        ThrowIfStale();
        while (agenda is null)
        {
            await (opening ??= Open());
            ThrowIfStale();
        }

        return agenda;
    }

    // Each of the three below yields first: run to its end at once, it would clear the field that is yet to be set.
    private async Task Open()
    {
        await Task.Yield();
        try
        {
            var from = clock.GetCurrentInstant() - LookBack;
            var loaded = await store.Load(accountId, Id, from)
                ?? throw new StaleAgendaException($"Schedule {scheduleId} has no agenda.");
            agenda = new Agenda(Rules, from, loaded.Live);
            Version = loaded.Version;
            forgotAt = clock.GetCurrentInstant();
        }
        finally
        {
            opening = null;
        }
    }

    private async Task TakeEpoch()
    {
        await Task.Yield();
        try
        {
            var taken = await store.TakeEpoch(Id, Version);
            if (taken is null)
            {
                // Another activation wrote since this one loaded: what is in memory is old.
                agenda = null;
            }

            epoch = taken;
        }
        finally
        {
            takingEpoch = null;
        }
    }

    private async Task LookBackOnce(Agenda open, Instant from)
    {
        await Task.Yield();
        try
        {
            var earlier = await store.Touching(accountId, Id, from, open.LoadedFrom);

            // What was changed while the rows were read is known better by whoever changed it.
            open.Extend(from, earlier.Where(appointment => !changedMeanwhile.Contains(appointment.Id)));
        }
        finally
        {
            changedMeanwhile.Clear();
            lookingBack = null;
        }
    }
}
