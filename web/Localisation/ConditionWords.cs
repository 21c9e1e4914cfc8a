using Microsoft.Extensions.Localization;
using Slotwright.Schedules;

namespace Slotwright.Localisation;

/// <summary>Says a schedule's lengths and conditions in sentences of the request's language, one for each thing that is set.</summary>
public sealed class ConditionWords(IStringLocalizer<Setup> text, TimeWords say)
{
    private const int MinutesPerDay = 1_440;

    /// <summary>"Appointments last 30 min and begin every 15 min, with 10 min kept free afterwards."</summary>
    public string Length(ScheduleDefinition definition)
    {
        var length = definition.Length;
        var lasts = length.IsFixed
            ? text["Said.Fixed", say.Length(length.MinimumMinutes), say.Length(definition.StepMinutes)].Value
            : text["Said.Variable", say.Length(length.MinimumMinutes), say.Length(length.MaximumMinutes), say.Length(length.IncrementMinutes), say.Length(definition.StepMinutes)].Value;
        return (definition.BufferBeforeMinutes, definition.BufferAfterMinutes) switch
        {
            (0, 0) => lasts,
            (0, var after) => $"{lasts} {text["Said.BufferAfter", say.Length(after)]}",
            (var before, 0) => $"{lasts} {text["Said.BufferBefore", say.Length(before)]}",
            var (before, after) => $"{lasts} {text["Said.Buffers", say.Length(before), say.Length(after)]}",
        };
    }

    /// <summary>"Customers book up to 90 days ahead, until 2 h before."</summary>
    public string Window(ScheduleDefinition definition)
    {
        var ahead = definition.HorizonDays == 0 ? text["Said.TodayOnly"].Value : text.Count("Said.Ahead", definition.HorizonDays).Value;
        return definition.MinimumNoticeMinutes == 0 ? text["Said.WindowOpen", ahead] : text["Said.Window", ahead, Ahead(definition.MinimumNoticeMinutes)];
    }

    /// <summary>"One customer holds at most 1 a day and 3 upcoming."</summary>
    public string Limits(ScheduleDefinition definition)
    {
        var limits = definition.CustomerLimits;
        List<string> parts = [];
        Add(limits.PerDay, "Said.PerDay");
        Add(limits.PerWeek, "Said.PerWeek");
        Add(limits.Upcoming, "Said.Upcoming");
        return parts.Count switch
        {
            0 => text["Said.NoLimits"],
            1 => text["Said.Limits", parts[0]],
            _ => text["Said.Limits", text["Hours.And", string.Join(", ", parts.SkipLast(1)), parts[^1]]],
        };

        void Add(int? limit, string name)
        {
            if (limit is { } most)
            {
                parts.Add(text[name, most]);
            }
        }
    }

    /// <summary>"They move it until 1 day before and cancel it until it begins."</summary>
    public string Deadlines(ScheduleDefinition definition) =>
        $"{Deadline("Said.Move", definition.ChangeDeadlineMinutes)} {Deadline("Said.Cancel", definition.CancelDeadlineMinutes)}";

    /// <summary>"2 h", "3 days".</summary>
    public string Ahead(int minutes) => minutes > 0 && minutes % MinutesPerDay == 0 ? text.Count("Said.Days", minutes / MinutesPerDay) : say.Length(minutes);

    private string Deadline(string name, int? minutes) => minutes switch
    {
        null => text[name + "Never"],
        0 => text[name + "UntilStart"],
        { } before => text[name + "Before", Ahead(before)],
    };
}
