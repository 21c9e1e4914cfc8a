using NodaTime;
using NodaTime.TimeZones;
using Slotwright.Appointments;
using Slotwright.Time;

namespace Slotwright.Schedules;

/// <summary>A definition that was found valid, made ready to be asked. Immutable; may be shared.</summary>
public sealed partial class ScheduleRules
{
    // By the resource's position in the order shown; resources with the same hours share one.
    private readonly Timetable[] timetables;
    private readonly Dictionary<int, int> positions;
    private readonly AskedResources[] alone;

    private ScheduleRules(ScheduleDefinition definition, DateTimeZone zone, Timetable[] timetables)
    {
        Definition = definition;
        Zone = zone;
        this.timetables = timetables;
        ResourceIds = [.. definition.Resources.Select(resource => resource.Id)];
        positions = ResourceIds.Select((id, position) => (id, position)).ToDictionary(pair => pair.id, pair => pair.position);
        alone = [.. ResourceIds.Select((id, position) => new AskedResources([id], [(timetables[position], [1UL])]))];
        Together = new AskedResources(
            ResourceIds,
            [.. timetables.Distinct().Select(timetable => (timetable, BitsOf(timetable)))]);
    }

    /// <summary>As given, with the zone's alias resolved.</summary>
    public ScheduleDefinition Definition { get; }

    public DateTimeZone Zone { get; }

    /// <summary>In the order shown. Never changed: answers share it.</summary>
    internal int[] ResourceIds { get; }

    internal AskedResources Together { get; }

    internal long BufferBefore => Definition.BufferBeforeMinutes * WallClock.Minute;

    internal long BufferAfter => Definition.BufferAfterMinutes * WallClock.Minute;

    /// <summary>
    /// Compiles a definition with the platform's time-zone data. Refuses what its comments do not allow, in the order of
    /// <see cref="ScheduleRefusal"/>; whose ids the resources are, which edition was read and whether a name is free is the
    /// caller's to know.
    /// </summary>
    public static Outcome<ScheduleRules, ScheduleRefusal> Compile(ScheduleDefinition definition) =>
        Compile(definition, TzdbDateTimeZoneSource.Default);

    /// <summary>As above, with given time-zone data.</summary>
    public static Outcome<ScheduleRules, ScheduleRefusal> Compile(ScheduleDefinition definition, TzdbDateTimeZoneSource zones)
    {
        if (CanonicalZone(definition.TimeZone, zones) is not { } zoneId)
        {
            return ScheduleRefusal.UnknownTimeZone;
        }

        if (FirstFault(definition) is { } refusal)
        {
            return refusal;
        }

        if (CompileHours(definition, out var timetables) is { } badHours)
        {
            return badHours;
        }

        return new ScheduleRules(definition with { TimeZone = zoneId }, zones.ForId(zoneId), timetables);
    }

    /// <summary>
    /// The id under which a zone is stored; null when the data do not know it. A zone that the tables list as a country's own
    /// stays as it is, although the newer data make it an alias of a neighbour's with the same history.
    /// </summary>
    internal static string? CanonicalZone(string? id, TzdbDateTimeZoneSource zones)
    {
        if (id is null || !zones.CanonicalIdMap.TryGetValue(id, out var canonical))
        {
            return null;
        }

        var ownOfACountry = zones.ZoneLocations is { } locations && locations.Any(location => location.ZoneId == id);
        return ownOfACountry ? id : canonical;
    }

    /// <summary>−1: the schedule has no such resource.</summary>
    internal int PositionOf(int resourceId) => positions.GetValueOrDefault(resourceId, -1);

    internal AskedResources AloneAt(int position) => alone[position];

    /// <summary>A customer left out nothing that this schedule asks for.</summary>
    internal bool HasRequired(CustomerDetails customer, string note)
    {
        var fields = Definition.Fields;
        return Has(fields.Phone, customer.Phone) && Has(fields.Mobile, customer.Mobile) && Has(fields.Address, customer.Address) && Has(fields.Note, note);

        static bool Has(FieldUse use, string text) => use != FieldUse.Required || !string.IsNullOrWhiteSpace(text);
    }

