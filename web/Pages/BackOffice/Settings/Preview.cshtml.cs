using System.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Slotwright.Branding;
using Slotwright.Tenancy;

namespace Slotwright.Pages.BackOffice.Settings;

/// <summary>How a page looks in given colours, as a picture: a page may carry no style of its own, a file may.</summary>
public sealed class PreviewModel : PageModel
{
    /// <param name="scheme"><c>light</c> or <c>dark</c>.</param>
    /// <param name="colour">Six hex digits; null: the account's own.</param>
    /// <param name="bar">Six hex digits; anything else: as cards.</param>
    public IActionResult OnGet(string scheme, string? colour, string? bar)
    {
        if (Shade.Parse(colour is null ? HttpContext.Account().Brand.Colour : "#" + colour) is not { } brand)
        {
            return NotFound();
        }

        var isDark = scheme == "dark";
        var (shades, ground, card, ink) = isDark
            ? (BrandShades.OnDark(brand), BrandShades.DarkGround, BrandShades.DarkCard, BrandShades.DarkInk)
            : (BrandShades.OnLight(brand), BrandShades.LightGround, BrandShades.LightCard, BrandShades.LightInk);
        var top = Shade.Parse("#" + bar) is { } chosen ? isDark ? BrandShades.BarOnDark(chosen) : BrandShades.Bar(chosen) : (card, ink);
        Response.Headers.CacheControl = "private, max-age=300";
        return File(Encoding.UTF8.GetBytes(Draw(shades, ground, card, ink, top)), "image/svg+xml");
    }

    private static string Draw(BrandShades shades, Shade ground, Shade card, Shade ink, (Shade Ground, Shade Ink) top) =>
        $"""
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 200" font-family="system-ui,sans-serif">
        <rect width="320" height="200" fill="{ground}"/><rect width="320" height="40" fill="{top.Ground}"/>
        <rect x="14" y="9" width="22" height="22" rx="6" fill="{shades.Fill}"/><rect x="46" y="16" width="96" height="8" rx="4" fill="{top.Ink}"/>
        <rect x="14" y="54" width="292" height="132" rx="10" fill="{card}"/><rect x="30" y="72" width="120" height="9" rx="4" fill="{ink}"/>
        <rect x="30" y="94" width="58" height="28" rx="8" fill="{shades.Soft}" stroke="{shades.Text}"/><rect x="44" y="105" width="30" height="6" rx="3" fill="{ink}"/>
        <rect x="96" y="94" width="58" height="28" rx="8" fill="{shades.Fill}"/><rect x="110" y="105" width="30" height="6" rx="3" fill="{shades.OnFill}"/>
        <rect x="30" y="140" width="110" height="32" rx="9" fill="{shades.Fill}"/><rect x="58" y="153" width="54" height="7" rx="3" fill="{shades.OnFill}"/>
        <rect x="156" y="153" width="70" height="7" rx="3" fill="{shades.Text}"/>
        </svg>
        """;
}
