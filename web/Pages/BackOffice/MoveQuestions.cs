using Microsoft.Extensions.Localization;
using NodaTime;
using Slotwright.Appointments;
using Slotwright.Localisation;
using Slotwright.Pages.BackOffice.Appointments;
using Slotwright.Tenancy;

namespace Slotwright.Pages.BackOffice;

/// <summary>What staff are asked before something is moved, and what they are told of that lies there.</summary>
public sealed class MoveQuestions(Grains grains, IClock clock, IStringLocalizer<Localisation.BackOffice> text, TimeWords say)
{
    private const int MostNamed = 3;

    /// <summary>Null: nothing to ask.</summary>
    public async Task<PlaceDoubt?> Doubt(Appointment current, WantedPlace wanted)
    {
        ArgumentNullException.ThrowIfNull(current);
        ArgumentNullException.ThrowIfNull(wanted);
        var (start, end) = (wanted.Zoned, EndOf(current, wanted));
        var last = LocalDate.Min(LocalDate.Max(start.Date, end.Date), start.Date.PlusDays(PlaceDoubts.MostDays));
        var hours = await Grains.Again(() => grains.Schedule(wanted.Schedule.AccountId, wanted.Schedule.Id).OpenHours(start.Date.PlusDays(-1), last));
        return PlaceDoubts.Of(current, start, end, wanted.ResourceId, hours, clock.GetCurrentInstant());
    }

    /// <summary>Sentences that name what is at the wanted place; none when only its buffers are, or a visitor's hold.</summary>
    public async Task<IReadOnlyList<string>> InTheWay(Appointment current, WantedPlace wanted)
    {
        ArgumentNullException.ThrowIfNull(current);
        ArgumentNullException.ThrowIfNull(wanted);
        var query = new AppointmentsQuery
        {
            From = wanted.Zoned.ToInstant(),
            To = EndOf(current, wanted).ToInstant(),
            ResourceId = wanted.ResourceId,
            IncludeBlocks = true,
            Limit = MostNamed + 1,
        };
        var found = await grains.Schedule(wanted.Schedule.AccountId, wanted.Schedule.Id).List(query);
        return
        [
            .. DayEntry.Of([.. found.Where(other => other.Id != current.Id).Take(MostNamed)], [wanted.Schedule]).Select(other => other.IsBlock
                ? text["Calendar.KeptFree", say.Span(other.Start, other.End), other.ResourceName].Value
                : text["Calendar.Booked", say.Span(other.Start, other.End), NameOf(other), other.ResourceName].Value),
        ];
    }

    private string NameOf(DayEntry entry) => entry.Appointment.Customer.Name is { Length: > 0 } name ? name : text["Appointment.Nameless"].Value;

    private static ZonedDateTime EndOf(Appointment current, WantedPlace wanted) => wanted.EndZoned ?? wanted.Zoned.Plus(current.End - current.Start);
}
