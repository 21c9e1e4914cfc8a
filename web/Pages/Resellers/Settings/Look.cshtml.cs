using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Slotwright.Accounts;
using Slotwright.Branding;
using Slotwright.Localisation;
using Slotwright.Pages.WhiteLabel;
using Slotwright.Platform;
using Slotwright.Resellers;
using Slotwright.Tenancy;

namespace Slotwright.Pages.Resellers.Settings;

/// <summary>Colours, logo and icon of clients that have none of their own.</summary>
[RequestSizeLimit(MostRequestBytes), RequestFormLimits(MultipartBodyLengthLimit = MostRequestBytes)]
public sealed class LookModel(Grains grains, Faces faces, Pictures pictures, IStringLocalizer<Setup> text) : PageModel
{
    /// <summary>One picture and its form; the picture itself is judged by <see cref="Pictures.MostBytes"/>.</summary>
    private const int MostRequestBytes = Pictures.MostBytes + (256 * 1024);

    public BrandDefaults Look { get; private set; } = new();

    public Told? Told { get; private set; }

    public string? ColourError { get; private set; }

    /// <summary>Which picture was refused, and why.</summary>
    public (BrandPictureKind Kind, string Sentence)? Refused { get; private set; }

    public string Path => Links.Reseller(HttpContext.Account().Name, "settings/brand");

    public async Task OnGet()
    {
        Told = Told.From(Request.Query["told"], "Saved");
        await Show();
    }

    public async Task<IActionResult> OnPost([FromForm] string? colour, [FromForm] string? bar, [FromForm(Name = "has-colour")] string? hasColour, [FromForm(Name = "has-bar")] string? hasBar)
    {
        var changed = await Reseller.ChangeDefaultColours(hasColour == "yes" ? TypedText.Line(colour) : "", hasBar == "yes" ? TypedText.Line(bar) : "");
        if (changed.Accepted)
        {
            return Done();
        }

        ColourError = text["Brand.ColourShape"];
        return await Show();
    }

    public async Task<IActionResult> OnPostPicture(BrandPictureKind kind, IFormFile? file)
    {
        await using var stream = file?.OpenReadStream() ?? Stream.Null;
        var drawn = Enum.IsDefined(kind) ? await pictures.Redraw(stream, kind, HttpContext.RequestAborted) : default;
        if (!drawn.Accepted)
        {
            Refused = (kind, text[$"Picture.{drawn.Refusal}"]);
            return await Show();
        }

        await Reseller.PutDefaultPicture(kind, drawn.Value);
        return Done();
    }

    public async Task<IActionResult> OnPostRemove(BrandPictureKind kind)
    {
        await Reseller.RemoveDefaultPicture(kind);
        return Done();
    }

    private IResellerGrain Reseller => grains.Reseller(HttpContext.Account().Id);

    private async Task<IActionResult> Show()
    {
        Look = (await Reseller.Settings())?.Look ?? Look;
        return Page();
    }

    private SeeOther Done()
    {
        faces.ForgetAll();
        return new SeeOther(Path + "?told=Saved");
    }
}
