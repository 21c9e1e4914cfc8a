namespace Slotwright.Pages.WhiteLabel;

/// <summary>What a page says of the press before it: the name of a sentence in <see cref="Localisation.WhiteLabelWords"/>.</summary>
public sealed record Told(string Key, bool IsGood)
{
    /// <summary>From an address, of which only known names are taken; null: nothing is said.</summary>
    public static Told? From(string? asked, params ReadOnlySpan<string> known) =>
        asked is not null && known.Contains(asked) ? new Told(asked, asked != "AskSure") : null;
}
