using Microsoft.AspNetCore.Http.HttpResults;
using Slotwright.Accounts;
using Slotwright.Tenancy;

namespace Slotwright.Branding;

/// <summary>An account's colours as a stylesheet of their own, so that pages need no inline style.</summary>
public static class BrandStylesheet
{
    /// <summary>Rises when <see cref="BrandShades"/> derives other shades, so that browsers ask anew.</summary>
    private const int Shape = 2;

    /// <summary>Where the stylesheet of this account's present brand is; another colour is another address.</summary>
    public static string Address(AccountFace account) => $"/brand/{Uri.EscapeDataString(account.Name)}/{Edition(account)}.css";

    public static void MapBrandStylesheet(this IEndpointRouteBuilder routes) =>
        routes.MapGet($"/brand/{{{AccountResolution.RouteKey}}}/{{edition}}.css", Answer).ExcludeFromDescription();

    /// <summary>Custom properties for the light and the dark scheme, and the bar's own colours where it has some.</summary>
    public static string Write(string colour, string barColour = "")
    {
        var brand = Shade.Parse(colour) ?? Shade.Parse(new AccountBrand { DisplayName = "", Language = "", TimeZone = "" }.Colour)!.Value;
        return $":root{{{Properties(BrandShades.OnLight(brand))}}}\n"
            + $"@media(prefers-color-scheme:dark){{:root{{{Properties(BrandShades.OnDark(brand))}}}}}\n"
            + (Shade.Parse(barColour) is { } bar ? $"{Bar(BrandShades.Bar(bar))}@media(prefers-color-scheme:dark){{{Bar(BrandShades.BarOnDark(bar))}}}\n" : "");
    }

    // What opens out of the bar keeps the colours of a card.
    private static string Bar((Shade Ground, Shade Ink) bar) =>
        $".top{{background:{bar.Ground};border-color:{bar.Ground};color:{bar.Ink}}}"
        + $".top .brand,.tools>a,.tools>form .link,.top .languages>summary{{color:{bar.Ink}}}.bar>:focus-visible,.tools>:focus-visible,.tools summary:focus-visible{{outline-color:{bar.Ink}}}";

    private static string Properties(BrandShades shades) =>
        $"--brand:{shades.Fill};--on-brand:{shades.OnFill};--brand-text:{shades.Text};--brand-soft:{shades.Soft}";

    private static string Edition(AccountFace account) => $"{Shape}-{account.Brand.Colour.TrimStart('#')}-{account.Brand.BarColour.TrimStart('#')}";

    private static ContentHttpResult Answer(HttpContext context, string edition)
    {
        var account = context.Account();
        var current = string.Equals(edition, Edition(account), StringComparison.OrdinalIgnoreCase);
        context.Response.Headers.CacheControl = current ? "public, max-age=31536000, immutable" : "no-cache";
        return TypedResults.Text(Write(account.Brand.Colour, account.Brand.BarColour), "text/css");
    }
}
