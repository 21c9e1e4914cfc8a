using NodaTime;

namespace Slotwright.Schedules;

public sealed partial class ScheduleRules
{
    private const int MostResources = 200;
    private const int MostExceptions = 500;
    private const int LongestName = 60;
    private const int LongestText = 200;
    private const int MinutesOfAYear = 525_600;
    private const int MostReminderHours = 168;

    // Documents come from outside, so that even members that cannot be null may be.
    private static ScheduleRefusal? FirstFault(ScheduleDefinition definition)
    {
        if (!ResourcesValid(definition.Resources))
        {
            return ScheduleRefusal.ResourcesInvalid;
        }

        if (!ExceptionsValid(definition))
        {
            return ScheduleRefusal.ExceptionsInvalid;
        }

        if (!LengthValid(definition.Length))
        {
            return ScheduleRefusal.LengthInvalid;
        }

        if (definition.StepMinutes is < 5 or > OpeningHours.MinutesPerDay)
        {
            return ScheduleRefusal.StepInvalid;
        }

        if (!ConditionsValid(definition))
        {
            return ScheduleRefusal.ConditionsInvalid;
        }

        if (!NameValid(definition.Name))
        {
            return ScheduleRefusal.NameInvalid;
        }

        return FieldsValid(definition.Fields) ? null : ScheduleRefusal.FieldsInvalid;
    }

    private static bool ResourcesValid(IReadOnlyList<Resource> resources) =>
        resources is { Count: >= 1 and <= MostResources }
        && resources.All(resource => resource is { Id: > 0 } && NameValid(resource.Name))
        && resources.Select(resource => resource.Id).Distinct().Count() == resources.Count;

    private static bool ExceptionsValid(ScheduleDefinition definition) =>
        definition.Exceptions is { Count: <= MostExceptions }
        && definition.Exceptions.All(exception =>
            exception is { Spans: not null }
            && exception.From <= exception.To
            && (exception.ResourceId is not { } id || definition.Resources.Any(resource => resource.Id == id)));

    private static bool LengthValid(AppointmentLength length) =>
        length is { MinimumMinutes: >= 5, MaximumMinutes: <= 10_080 }
        && length.MinimumMinutes <= length.MaximumMinutes
        && (length.IsFixed || length.IncrementMinutes > 0)
        && length.DefaultMinutes >= length.MinimumMinutes
        && length.DefaultMinutes <= length.MaximumMinutes
        && (length.IsFixed || (length.DefaultMinutes - length.MinimumMinutes) % length.IncrementMinutes == 0);

    private static bool ConditionsValid(ScheduleDefinition definition) =>
        definition.BufferBeforeMinutes is >= 0 and <= OpeningHours.MinutesPerDay
        && definition.BufferAfterMinutes is >= 0 and <= OpeningHours.MinutesPerDay
        && definition.MinimumNoticeMinutes is >= 0 and <= MinutesOfAYear
        && definition.HorizonDays is >= 0 and <= 3_650
        && definition.ChangeDeadlineMinutes is null or (>= 0 and <= MinutesOfAYear)
        && definition.CancelDeadlineMinutes is null or (>= 0 and <= MinutesOfAYear)
        && definition.ReminderHours is null or (>= 1 and <= MostReminderHours)
        && definition.CustomerLimits is { PerDay: null or > 0, PerWeek: null or > 0, Upcoming: null or > 0 }
        && definition.Description is { Length: <= LongestText }
        && definition.Location is { Length: <= LongestText };

    private static bool FieldsValid(CustomerFields fields) =>
        fields is not null && Enum.IsDefined(fields.Phone) && Enum.IsDefined(fields.Mobile) && Enum.IsDefined(fields.Address) && Enum.IsDefined(fields.Note);

    private static bool NameValid(string name) => name is { Length: <= LongestName } && !string.IsNullOrWhiteSpace(name);

    /// <summary>One timetable per distinct week and set of exceptions, by the resource's position.</summary>
    private static ScheduleRefusal? CompileHours(ScheduleDefinition definition, out Timetable[] timetables)
    {
        timetables = new Timetable[definition.Resources.Count];
        if (WeekOf(definition.OpeningHours) is not { } normalWeek)
        {
            return ScheduleRefusal.OpeningHoursInvalid;
        }

        var exceptions = new List<(int? ResourceId, (long First, long Last, int[] Hours) Days)>();
        foreach (var exception in definition.Exceptions)
        {
            if (OpeningHours.Merge(exception.Spans) is not { } hours)
            {
                return ScheduleRefusal.ExceptionsInvalid;
            }

            exceptions.Add((exception.ResourceId, (WallClock.DayNumber(exception.From), WallClock.DayNumber(exception.To), hours)));
        }

        var byResource = exceptions.ToLookup(exception => exception.ResourceId, exception => exception.Days);
        var shared = SpecialDays.Of([.. byResource[null]]);
        var none = SpecialDays.Of([]);
        var step = definition.StepMinutes * WallClock.Minute;
        var ordinary = new Timetable(normalWeek, none, shared, step);
        var known = new Dictionary<string, Timetable> { [Spell(normalWeek)] = ordinary };
        for (var position = 0; position < timetables.Length; position++)
        {
            var resource = definition.Resources[position];
            if (resource.OpeningHours is null && !byResource.Contains(resource.Id))
            {
                timetables[position] = ordinary;
                continue;
            }

            var week = resource.OpeningHours is null ? normalWeek : WeekOf(resource.OpeningHours);
            if (week is null)
            {
                return ScheduleRefusal.OpeningHoursInvalid;
            }

            if (byResource.Contains(resource.Id))
            {
                timetables[position] = new Timetable(week, SpecialDays.Of([.. byResource[resource.Id]]), shared, step);
            }
            else if (known.TryGetValue(Spell(week), out var same))
            {
                timetables[position] = same;
            }
            else
            {
                known.Add(Spell(week), timetables[position] = new Timetable(week, none, shared, step));
            }
        }

        return null;
    }

    private static string Spell(int[][] week) => string.Join('/', week.Select(day => string.Join(',', day)));

    /// <summary>Seven days from Monday; null when a span is on no day or not on whole minutes.</summary>
    private static int[][]? WeekOf(WeeklyHours hours)
    {
        if (hours is not { Spans: { } spans }
            || spans.Any(span => span is not { Day: >= IsoDayOfWeek.Monday and <= IsoDayOfWeek.Sunday, Span: not null }))
        {
            return null;
        }

        var week = new int[7][];
        for (var day = 0; day < week.Length; day++)
        {
            if (OpeningHours.Merge(spans.Where(span => (int)span.Day == day + 1).Select(span => span.Span)) is not { } merged)
            {
                return null;
            }

            week[day] = merged;
        }

        return week;
    }
}
