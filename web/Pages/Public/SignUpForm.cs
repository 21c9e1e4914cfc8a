using Slotwright.Accounts;
using Slotwright.Pages.BackOffice.Schedules;

namespace Slotwright.Pages.Public;

/// <summary>Who wants an account, as typed.</summary>
public sealed record SignUpForm
{
    private static readonly Dictionary<string, string> Nothing = [];

    public string DisplayName { get; init; } = "";

    public string Name { get; init; } = "";

    public string Email { get; init; } = "";

    public string TimeZone { get; init; } = "";

    /// <summary>A field that people do not see.</summary>
    public string Subject { get; init; } = "";

    /// <summary>Of a reader of that language, who most likely lives where it is spoken.</summary>
    public static SignUpForm Empty(string language) => new() { TimeZone = UsualZone(language) };

    public SignUpForm Cleaned(string language) => new()
    {
        DisplayName = TypedText.Line(DisplayName),
        Name = TypedText.Line(Name),
        Email = TypedText.Line(Email),
        TimeZone = Zones.With("").Contains(TimeZone) ? TimeZone : UsualZone(language),
        Subject = TypedText.Line(Subject),
    };

    /// <summary>Names of sentences by field; empty: it can be asked for.</summary>
    public IReadOnlyDictionary<string, string> Errors()
    {
        var errors = new Dictionary<string, string>();
        if (DisplayName.Length is 0 or > 80)
        {
            errors["DisplayName"] = "SignUp.BusinessMissing";
        }

        if (Name.Length is < 3 or > 40)
        {
            errors["Name"] = "SignUp.NameInvalid";
        }

        if (!TypedText.IsEmail(Email))
        {
            errors["Email"] = "SignUp.EmailInvalid";
        }

        return errors;
    }

    public SignUp ToCommand(string language) => new() { Name = Name, DisplayName = DisplayName, Email = Email, Language = language, TimeZone = TimeZone };

    /// <summary>At which field a refusal stands, and its sentence; else a sentence about the whole.</summary>
    public static (IReadOnlyDictionary<string, string> Errors, string? Problem) Refused(SignUpRefusal refusal) => refusal switch
    {
        SignUpRefusal.NameInvalid => (At("Name", "SignUp.NameInvalid"), null),
        SignUpRefusal.NameReserved => (At("Name", "SignUp.NameReserved"), null),
        SignUpRefusal.NameTaken => (At("Name", "SignUp.NameTaken"), null),
        SignUpRefusal.EmailInvalid => (At("Email", "SignUp.EmailInvalid"), null),
        SignUpRefusal.BrandInvalid => (At("DisplayName", "SignUp.BusinessMissing"), null),
        _ => (Nothing, "SignUp.Refused"),
    };

    private static Dictionary<string, string> At(string field, string sentence) => new() { [field] = sentence };

    private static string UsualZone(string language) => language switch
    {
        "fr" => "Europe/Paris",
        "nl" => "Europe/Amsterdam",
        _ => "Europe/London",
    };
}