    /// <summary>A customer may book this length.</summary>
    internal bool OffersLength(long seconds)
    {
        var length = Definition.Length;
        var minutes = seconds / WallClock.Minute;
        return seconds % WallClock.Minute == 0
            && minutes >= length.MinimumMinutes
            && minutes <= length.MaximumMinutes
            && (length.IsFixed || (minutes - length.MinimumMinutes) % length.IncrementMinutes == 0);
    }

    /// <summary>Null when a customer would be offered the time on that resource, were it free.</summary>
    internal BookingRefusal? Offers(int position, long start, long length)
    {
        var timetable = timetables[position];
        if (!timetable.IsOpen(Zone, start, start + length))
        {
            return BookingRefusal.OutsideOpeningHours;
        }

        return timetable.Offers(start + Zone.OffsetAt(start)) ? null : BookingRefusal.StartNotOffered;
    }

    /// <summary>Its resource is one of the schedule's and open from its start to its end.</summary>
    internal bool IsOpenFor(Appointment appointment) =>
        PositionOf(appointment.ResourceId) is >= 0 and var position
        && timetables[position].IsOpen(Zone, WallClock.FloorSeconds(appointment.Start), WallClock.FloorSeconds(appointment.End));

    /// <summary>
    /// The instant that a caller means, in whole seconds. Refused when the clock never shows it, or when it lies outside the years
    /// in which anything is placed.
    /// </summary>
    internal BookingRefusal? Resolve(Moment moment, out long seconds)
    {
        seconds = 0;
        if (moment.Instant is { } given)
        {
            return Bounded(given, out seconds);
        }

        if (moment.Local is not { } local)
        {
            return BookingRefusal.TimeDoesNotExist;
        }

        if (local.Year is < 1970 or >= 9990)
        {
            return local.Year < 1970 ? BookingRefusal.InThePast : BookingRefusal.TooFarAhead;
        }

        var mapping = Zone.MapLocal(local);
        if (mapping.Count == 0)
        {
            return BookingRefusal.TimeDoesNotExist;
        }

        var first = mapping.First();
        if (moment.Offset is not { } offset || first.Offset.Seconds == offset)
        {
            return Bounded(first.ToInstant(), out seconds);
        }

        return mapping.Last().Offset.Seconds == offset
            ? Bounded(mapping.Last().ToInstant(), out seconds)
            : BookingRefusal.TimeDoesNotExist;
    }

    /// <summary>The whole second near which a search begins: any moment, held within the calendar; a skipped time as if the clock had not moved.</summary>
    internal long Near(Moment moment)
    {
        if (Resolve(moment, out var seconds) is not { } refusal)
        {
            return seconds;
        }

        return refusal switch
        {
            BookingRefusal.InThePast => WallClock.First,
            BookingRefusal.TooFarAhead => WallClock.End,
            BookingRefusal.TimeDoesNotExist when moment.Local is { } local =>
                WallClock.FloorSeconds(Zone.ResolveLocal(local, Resolvers.LenientResolver).ToInstant()),
            _ => seconds,
        };
    }

    private ulong[] BitsOf(Timetable timetable)
    {
        var bits = new ulong[OfferedStarts.PlanesFor(timetables.Length)];
        for (var position = 0; position < timetables.Length; position++)
        {
            if (timetables[position] == timetable)
            {
                bits[position / 64] |= 1UL << (position % 64);
            }
        }

        return bits;
    }

    private static BookingRefusal? Bounded(Instant instant, out long seconds)
    {
        seconds = WallClock.FloorSeconds(instant);
        return seconds switch
        {
            < WallClock.First => BookingRefusal.InThePast,
            >= WallClock.End => BookingRefusal.TooFarAhead,
            _ when WallClock.ToInstant(seconds) != instant => BookingRefusal.StartNotOffered,
            _ => null,
        };
    }
}

/// <summary>The resources that a query is about, in the order shown, and the timetables that they follow, each with their bits.</summary>
internal sealed record AskedResources(int[] ResourceIds, (Timetable Timetable, ulong[] Bits)[] Timetables);
