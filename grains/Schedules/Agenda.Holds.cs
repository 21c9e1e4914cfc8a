using NodaTime;
using Slotwright.Appointments;

namespace Slotwright.Schedules;

public sealed partial class Agenda
{
    private readonly Dictionary<string, HeldPlace> holds = [];

    // Holds have negative ids, which no appointment has.
    private int lastHold;

    /// <summary>Changes with every place that is held or let go; 0 while none is held.</summary>
    private long HoldsStamp => holds.Count == 0 ? 0 : holdsStamp;

    private long holdsStamp;

    /// <summary>When the next hold ends by itself.</summary>
    private Instant HoldsUntil { get; set; } = Instant.MaxValue;

    /// <summary>Holds a place for a visitor, in the stead of any other that he holds.</summary>
    public Outcome<Held, BookingRefusal> Hold(HoldPlace command, Instant now)
    {
        ForgetHolds(now);
        if (holds.Count(hold => hold.Value.Address == command.Address && hold.Key != command.Visitor) >= HoldPlace.MostPerAddress)
        {
            return BookingRefusal.TooManyHeld;
        }

        var placed = Place(
            new Asked(Actor.Customer(""), command.Start, command.End, command.ResourceId, AllowOverlap: false)
            {
                UsualLength = Rules.Definition.Length.DefaultMinutes * WallClock.Minute,
                OwnHold = HoldIdOf(command.Visitor),
            },
            now);
        if (!placed.Accepted)
        {
            return placed.Refusal.Value;
        }

        Remove(command.Visitor);
        var hold = new HeldPlace(--lastHold, placed.Value, command.Address, now + Held.Lifetime);
        holds.Add(command.Visitor, hold);
        BusyOf(placed.Value.ResourceId).Add(hold.Place, hold.Id);
        HoldsChanged(now);
        return hold.Shown;
    }

    /// <summary>Ends a visitor's hold of the place that begins then, or of any; false: there was none.</summary>
    public bool LetGo(string visitor, Instant? start, Instant now)
    {
        ForgetHolds(now);
        if (!holds.TryGetValue(visitor, out var hold) || (start is { } wanted && hold.Place.Start != wanted))
        {
            return false;
        }

        Remove(visitor);
        HoldsChanged(now);
        return true;
    }

    /// <summary>What the visitor holds now; null: nothing, or nothing any more, since staff put something over it.</summary>
    public Held? HeldBy(string visitor, Instant now)
    {
        ForgetHolds(now);
        return holds.TryGetValue(visitor, out var hold) && StandsAlone(hold) ? hold.Shown : null;
    }

    // Nothing was in its way when it was placed.
    private bool StandsAlone(HeldPlace hold)
    {
        var start = WallClock.FloorSeconds(hold.Place.Start);
        var wanted = new BusyTime.Wanted(
            WallClock.CeilingSeconds(hold.Place.End) - start,
            hold.Place.BufferBeforeMinutes * WallClock.Minute,
            hold.Place.BufferAfterMinutes * WallClock.Minute,
            hold.Id);
        return IsFree(hold.Place.ResourceId, wanted, start);
    }

    private int HoldIdOf(string visitor) => holds.TryGetValue(visitor, out var hold) ? hold.Id : 0;

    /// <summary>Takes away what ended by the clock; before anything is judged or listed.</summary>
    private void ForgetHolds(Instant now)
    {
        if (now < HoldsUntil)
        {
            return;
        }

        foreach (var (visitor, _) in holds.Where(hold => hold.Value.Until <= now).ToList())
        {
            Remove(visitor);
        }

        HoldsChanged(now);
    }

    private void Remove(string visitor)
    {
        if (holds.Remove(visitor, out var hold))
        {
            var time = busy[hold.Place.ResourceId];
            time.Remove(hold.Place, hold.Id);
            if (time.Count == 0)
            {
                busy.Remove(hold.Place.ResourceId);
            }
        }
    }

    private void HoldsChanged(Instant now)
    {
        // Of the clock, so that another activation's sets of holds have other stamps.
        holdsStamp = Math.Max(holdsStamp + 1, now.ToUnixTimeMilliseconds());
        HoldsUntil = holds.Count == 0 ? Instant.MaxValue : holds.Values.Min(hold => hold.Until);
    }

    private BusyTime BusyOf(int resourceId)
    {
        if (!busy.TryGetValue(resourceId, out var time))
        {
            busy.Add(resourceId, time = new BusyTime());
        }

        return time;
    }

    private sealed record HeldPlace(int Id, Placement Place, string Address, Instant Until)
    {
        public Held Shown => new() { Start = Place.Start, End = Place.End, ResourceId = Place.ResourceId, Until = Until };
    }
}
