using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Slotwright.Accounts;
using Slotwright.Branding;
using Slotwright.Localisation;
using Slotwright.Platform;
using Slotwright.Tenancy;

namespace Slotwright.Pages.BackOffice.Settings;

/// <summary>Logo, icon and colours of the account, with what becomes of them.</summary>
[Asks(SetupAct.Brand), Asks(SetupAct.WhiteLabel, Picture = BrandPictureKind.Icon)]
[RequestSizeLimit(MostRequestBytes), RequestFormLimits(MultipartBodyLengthLimit = MostRequestBytes)]
public sealed class BrandModel(Grains grains, Faces faces, Pictures pictures, SetupRights rights, IStringLocalizer<Setup> text) : PageModel
{
    /// <summary>One picture and its form; the picture itself is judged by <see cref="Pictures.MostBytes"/>.</summary>
    private const int MostRequestBytes = Pictures.MostBytes + (256 * 1024);

    private static readonly AccountBrand Neutral = new() { DisplayName = "", Language = "", TimeZone = "" };

    public string Colour { get; private set; } = "";

    public string BarColour { get; private set; } = "";

    public bool HasBar { get; private set; }

    public string? ColourError { get; private set; }

    /// <summary>Which picture was refused, and why.</summary>
    public (BrandPictureKind Kind, string Sentence)? Refused { get; private set; }

    public IActionResult OnGet() => Show() ? Page() : NotFound();

    public async Task<IActionResult> OnPost([FromForm] string? colour, [FromForm] string? bar, [FromForm(Name = "has-bar")] string? hasBar, [FromForm(Name = "do")] string? press)
    {
        if (!Show())
        {
            return NotFound();
        }

        if (press != "reset")
        {
            (Colour, BarColour, HasBar) = (Typed(colour), Typed(bar), hasBar == "yes");
            if (Shade.Parse(Colour) is null || (HasBar && Shade.Parse(BarColour) is null))
            {
                ColourError = text["Brand.ColourShape"];
                return Page();
            }

            if (press == "try")
            {
                return Page();
            }
        }

        return await Change(press == "reset"
            ? new BrandChange { Colour = Neutral.Colour, BarColour = "" }
            : new BrandChange { Colour = Colour, BarColour = HasBar ? BarColour : "" });
    }

    public async Task<IActionResult> OnPostPicture([FromQuery] BrandPictureKind kind, IFormFile? file)
    {
        if (!Show() || !MayChange(kind))
        {
            return NotFound();
        }

        await using var stream = file?.OpenReadStream() ?? Stream.Null;
        var drawn = await pictures.Redraw(stream, kind, HttpContext.RequestAborted);
        if (!drawn.Accepted)
        {
            Refused = (kind, text[$"Picture.{drawn.Refusal}"]);
            return Page();
        }

        var account = HttpContext.Account();
        await grains.Account(account.Id).PutPicture(kind, drawn.Value);
        return Done(account);
    }

    public async Task<IActionResult> OnPostRemove([FromQuery] BrandPictureKind kind)
    {
        if (!Show() || !MayChange(kind))
        {
            return NotFound();
        }

        var account = HttpContext.Account();
        await grains.Account(account.Id).RemovePicture(kind);
        return Done(account);
    }

    /// <summary>A client's icon is its reseller's to choose.</summary>
    public bool MayChange(BrandPictureKind kind) => Enum.IsDefined(kind) && (kind != BrandPictureKind.Icon || rights.MayWhiteLabel(HttpContext));

    /// <summary>False: whoever asks may not.</summary>
    private bool Show()
    {
        var account = HttpContext.Account();
        (Colour, HasBar) = (account.Brand.Colour, account.Brand.BarColour.Length > 0);
        BarColour = HasBar ? account.Brand.BarColour : "#ffffff";
        return rights.MayBrand(HttpContext);
    }

    private async Task<IActionResult> Change(BrandChange change)
    {
        var account = HttpContext.Account();
        await grains.Account(account.Id).ChangeBrand(change);
        return Done(account);
    }

    private SeeOther Done(AccountFace account)
    {
        faces.Forget(account.Id);
        return new SeeOther($"{Links.Settings(account.Name, "brand")}?saved=1");
    }

    private static string Typed(string? colour) => TypedText.Line(colour) is { Length: <= 20 } line ? line.StartsWith('#') ? line : "#" + line : "";
}
