using System.Globalization;
using Microsoft.Extensions.Localization;
using NodaTime;
using Slotwright.Schedules;

namespace Slotwright.Localisation;

/// <summary>
/// Says opening hours in one sentence of the request's language: "Open Mon–Sat 9–18; closed 25 December". Days with the same hours
/// stand together, spans that touch are one, of exceptions for one day the later counts, and what is over is left out.
/// </summary>
public sealed class OpeningWords(IStringLocalizer<Setup> text)
{
    private const int MinutesPerDay = 1_440;
    private const int MostExceptions = 6;

    private static CultureInfo Culture => CultureInfo.CurrentUICulture;

    /// <summary>The normal week and what differs from it, of the schedule itself.</summary>
    /// <param name="definition">Of which schedule.</param>
    /// <param name="today">In its zone: exceptions that ended before are left out, and dates of this year are said without it.</param>
    public string Of(ScheduleDefinition definition, LocalDate today) => Of(definition.OpeningHours, definition.Exceptions.Where(special => special.ResourceId is null), today);

    /// <summary>What one resource has of its own: its week, its exceptions; null when it has neither.</summary>
    public string? Of(Resource resource, ScheduleDefinition definition, LocalDate today)
    {
        var own = definition.Exceptions.Where(special => special.ResourceId == resource.Id).ToList();
        var exceptions = Exceptions(own, today).ToList();
        return resource.OpeningHours is { } week ? Of(week, own, today)
            : exceptions.Count > 0 ? string.Join(text["Hours.Separator"], exceptions)
            : null;
    }

    /// <summary>"Mon–Fri 9–12 and 14–18, Sat 10–16"; null when no day has a span.</summary>
    public string? Week(WeeklyHours week)
    {
        var groups = Enumerable.Range(1, 7).Select(day => (Day: (IsoDayOfWeek)day, Spans: Merged(week.Spans.Where(span => (int)span.Day == day).Select(span => span.Span))))
            .Where(day => day.Spans.Count > 0)
            .GroupBy(day => string.Join(' ', day.Spans))
            .Select(group => $"{Days([.. group.Select(day => (int)day.Day)])} {Spans(group.First().Spans)}")
            .ToList();
        return groups.Count == 0 ? null : string.Join(", ", groups);
    }

    /// <summary>"9–12 and 14–18", in the order of the day.</summary>
    public string Spans(IEnumerable<OpeningSpan> spans) => Spans(Merged(spans));

    /// <summary>"24 December – 2 January", with the year where it is not the one of today.</summary>
    public string Range(LocalDate from, LocalDate to, LocalDate today) =>
        from == to ? Date(from, today)
        : (from.Year, from.Month) == (to.Year, to.Month) ? $"{Ordinal(from)}–{Date(to, today)}"
        : $"{(from.Year == to.Year && to.Year != today.Year ? DayAndMonth(from) : Date(from, today))} – {Date(to, today)}";

    private string Of(WeeklyHours week, IEnumerable<SpecialHours> special, LocalDate today)
    {
        var normal = Week(week) is { } hours ? text["Hours.Open", hours].Value : text["Hours.NeverOpen"].Value;
        return string.Join(text["Hours.Separator"], Exceptions(special, today).Prepend(normal));
    }

    private IEnumerable<string> Exceptions(IEnumerable<SpecialHours> special, LocalDate today)
    {
        var stretches = Stretches([.. special], today);
        var closed = stretches.Where(stretch => stretch.Spans.Count == 0).ToList();
        if (closed.Count > 0)
        {
            var days = closed.Take(MostExceptions).Select(stretch => Range(stretch.From, stretch.To, today)).ToList();
            if (closed.Count > MostExceptions)
            {
                days.Add(text["Hours.More", closed.Count - MostExceptions]);
            }

            yield return text["Hours.Closed", Listed(days)];
        }

        var other = stretches.Where(stretch => stretch.Spans.Count > 0).ToList();
        foreach (var stretch in other.Take(MostExceptions))
        {
            yield return $"{Range(stretch.From, stretch.To, today)} {Spans(stretch.Spans)}";
        }

        if (other.Count > MostExceptions)
        {
            yield return text["Hours.MoreDays", other.Count - MostExceptions];
        }
    }

