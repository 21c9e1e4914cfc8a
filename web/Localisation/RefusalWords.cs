using Microsoft.Extensions.Localization;
using Slotwright.Appointments;

namespace Slotwright.Localisation;

public static class RefusalWords
{
    /// <summary>The sentence of a refusal; a general one for a refusal that has none yet.</summary>
    public static string For(this IStringLocalizer<Refusals> refusals, BookingRefusal? refusal) =>
        refusals[refusal?.ToString() ?? "Other"] is { ResourceNotFound: false } known ? known.Value : refusals["Other"].Value;
}
