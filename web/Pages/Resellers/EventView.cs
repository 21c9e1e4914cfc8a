using Microsoft.Extensions.Localization;
using NodaTime;
using Slotwright.Resellers;

namespace Slotwright.Pages.Resellers;

/// <summary>Something that happened at a client, in words.</summary>
/// <param name="Event">What happened.</param>
/// <param name="Text">What, and of which time.</param>
/// <param name="At">When, as short as it can be said today.</param>
public sealed record EventView(ClientEvent Event, string Text, string At)
{
    public bool IsWarning => Event.Kind >= ClientEventKind.LimitNear;

    public static EventView Of(ClientEvent one, IStringLocalizer words, DateTimeZone zone, LocalDate today)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(words);
        var culture = System.Globalization.CultureInfo.CurrentUICulture;
        string Said(Instant at) => at.InZone(zone) is var local && local.Date == today
            ? local.ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture)
            : local.ToString("ddd d MMM, HH:mm", culture);
        return new EventView(one, words[$"Event.{one.Kind}", one.StartsAt is { } starts ? starts.InZone(zone).ToString("ddd d MMM, HH:mm", culture) : ""], Said(one.At));
    }
}
