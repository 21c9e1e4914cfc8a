using NodaTime;
using Slotwright.Appointments;
using Slotwright.Live;
using Slotwright.Localisation;
using Slotwright.Pages.Schedules;
using Slotwright.Schedules;
using Slotwright.Tenancy;

namespace Slotwright.Pages.Booking;

/// <summary>The chosen time as the summary beside the form shows it, and what is free near it when it is not.</summary>
public sealed record BookingOffer
{
    public required ScheduleFace Schedule { get; init; }

    public required ZonedDateTime Start { get; init; }

    public required ZonedDateTime End { get; init; }

    /// <summary>Null: anyone.</summary>
    public required string? ResourceName { get; init; }

    /// <summary>Nearest first; empty while the time itself can be had.</summary>
    public IReadOnlyList<ZonedDateTime> Alternatives { get; init; } = [];
}

/// <summary>Asks a schedule about one time.</summary>
public sealed class OfferReader(Grains grains, FreeTimesCache freeTimes)
{
    private const int MostAlternatives = 4;

    public static BookingOffer Offer(ScheduleFace schedule, ChosenTime chosen, WeekChoice choice)
    {
        var start = chosen.In(TimeWords.Zone(schedule.TimeZone));
        return new BookingOffer
        {
            Schedule = schedule,
            Start = start,
            End = start.Plus(Duration.FromMinutes(choice.Length ?? schedule.Length.DefaultMinutes)),
            ResourceName = schedule.Resources.FirstOrDefault(resource => resource.Id == choice.ResourceId)?.Name,
        };
    }

    /// <summary>Whether a customer could have that time now; the answer may be old before it is read.</summary>
    public async Task<bool> IsFree(ScheduleFace schedule, ChosenTime chosen, WeekChoice choice, int? ignoring = null)
    {
        var free = await freeTimes.FreeTimes(schedule.AccountId, schedule.Id, new FreeTimesQuery
        {
            From = chosen.Date,
            To = chosen.Date,
            ResourceId = choice.ResourceId,
            LengthMinutes = choice.Length,
            Ignoring = ignoring,
            WithDays = true,
        });
        var start = chosen.In(TimeWords.Zone(schedule.TimeZone));
        return start.LocalDateTime == chosen.Value.LocalDateTime && free.Value?.Times.Any(time => time.Start == start.ToInstant()) == true;
    }

    /// <summary>Free times nearest to a wanted one, in its zone.</summary>
    public async Task<IReadOnlyList<ZonedDateTime>> Alternatives(ScheduleFace schedule, ChosenTime chosen, WeekChoice choice)
    {
        var zone = TimeWords.Zone(schedule.TimeZone);
        var nearest = await Grains.Again(() => grains.Schedule(schedule.AccountId, schedule.Id).NearestFree(new NearestFreeQuery
        {
            Around = Time.Moment.At(chosen.In(zone).ToInstant()),
            ResourceId = choice.ResourceId,
            LengthMinutes = choice.Length,
            Count = MostAlternatives,
        }));
        return [.. (nearest.Value?.Times ?? []).Select(time => time.Start.InZone(zone)).OrderBy(start => start.ToInstant())];
    }
}
