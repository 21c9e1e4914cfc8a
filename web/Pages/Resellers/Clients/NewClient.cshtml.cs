using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Slotwright.Accounts;
using Slotwright.Limits;
using Slotwright.Localisation;
using Slotwright.Pages.BackOffice.Schedules;
using Slotwright.Pages.Booking;
using Slotwright.Platform;
using Slotwright.Resellers;
using Slotwright.SignIn;
using Slotwright.Tenancy;

namespace Slotwright.Pages.Resellers.Clients;

/// <summary>Makes a new, empty client account.</summary>
[Limited(LimitClass.SignIn)]
public sealed class NewClientModel(Grains grains, Faces faces, SignUpPace pace) : PageModel
{
    public NewClientForm Form { get; private set; } = new();

    /// <summary>Field and name of the sentence that says what is wrong with it.</summary>
    public IReadOnlyDictionary<string, string> Errors { get; private set; } = new Dictionary<string, string>();

    public IReadOnlyList<TemplateListing> Templates { get; private set; } = [];

    /// <summary>The account that was made with a template; null: none yet.</summary>
    public OpenedFromTemplate? Opened { get; private set; }

    public async Task OnGet()
    {
        Form = NewClientForm.Of(HttpContext.Account().Brand);
        Templates = await grains.Reseller(HttpContext.Account().Id).Templates();
    }

    public async Task<IActionResult> OnPost([FromForm] NewClientForm form)
    {
        var account = HttpContext.Account();
        Templates = await grains.Reseller(account.Id).Templates();
        Form = form.Cleaned();
        Errors = Form.Errors();
        if (Errors.Count > 0)
        {
            return Page();
        }

        // A name that cannot be had, and a form sent twice, send no mail.
        if (await grains.FrontDoor.IsFree(Form.Name!) && pace.Refuses(Form.Email!) is { } wait)
        {
            Errors = new Dictionary<string, string> { [nameof(NewClientForm.Email)] = "Wrong.MailedOften" };
            return this.Slower(wait);
        }

        var opened = await grains.Reseller(account.Id).OpenClient(Form.ToCommand());
        if (!opened.Accepted)
        {
            Errors = NewClientForm.ErrorOf(opened.Refusal.Value);
            return Page();
        }

        faces.Forget(opened.Value.AccountId, opened.Value.Name);
        if (Form.Template is { } template)
        {
            // The account stands whatever becomes of the template. Sent again, the form makes neither twice, so the report is the answer to the post.
            Opened = new OpenedFromTemplate(opened.Value, template, await grains.Reseller(account.Id).ApplyTemplate(template, opened.Value.AccountId));
            faces.Forget(opened.Value.AccountId);
            return Page();
        }

        return new SeeOther($"{Links.Client(account.Name, opened.Value.AccountId)}?done=opened");
    }
}

/// <summary>A new client account, and what became of the template chosen for it.</summary>
public sealed record OpenedFromTemplate(AccountReference Account, int TemplateId, Outcome<TemplateApplied, TemplateRefusal> Outcome);

/// <summary>A new client as typed.</summary>
public sealed record NewClientForm
{
    private const int MostDisplayCharacters = 80;

    public string? FormKey { get; init; }

    public string? Name { get; init; }

    public string? DisplayName { get; init; }

    public string? Email { get; init; }

    public string? Language { get; init; }

    public string? Zone { get; init; }

    /// <summary>Whose set-up the account begins with; null: with none.</summary>
    public int? Template { get; init; }

    /// <summary>Empty, with what the reseller's own account suggests.</summary>
    public static NewClientForm Of(AccountBrand brand) => new() { FormKey = BookingForm.NewKey(), Language = brand.Language, Zone = brand.TimeZone };

    public NewClientForm Cleaned() => new()
    {
        FormKey = FormKey is { Length: > 0 and <= 64 } ? FormKey : BookingForm.NewKey(),
        Name = TypedText.Line(Name),
        DisplayName = TypedText.Line(DisplayName),
        Email = TypedText.Line(Email),
        Language = TypedText.Line(Language),
        Zone = TypedText.Line(Zone),
        Template = Template,
    };

    /// <summary>For a cleaned form.</summary>
    public IReadOnlyDictionary<string, string> Errors()
    {
        var errors = new Dictionary<string, string>();
        Check(nameof(DisplayName), DisplayName!.Length is 0 or > MostDisplayCharacters, "Wrong.DisplayName");
        Check(nameof(Name), Name!.Length is < 3 or > 40, "Wrong.NameInvalid");
        Check(nameof(Email), !TypedText.IsEmail(Email!), "Wrong.Email");
        Check(nameof(Language), !Languages.All.Contains(Language!), "Wrong.Language");
        Check(nameof(Zone), !Zones.Known(Zone!), "Wrong.Zone");
        return errors;

        void Check(string field, bool isWrong, string sentence)
        {
            if (isWrong)
            {
                errors[field] = sentence;
            }
        }
    }

    public static IReadOnlyDictionary<string, string> ErrorOf(SignUpRefusal refusal) => refusal switch
    {
        SignUpRefusal.NameInvalid or SignUpRefusal.NameReserved or SignUpRefusal.NameTaken => new Dictionary<string, string> { [nameof(Name)] = $"Wrong.{refusal}" },
        SignUpRefusal.EmailInvalid => new Dictionary<string, string> { [nameof(Email)] = "Wrong.Email" },
        _ => new Dictionary<string, string> { [nameof(DisplayName)] = "Wrong.Other" },
    };

    public OpenClient ToCommand() => new() { Name = Name!, DisplayName = DisplayName!, OwnerEmail = Email!, Language = Language!, TimeZone = Zone!, FormKey = FormKey! };
}
