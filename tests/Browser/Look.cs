namespace Slotwright.Browser;

/// <summary>How a page is looked at. Width in CSS pixels: a phone's or a laptop's.</summary>
public sealed record Look(int Width, bool Dark)
{
    public static Look Phone { get; } = new(360, Dark: false);

    public static Look Laptop { get; } = new(1280, Dark: false);

    public static IReadOnlyList<Look> All { get; } = [Phone, new(360, Dark: true), Laptop, new(1280, Dark: true)];

    public string Name => $"{Width}-{(Dark ? "dark" : "light")}";

    public override string ToString() => Name;
}