    /// <summary>Parted stretches of days from today on, ascending; neighbours with the same hours are one.</summary>
    private static List<(LocalDate From, LocalDate To, List<(int From, int To)> Spans)> Stretches(List<SpecialHours> special, LocalDate today)
    {
        var current = special.Where(one => one.To >= today && one.From <= one.To).ToList();
        var edges = current.SelectMany(one => new[] { LocalDate.Max(one.From, today), one.To.PlusDays(1) }).Distinct().Order().ToList();
        var stretches = new List<(LocalDate From, LocalDate To, List<(int From, int To)> Spans)>();
        for (var edge = 0; edge + 1 < edges.Count; edge++)
        {
            if (current.FindLast(one => one.From <= edges[edge] && edges[edge] <= one.To) is not { } last)
            {
                continue;
            }

            var (from, to, spans) = (edges[edge], edges[edge + 1].PlusDays(-1), Merged(last.Spans));
            if (stretches.Count > 0 && stretches[^1].To.PlusDays(1) == from && stretches[^1].Spans.SequenceEqual(spans))
            {
                stretches[^1] = (stretches[^1].From, to, spans);
            }
            else
            {
                stretches.Add((from, to, spans));
            }
        }

        return stretches;
    }

    /// <summary>Minutes of the day, ascending and parted; an end beyond midnight is more than a day.</summary>
    private static List<(int From, int To)> Merged(IEnumerable<OpeningSpan> spans)
    {
        var merged = new List<(int From, int To)>();
        foreach (var (from, to) in spans.Select(span => (From: Minutes(span.From), To: Minutes(span.To))).Select(span => (span.From, To: span.To <= span.From ? span.To + MinutesPerDay : span.To)).Order())
        {
            if (merged.Count > 0 && from <= merged[^1].To)
            {
                merged[^1] = (merged[^1].From, Math.Max(merged[^1].To, to));
            }
            else
            {
                merged.Add((from, to));
            }
        }

        return merged;
    }

    private string Days(List<int> days)
    {
        if (days.Count == 7)
        {
            return text["Hours.EveryDay"];
        }

        var parts = new List<string>();
        for (var first = 0; first < days.Count;)
        {
            var last = first;
            while (last + 1 < days.Count && days[last + 1] == days[last] + 1)
            {
                last++;
            }

            parts.AddRange(last - first >= 2 ? [$"{Day(days[first])}–{Day(days[last])}"] : days[first..(last + 1)].Select(Day));
            first = last + 1;
        }

        return Listed(parts);
    }

    private string Spans(List<(int From, int To)> spans) =>
        spans is [(0, MinutesPerDay)] ? text["Hours.AllDay"] : text["Hours.Spans", Listed([.. spans.Select(span => $"{Time(span.From)}–{Time(span.To)}")])];

    private string Time(int minutes)
    {
        var (hour, minute) = (minutes > MinutesPerDay ? minutes - MinutesPerDay : minutes) switch { var within => (within / 60, within % 60) };
        return minute == 0 ? text["Hours.Hour", hour] : text["Hours.HourAndMinutes", hour, minute.ToString("00", CultureInfo.InvariantCulture)];
    }

    private string Listed(List<string> parts) =>
        parts.Count < 2 ? string.Concat(parts) : text["Hours.And", string.Join(", ", parts.SkipLast(1)), parts[^1]];

    private static string Day(int day) => Culture.DateTimeFormat.AbbreviatedDayNames[day % 7].TrimEnd('.');

    private static string Date(LocalDate date, LocalDate today) =>
        DayAndMonth(date) + (date.Year == today.Year ? "" : date.Year.ToString(" 0000", CultureInfo.InvariantCulture));

    private static string DayAndMonth(LocalDate date) => $"{Ordinal(date)} {date.ToString("MMMM", Culture)}";

    private static string Ordinal(LocalDate date) =>
        date.Day == 1 && Culture.TwoLetterISOLanguageName == "fr" ? "1er" : date.Day.ToString(CultureInfo.InvariantCulture);

    private static int Minutes(LocalTime time) => (time.Hour * 60) + time.Minute;
}
