using NodaTime;
using Slotwright.Appointments;

namespace Slotwright.Schedules;

public sealed partial class Agenda
{
    private Outcome<Placement, BookingRefusal> Place(in Asked asked, Instant now)
    {
        // Over whom an overlap may lie has to be said, by the command or by where the appointment stands.
        var named = asked.ResourceId ?? (asked.AllowOverlap ? asked.Current?.ResourceId ?? 0 : null);
        if (named is { } id && Rules.PositionOf(id) < 0)
        {
            return BookingRefusal.UnknownResource;
        }

        if (Times(asked, now, out var start, out var length) is { } badTime)
        {
            return badTime;
        }

        var resources = Candidates(asked);
        if (!asked.IsFreeOfHours)
        {
            if (KeepOffering(resources, start, length) is { } closed)
            {
                return closed;
            }
        }
        else if (resources.Count > 1)
        {
            PutOfferingFirst(resources, start, length);
        }

        if (asked.IsCustomer && Ahead(start, now) is { } untimely)
        {
            return untimely;
        }

        var wanted = new BusyTime.Wanted(
            length,
            asked.IsBlock ? 0 : Rules.BufferBefore,
            asked.IsBlock ? 0 : Rules.BufferAfter,
            asked.Current?.Id ?? asked.OwnHold);
        ForgetHolds(now);
        MustHaveLoaded(WallClock.ToInstant(start - wanted.Before));
        var taken = false;
        var place = asked.AllowOverlap ? resources[0] : -1;
        foreach (var position in resources)
        {
            taken = !IsFree(Rules.ResourceIds[position], wanted, start);
            if (!taken)
            {
                place = position;
                break;
            }

            if (asked.AllowOverlap)
            {
                break;
            }
        }

        if (place < 0)
        {
            return BookingRefusal.PlaceTaken;
        }

        if (asked.IsCustomer && OverLimit(asked.Email ?? "", start, asked.Current?.Id, now) is { } limit)
        {
            return limit;
        }

        return new Placement(Rules.ResourceIds[place], WallClock.ToInstant(start), WallClock.ToInstant(start + length))
        {
            BufferBeforeMinutes = (int)(wanted.Before / WallClock.Minute),
            BufferAfterMinutes = (int)(wanted.After / WallClock.Minute),
            Overlaps = taken,
        };
    }

    /// <summary>Start and length in seconds, refused as far as no resource has to be asked.</summary>
    private BookingRefusal? Times(in Asked asked, Instant now, out long start, out long length)
    {
        length = 0;
        if (Rules.Resolve(asked.Start, out start) is { } noStart)
        {
            return noStart;
        }

        var end = start + asked.UsualLength;
        if (asked.End is { } givenEnd && Rules.Resolve(givenEnd, out end) is { } noEnd)
        {
            return noEnd == BookingRefusal.TimeDoesNotExist ? noEnd : BookingRefusal.LengthNotOffered;
        }

        var current = asked.Current;
        var keepsStart = current is not null && WallClock.FloorSeconds(current.Start) == start;
        if (!asked.IsStaff && !keepsStart && WallClock.ToInstant(start) < now)
        {
            return BookingRefusal.InThePast;
        }

        length = end - start;
        if (asked.IsFreeOfHours)
        {
            return length is > 0 and <= WallClock.LongestStretch ? null : BookingRefusal.LengthNotOffered;
        }

        var keepsLength = current is not null && length == asked.UsualLength;
        return keepsLength || Rules.OffersLength(length) ? null : BookingRefusal.LengthNotOffered;
    }

    /// <summary>Positions of the resources that will do, best first.</summary>
    private List<int> Candidates(in Asked asked)
    {
        if (asked.ResourceId is { } id)
        {
            return [Rules.PositionOf(id)];
        }

        // What is moved keeps its resource when it can. With an overlap allowed it always can.
        var own = asked.Current is { } current ? Rules.PositionOf(current.ResourceId) : -1;
        var all = Enumerable.Range(0, Rules.ResourceIds.Length);
        return own < 0 ? [.. all] : asked.AllowOverlap ? [own] : [own, .. all.Where(position => position != own)];
    }

    /// <summary>Leaves those that offer the time; when there is none, the refusal of the one that came furthest.</summary>
    private BookingRefusal? KeepOffering(List<int> resources, long start, long length)
    {
        var furthest = BookingRefusal.OutsideOpeningHours;
        var kept = 0;
        for (var index = 0; index < resources.Count; index++)
        {
            if (Rules.Offers(resources[index], start, length) is not { } refusal)
            {
                resources[kept++] = resources[index];
            }
            else if (refusal > furthest)
            {
                furthest = refusal;
            }
        }

        resources.RemoveRange(kept, resources.Count - kept);
        return kept == 0 ? furthest : null;
    }

    private void PutOfferingFirst(List<int> resources, long start, long length)
    {
        var offering = resources.FindAll(position => Rules.Offers(position, start, length) is null);
        var others = resources.FindAll(position => Rules.Offers(position, start, length) is not null);
        resources.Clear();
        resources.AddRange(offering);
        resources.AddRange(others);
    }

    /// <summary>Notice and horizon.</summary>
    private BookingRefusal? Ahead(long start, Instant now)
    {
        if (start < EarliestForCustomers(now))
        {
            return BookingRefusal.TooSoon;
        }

        return Rules.Zone.LocalDay(start) > LastDayForCustomers(now) ? BookingRefusal.TooFarAhead : null;
    }

    private long EarliestForCustomers(Instant now) =>
        WallClock.CeilingSeconds(now) + (Rules.Definition.MinimumNoticeMinutes * WallClock.Minute);

    private long LastDayForCustomers(Instant now) =>
        Rules.Zone.LocalDay(WallClock.FloorSeconds(now)) + Rules.Definition.HorizonDays;

    private BookingRefusal? OverLimit(string email, long start, int? moving, Instant now)
    {
        // Without an e-mail there is nobody to count for: pages demand one, and the limits do not apply here.
        if (customers is null || email.Length == 0)
        {
            return null;
        }

        MustHaveLoaded(now);
        var day = Rules.Zone.LocalDay(start);
        int onDay = 1, inWeek = 1, upcoming = 1;
        foreach (var id in customers.HeldBy(email))
        {
            var held = latest[id];
            if (id == moving || held.End <= now || CustomerIndex.Counted(held) != email)
            {
                continue;
            }

            var heldDay = Rules.Zone.LocalDay(WallClock.FloorSeconds(held.Start));
            upcoming++;
            onDay += heldDay == day ? 1 : 0;
            inWeek += WallClock.WeekNumber(heldDay) == WallClock.WeekNumber(day) ? 1 : 0;
        }

        var limits = Rules.Definition.CustomerLimits;
        return onDay > limits.PerDay ? BookingRefusal.DayLimit
            : inWeek > limits.PerWeek ? BookingRefusal.WeekLimit
            : upcoming > limits.Upcoming ? BookingRefusal.UpcomingLimit
            : null;
    }

    /// <summary>A guard, not a rule: an answer without the rows it needs could overlap one of them.</summary>
    private void MustHaveLoaded(Instant from)
    {
        if (from < LoadedFrom)
        {
            throw new InvalidOperationException($"Asked to look at {from}, but rows are loaded from {LoadedFrom} only: extend first.");
        }
    }
}
