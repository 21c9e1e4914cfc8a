using NodaTime;

namespace Slotwright.Schedules;

public sealed partial class ScheduleRules
{
    private const int MostDaysShown = 62;

    /// <summary>See <see cref="IScheduleGrain.OpenHours"/>.</summary>
    public IReadOnlyList<OpenHours> OpenHours(LocalDate from, LocalDate to)
    {
        var days = Period.DaysBetween(from, to) + 1;
        if (days is < 1 or > MostDaysShown)
        {
            throw new ArgumentOutOfRangeException(nameof(to), $"From 1 to {MostDaysShown} days.");
        }

        var hours = new List<OpenHours>();
        for (var position = 0; position < ResourceIds.Length; position++)
        {
            for (var day = from; day <= to; day = day.PlusDays(1))
            {
                var midnight = day.AtMidnight();
                var minutes = timetables[position].On(WallClock.DayNumber(day));
                for (var span = 0; span < minutes.Length; span += 2)
                {
                    hours.Add(new OpenHours(ResourceIds[position], midnight.PlusMinutes(minutes[span]), midnight.PlusMinutes(minutes[span + 1])));
                }
            }
        }

        return hours;
    }
}
