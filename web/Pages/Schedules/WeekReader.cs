using NodaTime;
using Slotwright.Appointments;
using Slotwright.Live;
using Slotwright.Localisation;
using Slotwright.Schedules;
using Slotwright.Tenancy;
using Slotwright.Time;

namespace Slotwright.Pages.Schedules;

/// <summary>The free times of a week as this node knows them and, when there are none, the next one.</summary>
public sealed class WeekReader(Grains grains, FreeTimesCache freeTimes, IClock clock)
{
    private const int MostNear = 3;

    /// <param name="schedule">Whose times.</param>
    /// <param name="links">Its choice says which week, resource, length and time.</param>
    /// <param name="ignoring">The appointment that is to be moved; null: a new one is booked.</param>
    /// <param name="held">What this visitor holds: free for him alone.</param>
    public async Task<Outcome<WeekView, BookingRefusal>> Read(ScheduleFace schedule, WeekLinks links, int? ignoring = null, Held? held = null)
    {
        var choice = links.Choice;
        var zone = TimeWords.Zone(schedule.TimeZone);
        var plan = WeekPlan.Of(schedule, choice, clock.GetCurrentInstant().InZone(zone));
        var free = await freeTimes.FreeTimes(schedule.AccountId, schedule.Id, new FreeTimesQuery
        {
            From = plan.From,
            To = plan.To,
            ResourceId = choice.ResourceId,
            LengthMinutes = choice.Length,
            Ignoring = ignoring,
            WithDays = true,
        });
        if (!free.Accepted)
        {
            return free.Refusal.GetValueOrDefault();
        }

        var own = held is not null && Fits(held, schedule, choice) ? held : null;
        var view = WeekView.Of(schedule, plan, links, free.Value, own);
        return view.IsEmpty ? view with { NextFree = await NextFree(schedule, choice, zone.AtStartOfDay(plan.From).ToInstant()) }
            : view is { Chosen: null } && choice.At is { } gone ? view with { Near = await Near(schedule, choice, gone.In(zone).ToInstant(), earlier: true, MostNear) }
            : view;
    }

    /// <summary>The first free time at or after an instant; null: none up to the horizon.</summary>
    public async Task<ZonedDateTime?> NextFree(ScheduleFace schedule, WeekChoice choice, Instant from) =>
        await Near(schedule, choice, from, earlier: false, 1) is [var first, ..] ? first : null;

    private async Task<IReadOnlyList<ZonedDateTime>> Near(ScheduleFace schedule, WeekChoice choice, Instant around, bool earlier, int count)
    {
        var nearest = await Grains.Again(() => grains.Schedule(schedule.AccountId, schedule.Id).NearestFree(new NearestFreeQuery
        {
            Around = Moment.At(around),
            ResourceId = choice.ResourceId,
            LengthMinutes = choice.Length,
            Count = count,
            Earlier = earlier,
        }));
        var zone = TimeWords.Zone(schedule.TimeZone);
        return [.. (nearest.Value?.Times ?? []).Select(time => time.Start.InZone(zone)).OrderBy(start => start.ToInstant())];
    }

    private static bool Fits(Held held, ScheduleFace schedule, WeekChoice choice) =>
        (choice.ResourceId is null || choice.ResourceId == held.ResourceId)
        && held.End - held.Start == Duration.FromMinutes(choice.Length ?? schedule.Length.DefaultMinutes);
}
