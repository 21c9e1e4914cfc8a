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

    /// <summary>Which days to show of what was asked for.</summary>
    public WeekPlan Plan(ScheduleFace schedule, WeekChoice choice) => WeekPlan.Of(schedule, choice, clock.GetCurrentInstant().InZone(TimeWords.Zone(schedule.TimeZone)));

    /// <summary>The free times of those days; <paramref name="ignoring"/>: the appointment that is to be moved, null when a new one is booked.</summary>
    public ValueTask<FoundFreeTimes> Find(ScheduleFace schedule, WeekChoice choice, WeekPlan plan, int? ignoring = null) => freeTimes.Find(schedule.AccountId, schedule.Id, new FreeTimesQuery
    {
        From = plan.From,
        To = plan.To,
        ResourceId = choice.ResourceId,
        LengthMinutes = choice.Length,
        Ignoring = ignoring,
        WithDays = true,
    });

    /// <summary>The two in one, for a page on which an appointment is moved.</summary>
    public async Task<Outcome<WeekView, BookingRefusal>> Read(ScheduleFace schedule, WeekLinks links, int ignoring)
    {
        var plan = Plan(schedule, links.Choice);
        var found = await Find(schedule, links.Choice, plan, ignoring);
        return found.Entry is { } entry ? await View(schedule, links, plan, entry.Value, null) : found.Refusal.GetValueOrDefault();
    }

    /// <summary>Ready to be shown; <paramref name="held"/>: what this visitor holds, which is free for him alone.</summary>
    public async Task<WeekView> View(ScheduleFace schedule, WeekLinks links, WeekPlan plan, FreeTimes free, Held? held)
    {
        var choice = links.Choice;
        var zone = TimeWords.Zone(schedule.TimeZone);
        var view = WeekView.Of(schedule, plan, links, free, held is not null && Fits(held, schedule, choice) ? held : null);
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
