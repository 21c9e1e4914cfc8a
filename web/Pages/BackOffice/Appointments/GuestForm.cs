using Slotwright.Appointments;
using Slotwright.Localisation;

namespace Slotwright.Pages.BackOffice.Appointments;

/// <summary>Who comes, as staff typed it: a name is enough.</summary>
public sealed record GuestForm
{
    public const int MostNameCharacters = 100;
    public const int MostEmailCharacters = 254;
    public const int MostPhoneCharacters = 40;
    public const int MostNoteCharacters = 2000;

    public string? Name { get; init; }

    public string? Email { get; init; }

    public string? Phone { get; init; }

    public string? Mobile { get; init; }

    public string? Note { get; init; }

    /// <summary>Of the mails to the customer.</summary>
    public string? Language { get; init; }

    public string? Key { get; init; }

    /// <summary>Of the appointment when the form was shown.</summary>
    public int? Revision { get; init; }

    public static GuestForm Of(Appointment appointment) => new()
    {
        Name = appointment.Customer.Name,
        Email = appointment.Customer.Email,
        Phone = appointment.Customer.Phone,
        Mobile = appointment.Customer.Mobile,
        Note = appointment.Note,
        Revision = appointment.Revision,
    };

    /// <summary>The same form with what is invisible or superfluous taken out of the text.</summary>
    public GuestForm Cleaned() => this with
    {
        Name = TypedText.Line(Name),
        Email = TypedText.Line(Email),
        Phone = TypedText.Line(Phone),
        Mobile = TypedText.Line(Mobile),
        Note = TypedText.Lines(Note),
        Language = Language is not null && Languages.All.Contains(Language) ? Language : null,
    };

    /// <summary>Adds field and name of the sentence that says what is wrong with it. For a cleaned form.</summary>
    public void Check(IDictionary<string, string> errors, bool isBlock = false)
    {
        if (!isBlock)
        {
            Say(nameof(Name), Name is "" ? "Form.NameMissing" : Name!.Length > MostNameCharacters ? "Form.TooLong" : null);
            Say(nameof(Email), Email is not "" && !TypedText.IsEmail(Email!) ? "Form.EmailShape" : null);
            Say(nameof(Phone), Phone!.Length > MostPhoneCharacters ? "Form.TooLong" : null);
            Say(nameof(Mobile), Mobile!.Length > MostPhoneCharacters ? "Form.TooLong" : null);
        }

        Say(nameof(Note), Note!.Length > MostNoteCharacters ? "Form.TooLong" : null);

        void Say(string field, string? error)
        {
            if (error is not null)
            {
                errors[field] = error;
            }
        }
    }

    /// <summary>Of a cleaned form without errors; what this form does not ask stays as it was.</summary>
    public CustomerDetails Customer(CustomerDetails former) => former with { Name = Name!, Email = Email!, Phone = Phone!, Mobile = Mobile! };

    /// <summary>What was asked, for a repeat's fingerprint.</summary>
    public override string ToString() => string.Join('\n', Name, Email, Phone, Mobile, Note, Language);
}
