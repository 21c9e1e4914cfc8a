namespace Slotwright.Branding;

/// <summary>
/// What the pages use of one brand colour on a light or a dark ground. Text stays legible whatever colour was chosen: every pair
/// named here has a contrast of at least <see cref="Legible"/>, and the shade gives way, never the text.
/// </summary>
public sealed record BrandShades
{
    /// <summary>WCAG 2.2 level AA for text.</summary>
    public const double Legible = 4.5;

    /// <summary>Grounds, cards and inks of <c>site.css</c>; a test reads them there.</summary>
    public static readonly Shade LightGround = new(0xf6, 0xf7, 0xf9);
    public static readonly Shade LightCard = Shade.White;
    public static readonly Shade LightInk = new(0x1c, 0x24, 0x30);
    public static readonly Shade DarkGround = new(0x12, 0x17, 0x1d);
    public static readonly Shade DarkCard = new(0x1a, 0x21, 0x29);
    public static readonly Shade DarkInk = new(0xe8, 0xec, 0xf1);

    private const double Step = 0.02;
    private const double Tint = 0.12;

    private static readonly Shade DeepInk = new(0x0b, 0x10, 0x18);

    /// <summary>Fills buttons and what is chosen.</summary>
    public required Shade Fill { get; init; }

    /// <summary>Text on <see cref="Fill"/>.</summary>
    public required Shade OnFill { get; init; }

    /// <summary>Brand-coloured text and outlines on ground, card and <see cref="Soft"/>.</summary>
    public required Shade Text { get; init; }

    /// <summary>A quiet tint of the card; ink and <see cref="Text"/> are legible on it.</summary>
    public required Shade Soft { get; init; }

    public static BrandShades OnLight(Shade brand) => Of(brand, LightGround, LightCard, LightInk, Shade.Black);

    public static BrandShades OnDark(Shade brand) => Of(brand, DarkGround, DarkCard, DarkInk, Shade.White);

    /// <summary>Ground and ink of the bar at the top of pages: the colour chosen, as near as its ink stays legible.</summary>
    public static (Shade Ground, Shade Ink) Bar(Shade chosen)
    {
        var ink = chosen.Contrast(Shade.White) >= chosen.Contrast(DeepInk) ? Shade.White : DeepInk;
        var away = ink == Shade.White ? Shade.Black : Shade.White;
        return (Until(share => chosen.Mixed(away, share), candidate => candidate.Contrast(ink) >= Legible, 1), ink);
    }

    /// <summary>As <see cref="Bar"/> in the dark scheme, where a light bar would dazzle.</summary>
    public static (Shade Ground, Shade Ink) BarOnDark(Shade chosen) => Bar(chosen.Luminance > 0.3 ? chosen.Mixed(DarkCard, 0.75) : chosen);

    private static BrandShades Of(Shade brand, Shade ground, Shade card, Shade ink, Shade away)
    {
        var soft = Until(share => card.Mixed(brand, Tint - share), candidate => candidate.Contrast(ink) >= Legible, Tint);
        var text = Until(
            share => brand.Mixed(away, share),
            candidate => candidate.Contrast(ground) >= Legible && candidate.Contrast(card) >= Legible && candidate.Contrast(soft) >= Legible,
            1);

        // A button must stand out from its card: a fill that nearly melts into it goes the way its text went.
        var fill = Until(share => brand.Mixed(text, share), candidate => candidate.Contrast(card) >= 1.6, 1);
        var on = fill.Contrast(Shade.White) >= fill.Contrast(DeepInk) ? Shade.White : DeepInk;
        var opposite = on == Shade.White ? Shade.Black : Shade.White;
        return new BrandShades
        {
            Soft = soft,
            Text = text,
            OnFill = on,
            Fill = Until(share => fill.Mixed(opposite, share), candidate => candidate.Contrast(on) >= Legible, 1),
        };
    }

    private static Shade Until(Func<double, Shade> candidate, Func<Shade, bool> good, double most)
    {
        for (var share = 0.0; share < most; share += Step)
        {
            if (candidate(share) is var shade && good(shade))
            {
                return shade;
            }
        }

        return candidate(most);
    }
}
