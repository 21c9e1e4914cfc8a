using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Slotwright.Accounts;
using Slotwright.Limits;
using Slotwright.Localisation;
using Slotwright.Pages.BackOffice.Schedules;
using Slotwright.Platform;
using Slotwright.Resellers;
using Slotwright.SignIn;
using Slotwright.Tenancy;

namespace Slotwright.Pages.BackOffice.Settings;

/// <summary>How the account presents itself in words, the name in its addresses, and to a reseller who administers it.</summary>
[Asks(SetupAct.Inform), Asks(SetupAct.HandOver, Handler = "Administrator")]
public sealed class InformationModel(Grains grains, Faces faces, SignUpPace pace, IStringLocalizer<Setup> text, IStringLocalizer<ActingWords> words) : PageModel
{
    public InformationForm Form { get; private set; } = new();

    public IReadOnlyDictionary<string, string> Errors { get; private set; } = new Dictionary<string, string>();

    public string Name { get; private set; } = "";

    public string? NameError { get; private set; }

    /// <summary>As typed for another administrator.</summary>
    public string Email { get; private set; } = "";

    public string? EmailError { get; private set; }

    public PageResult OnGet()
    {
        var account = HttpContext.Account();
        (Form, Name) = (InformationForm.Of(account.Brand), account.Name);
        return Page();
    }

    public async Task<IActionResult> OnPost([FromForm] InformationForm form)
    {
        var account = HttpContext.Account();
        (Form, Name) = (form.Cleaned(), account.Name);
        Errors = Form.Errors();
        if (Errors.Count > 0)
        {
            return Page();
        }

        var changed = await grains.Account(account.Id).ChangeBrand(Form.ToChange());
        if (!changed.Accepted)
        {
            Errors = new Dictionary<string, string> { ["DisplayName"] = "Refusal.Other" };
            return Page();
        }

        faces.Forget(account.Id);
        return new SeeOther($"{Links.Settings(account.Name)}?saved=1");
    }

    public async Task<IActionResult> OnPostName([FromForm] string? name)
    {
        var account = HttpContext.Account();
        (Form, Name) = (InformationForm.Of(account.Brand), TypedText.Line(name));
        var renamed = await grains.Account(account.Id).Rename(Name);
        if (!renamed.Accepted)
        {
            NameError = text[$"Rename.{renamed.Refusal}"];
            return Page();
        }

        faces.Forget(account.Id, renamed.Value.Name);
        faces.Forget(account.Id, account.Name);
        return new SeeOther($"{Links.Settings(renamed.Value.Name)}?saved=1");
    }

    public async Task<IActionResult> OnPostAdministrator([FromForm] string? email)
    {
        if (HttpContext.ActingOrNone() is not { } acting)
        {
            return NotFound();
        }

        var account = HttpContext.Account();
        (Form, Name, Email) = (InformationForm.Of(account.Brand), account.Name, TypedText.Line(email));
        if (TypedText.IsEmail(Email) && pace.Refuses(Email) is { } wait)
        {
            EmailError = words["HandOver.MailedOften"];
            return this.Slower(wait);
        }

        var handed = await grains.Reseller(acting.ResellerId).HandOver(new HandOverClient(acting.Ticket, Email, account.Brand.Language));
        if (!handed.Accepted)
        {
            EmailError = words[$"HandOver.{handed.Refusal}"];
            return Page();
        }

        faces.Forget(account.Id);
        return new SeeOther($"{Links.Settings(account.Name)}?handed=1");
    }
}

/// <summary>What customers read about the business, as typed.</summary>
public sealed record InformationForm
{
    public const int MostNameCharacters = 80;
    public const int MostTaglineCharacters = 300;
    public const int MostContactCharacters = 200;
    public const int MostFramesCharacters = 6_000;

    public string? DisplayName { get; init; }

    public string? Tagline { get; init; }

    public string? Contact { get; init; }

    public string? Language { get; init; }

    public string? Zone { get; init; }

    /// <summary>Sites that may show the public pages in a frame, one a line.</summary>
    public string? Frames { get; init; }

    public static InformationForm Of(AccountBrand brand) => new()
    {
        DisplayName = brand.DisplayName,
        Tagline = brand.Tagline,
        Contact = brand.Contact,
        Language = brand.Language,
        Zone = brand.TimeZone,
        Frames = brand.FramedBy.Replace(' ', '\n'),
    };

    public InformationForm Cleaned() => new()
    {
        DisplayName = TypedText.Line(DisplayName),
        Tagline = TypedText.Line(Tagline),
        Contact = TypedText.Line(Contact),
        Language = TypedText.Line(Language),
        Zone = TypedText.Line(Zone),
        Frames = string.Join('\n', Sites(Frames)),
    };

    /// <summary>Field and name of the sentence that says what is wrong with it. For a cleaned form.</summary>
    public IReadOnlyDictionary<string, string> Errors()
    {
        var errors = new Dictionary<string, string>();
        Check(nameof(DisplayName), DisplayName!.Length is 0 or > MostNameCharacters, "Information.NameLength");
        Check(nameof(Tagline), Tagline!.Length > MostTaglineCharacters, "Information.TaglineTooLong");
        Check(nameof(Contact), Contact!.Length > MostContactCharacters, "Texts.TooLong");
        Check(nameof(Language), !Languages.All.Contains(Language!), "Information.LanguageUnknown");
        Check(nameof(Zone), !Zones.Known(Zone!), "Refusal.UnknownTimeZone");
        Check(nameof(Frames), !FramingSites.IsValid(FramedBy), "Information.FramesWrong");
        return errors;

        void Check(string field, bool isWrong, string sentence)
        {
            if (isWrong)
            {
                errors[field] = sentence;
            }
        }
    }

    public BrandChange ToChange() => new() { DisplayName = DisplayName, Tagline = Tagline, Contact = Contact, Language = Language, TimeZone = Zone, FramedBy = FramedBy };

    private string FramedBy => string.Join(' ', Sites(Frames));

    // As people write addresses: with a stroke at the end, capital letters, commas between them.
    private static string[] Sites(string? typed) =>
        [.. (typed ?? "").ToLowerInvariant().Split([' ', ',', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(site => site.EndsWith('/') ? site[..^1] : site).Distinct()];
}
