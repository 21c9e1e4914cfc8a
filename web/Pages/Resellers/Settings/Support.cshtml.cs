using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Slotwright.Accounts;
using Slotwright.Branding;
using Slotwright.Pages.WhiteLabel;
using Slotwright.Platform;
using Slotwright.Resellers;
using Slotwright.Tenancy;

namespace Slotwright.Pages.Resellers.Settings;

/// <summary>Whom clients ask for help, and the line at the foot of free clients' pages.</summary>
public sealed class SupportModel(Grains grains, Faces faces) : PageModel
{
    public SupportForm Form { get; private set; } = new();

    public IReadOnlyDictionary<string, string> Errors { get; private set; } = new Dictionary<string, string>();

    public Told? Told { get; private set; }

    public string Path => Links.Reseller(HttpContext.Account().Name, "settings");

    public async Task OnGet()
    {
        Told = Told.From(Request.Query["told"], "Saved");
        Form = await grains.Reseller(HttpContext.Account().Id).Settings() is { } settings ? SupportForm.Of(settings) : Form;
    }

    public async Task<IActionResult> OnPost([FromForm] SupportForm form)
    {
        Form = form.Cleaned();
        Errors = Form.Errors();
        if (Errors.Count > 0)
        {
            return Page();
        }

        var reseller = grains.Reseller(HttpContext.Account().Id);
        await reseller.ChangeSettings(Form.ToSettings());
        faces.ForgetAll();
        return new SeeOther(Path + "?told=Saved");
    }
}

/// <summary>As typed.</summary>
public sealed record SupportForm
{
    public const int MostCharacters = 120;

    public string? Name { get; init; }

    public string? Email { get; init; }

    public string? Phone { get; init; }

    public string? Website { get; init; }

    public string? Advert { get; init; }

    public static SupportForm Of(ResellerSettings settings) => new()
    {
        Name = settings.Support.Name,
        Email = settings.Support.Email,
        Phone = settings.Support.Phone,
        Website = settings.Support.Website,
        Advert = settings.AdvertLine,
    };

    public SupportForm Cleaned() => new()
    {
        Name = TypedText.Line(Name),
        Email = TypedText.Line(Email),
        Phone = TypedText.Line(Phone),
        Website = TypedText.Line(Website),
        Advert = TypedText.Line(Advert),
    };

    /// <summary>Field and name of the sentence that says what is wrong with it. For a cleaned form.</summary>
    public IReadOnlyDictionary<string, string> Errors()
    {
        var errors = new Dictionary<string, string>();
        Check(nameof(Name), Name!.Length > MostCharacters, "Support.TooLong");
        Check(nameof(Email), Email!.Length > 0 && !TypedText.IsEmail(Email), "Refused.AddressInvalid");
        Check(nameof(Phone), Phone!.Length > 40, "Support.TooLong");
        Check(nameof(Website), Website!.Length > 200 || (Website.Length > 0 && Contact.Website(Website) is null), "Support.WebsiteWrong");
        Check(nameof(Advert), Advert!.Length > MostCharacters, "Support.TooLong");
        return errors;

        void Check(string field, bool isWrong, string sentence)
        {
            if (isWrong)
            {
                errors[field] = sentence;
            }
        }
    }

    public ResellerSettings ToSettings() => new()
    {
        Support = new SupportDetails { Name = Name!, Email = Email!, Phone = Phone!, Website = Website! },
        AdvertLine = Advert!,
    };
}
