using NodaTime;
using Slotwright.Appointments;
using Slotwright.Localisation;
using Slotwright.Schedules;
using Slotwright.Tenancy;
using Slotwright.Time;

namespace Slotwright.Pages.Schedules;

/// <summary>Asks a schedule for the free times of a week and, when there are none, for the next one.</summary>
public sealed class WeekReader(Grains grains, IClock clock)
{
    /// <param name="schedule">Whose times.</param>
    /// <param name="links">Its choice says which week, resource and length.</param>
    /// <param name="ignoring">The appointment that is to be moved; null: a new one is booked.</param>
    public async Task<Outcome<WeekView, BookingRefusal>> Read(ScheduleFace schedule, WeekLinks links, int? ignoring = null)
    {
        var choice = links.Choice;
        var zone = TimeWords.Zone(schedule.TimeZone);
        var plan = WeekPlan.Of(schedule, choice, clock.GetCurrentInstant().InZone(zone));
        var free = await Grains.Again(() => grains.Schedule(schedule.AccountId, schedule.Id).FreeTimes(new FreeTimesQuery
        {
            From = plan.From,
            To = plan.To,
            ResourceId = choice.ResourceId,
            LengthMinutes = choice.Length,
            Ignoring = ignoring,
        }));
        if (!free.Accepted)
        {
            return free.Refusal.GetValueOrDefault();
        }

        var next = free.Value.Times.Count > 0 ? null : await NextFree(schedule, choice, plan.From, zone);
        return WeekView.Of(schedule, plan, links, free.Value, next);
    }

    private async Task<ZonedDateTime?> NextFree(ScheduleFace schedule, WeekChoice choice, LocalDate from, DateTimeZone zone)
    {
        var nearest = await Grains.Again(() => grains.Schedule(schedule.AccountId, schedule.Id).NearestFree(new NearestFreeQuery
        {
            Around = Moment.At(zone.AtStartOfDay(from).ToInstant()),
            ResourceId = choice.ResourceId,
            LengthMinutes = choice.Length,
            Count = 1,
            Earlier = false,
        }));
        return nearest.Value?.Times is [var first, ..] ? first.Start.InZone(zone) : null;
    }
}
