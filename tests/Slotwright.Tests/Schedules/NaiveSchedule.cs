using NodaTime;
using Slotwright.Appointments;

namespace Slotwright.Schedules;

/// <summary>
/// The documented rules over again, as plainly as they can be said and without a thought for speed: five minutes by five minutes,
/// zone conversion by zone conversion. Knows definitions whose times are all multiples of five minutes.
/// </summary>
internal sealed class NaiveSchedule(ScheduleDefinition definition)
{
    public const int Tick = 5;

    private readonly DateTimeZone zone = DateTimeZoneProviders.Tzdb[definition.TimeZone];
    private readonly Dictionary<(int ResourceId, Instant At), bool> open = [];

    public static bool InEachOthersWay(Appointment one, Appointment other) =>
        one.ResourceId == other.ResourceId && (Keeps(one, other) || Keeps(other, one));

    /// <summary>A customer would be granted this place.</summary>
    public bool Grants(int resourceId, Instant start, int minutes, Instant now, IEnumerable<Appointment> others)
    {
        var local = start.InZone(zone);
        var today = now.InZone(zone).Date;
        var wish = AgendaExamples.Placed(
            int.MaxValue, start, minutes, resourceId, before: definition.BufferBeforeMinutes, after: definition.BufferAfterMinutes);
        return start >= now + Duration.FromMinutes(definition.MinimumNoticeMinutes)
            && local.Date <= today.PlusDays(definition.HorizonDays)
            && Enumerable.Range(0, minutes / Tick).All(tick => IsOpen(resourceId, start + Duration.FromMinutes(tick * Tick)))
            && IsOnGrid(resourceId, local.LocalDateTime)
            && !others.Any(other => InEachOthersWay(wish, other));
    }

    // The buffers of the one do not touch the other itself.
    private static bool Keeps(Appointment one, Appointment other) =>
        one.Start - Duration.FromMinutes(one.BufferBeforeMinutes) < other.End
        && other.Start < one.End + Duration.FromMinutes(one.BufferAfterMinutes);

    private bool IsOpen(int resourceId, Instant at)
    {
        if (!open.TryGetValue((resourceId, at), out var known))
        {
            var local = at.InZone(zone).LocalDateTime;
            known = IsOpenBy(resourceId, local.Date, local) || IsOpenBy(resourceId, local.Date.PlusDays(-1), local);
            open.Add((resourceId, at), known);
        }

        return known;
    }

    private bool IsOnGrid(int resourceId, LocalDateTime local) =>
        IsOnGridOf(resourceId, local.Date, local) || IsOnGridOf(resourceId, local.Date.PlusDays(-1), local);

    private bool IsOnGridOf(int resourceId, LocalDate day, LocalDateTime local)
    {
        if (!IsOpenBy(resourceId, day, local))
        {
            return false;
        }

        var begin = local;
        while (IsOpenBy(resourceId, day, begin.PlusMinutes(-Tick)))
        {
            begin = begin.PlusMinutes(-Tick);
        }

        return Period.Between(begin, local, PeriodUnits.Minutes).Minutes % definition.StepMinutes == 0;
    }

    /// <summary>Some span that begins on the day holds the time.</summary>
    private bool IsOpenBy(int resourceId, LocalDate day, LocalDateTime local) => SpansOf(resourceId, day).Any(span =>
    {
        var from = day.At(span.From);
        var to = span.To > span.From ? day.At(span.To) : day.PlusDays(1).At(span.To);
        return from <= local && local < to;
    });

    private IEnumerable<OpeningSpan> SpansOf(int resourceId, LocalDate day)
    {
        var exceptions = definition.Exceptions.Where(exception => exception.From <= day && day <= exception.To).ToList();
        var narrowest = exceptions.LastOrDefault(exception => exception.ResourceId == resourceId)
            ?? exceptions.LastOrDefault(exception => exception.ResourceId is null);
        if (narrowest is not null)
        {
            return narrowest.Spans;
        }

        var hours = definition.Resources.Single(resource => resource.Id == resourceId).OpeningHours ?? definition.OpeningHours;
        return hours.Spans.Where(span => span.Day == day.DayOfWeek).Select(span => span.Span);
    }
}
