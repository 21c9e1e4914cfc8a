using Slotwright.Schedules;

namespace Slotwright.Pages.BackOffice.Appointments;

/// <summary>The fields of a <see cref="PlaceForm"/> as a page shows them.</summary>
public sealed record PlaceView(PlaceForm Form, IReadOnlyList<ScheduleFace> Schedules)
{
    /// <summary>Names of sentences by field.</summary>
    public IReadOnlyDictionary<string, string> Errors { get; init; } = new Dictionary<string, string>();

    /// <summary>An end is asked for instead of a length.</summary>
    public bool ByEnd { get; init; }

    /// <summary>Anyone may be asked for; blocks need to know whose time they keep.</summary>
    public bool OffersAnyone { get; init; } = true;

    /// <summary>The place is taken: whether to place it all the same is asked.</summary>
    public bool AsksOverlap { get; init; }

    /// <summary>It has passed or is closed then: whether it is meant is asked.</summary>
    public bool AsksAnyway { get; init; }

    /// <summary>The clock shows the time twice: which is meant is asked. Offsets in seconds, the earlier pass first.</summary>
    public IReadOnlyList<int> Passes { get; init; } = [];
}
