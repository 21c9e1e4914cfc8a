using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Slotwright.Appointments;
using Slotwright.Localisation;
using Slotwright.Pages.Booking;
using Slotwright.Schedules;

namespace Slotwright.Pages.BackOffice.Appointments;

/// <summary>A page on which staff place something: reads the form, and asks before it lies over something else.</summary>
public abstract class PlacePage(IStringLocalizer<Refusals> refusals, IStringLocalizer<Localisation.BackOffice> text) : PageModel
{
    public PlaceView Place { get; protected set; } = null!;

    /// <summary>Why it was not done; null when nothing stands in the way.</summary>
    public string? Problem { get; private set; }

    /// <summary>Sentences that name what lies at a place that is taken.</summary>
    public IReadOnlyList<string> InTheWay { get; protected set; } = [];

    protected Dictionary<string, string> Errors { get; } = [];

    /// <summary>Shows the form as it was sent.</summary>
    protected void Show(PlaceForm form, IReadOnlyList<ScheduleFace> schedules, bool byEnd = false, bool offersAnyone = true)
    {
        var zone = schedules.Select(schedule => TimeWords.Zone(schedule.TimeZone)).FirstOrDefault();
        var repeated = zone is not null && form.Local() is { } local ? zone.MapLocal(local) : null;
        Place = new PlaceView(form with { Key = form.Key ?? BookingForm.NewKey() }, schedules)
        {
            Errors = Errors,
            ByEnd = byEnd,
            OffersAnyone = offersAnyone,
            Passes = repeated is { Count: 2 } ? [repeated.First().Offset.Seconds, repeated.Last().Offset.Seconds] : [],
        };
    }

    /// <summary>The form again, asking whether this is meant.</summary>
    protected IActionResult Asked(PlaceDoubt doubt)
    {
        Place = Place with { AsksAnyway = true };
        Problem = text[$"Form.{doubt}"];
        return Page();
    }

    /// <summary>The form again, with the reason; a taken place can be had all the same by saying so.</summary>
    protected IActionResult Refused(BookingRefusal? refusal, WantedPlace wanted)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        if (refusal == BookingRefusal.PlaceTaken && wanted.ResourceId is not null)
        {
            Place = Place with { AsksOverlap = true };
            Problem = text["Form.Taken"];
        }
        else
        {
            Problem = refusal switch
            {
                BookingRefusal.PlaceTaken => text["Form.TakenByAll"],
                BookingRefusal.AccountFull => text["Form.AccountFull"],
                BookingRefusal.LengthNotOffered => text["Form.LengthWrong"],
                BookingRefusal.ChangedMeanwhile => text["Form.ChangedMeanwhile"],
                _ => refusals.For(refusal),
            };
        }

        if (refusal == BookingRefusal.KeyReused)
        {
            Place = Place with { Form = Place.Form with { Key = BookingForm.NewKey() } };
        }

        return Page();
    }
}
