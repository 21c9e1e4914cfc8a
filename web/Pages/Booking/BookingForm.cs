using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Slotwright.Appointments;
using Slotwright.Pages.Schedules;
using Slotwright.Schedules;
using Slotwright.Time;

namespace Slotwright.Pages.Booking;

/// <summary>The fields of the booking page as the browser sent them: nothing in it can be trusted.</summary>
public sealed record BookingForm
{
    public const int MostNameCharacters = 100;
    public const int MostEmailCharacters = 254;
    public const int MostPhoneCharacters = 40;
    public const int MostAddressCharacters = 300;
    public const int MostNoteCharacters = 2000;

    public string? Name { get; init; }

    public string? Email { get; init; }

    public string? Phone { get; init; }

    public string? Mobile { get; init; }

    public string? Address { get; init; }

    public string? Note { get; init; }

    /// <summary>The e-mail as it was typed when the page asked whether another was meant: sent again, it is right.</summary>
    public string? EmailSure { get; init; }

    /// <summary>The chosen time; see <see cref="ChosenTime"/>.</summary>
    public string? At { get; init; }

    /// <summary>The time that is wanted instead of <see cref="At"/>, by the button of an alternative.</summary>
    public string? Other { get; init; }

    /// <summary>A resource's id; anything else: anyone.</summary>
    public string? Resource { get; init; }

    /// <summary>Minutes; anything else: the schedule's default.</summary>
    public string? Length { get; init; }

    /// <summary>Made anew with each fresh page, so that one page books once however often it is sent.</summary>
    public string? Key { get; init; }

    /// <summary>Hidden from people: whoever fills it in is a machine.</summary>
    public string? Subject { get; init; }

    public static string NewKey() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>A new page for the same time.</summary>
    public BookingForm Fresh() => new() { At = At, Resource = Resource, Length = Length, Key = NewKey() };

    /// <summary>The same form with what is invisible or superfluous taken out of the text.</summary>
    public BookingForm Cleaned() => this with
    {
        Name = TypedText.Line(Name),
        Email = TypedText.Line(Email),
        Phone = TypedText.Line(Phone),
        Mobile = TypedText.Line(Mobile),
        Address = TypedText.Line(Address),
        EmailSure = TypedText.Line(EmailSure),
        Note = TypedText.Lines(Note),
        Key = Key is { Length: > 0 and <= 64 } && Key.All(char.IsAsciiLetterOrDigit) ? Key : NewKey(),
    };

    /// <summary>Field and name of the sentence that says what is wrong with it, in the order of the form; empty when all is well. For a cleaned form.</summary>
    public IReadOnlyDictionary<string, string> Errors(CustomerFields fields)
    {
        var errors = new OrderedDictionary<string, string>();
        Check(nameof(Name), Name is "" ? "Error.NameMissing" : Name!.Length > MostNameCharacters ? "Error.NameTooLong" : null);
        Check(nameof(Email), Email is "" ? "Error.EmailMissing" : !TypedText.IsEmail(Email!) ? "Error.EmailShape" : null);
        CheckUse(nameof(Phone), fields.Phone, Phone!, MostPhoneCharacters, "Error.PhoneMissing", "Error.PhoneTooLong");
        CheckUse(nameof(Mobile), fields.Mobile, Mobile!, MostPhoneCharacters, "Error.MobileMissing", "Error.MobileTooLong");
        CheckUse(nameof(Address), fields.Address, Address!, MostAddressCharacters, "Error.AddressMissing", "Error.AddressTooLong");
        CheckUse(nameof(Note), fields.Note, Note!, MostNoteCharacters, "Error.NoteMissing", "Error.NoteTooLong");
        return errors;

        void CheckUse(string field, FieldUse use, string typed, int most, string missing, string tooLong) =>
            Check(field, use == FieldUse.Required && typed.Length == 0 ? missing : use != FieldUse.Hidden && typed.Length > most ? tooLong : null);

        void Check(string field, string? error)
        {
            if (error is not null)
            {
                errors[field] = error;
            }
        }
    }

    /// <summary>The command of a cleaned form without errors.</summary>
    public BookAppointment ToCommand(ScheduleFace schedule, ChosenTime chosen, string language)
    {
        var choice = Choice(schedule);
        var fields = schedule.Fields;
        return new BookAppointment
        {
            Start = chosen.Moment,
            End = choice.Length is { } minutes
                ? Moment.At(chosen.In(Localisation.TimeWords.Zone(schedule.TimeZone)).ToInstant().Plus(NodaTime.Duration.FromMinutes(minutes)))
                : null,
            ResourceId = choice.ResourceId,
            Customer = new CustomerDetails
            {
                Name = Name ?? "",
                Email = Email ?? "",
                Phone = Asked(fields.Phone, Phone),
                Mobile = Asked(fields.Mobile, Mobile),
                Address = Asked(fields.Address, Address),
            },
            Note = Asked(fields.Note, Note),
            Language = language,
            Actor = Actor.Customer(Email ?? ""),
            Key = new RepeatKey { Credential = "page", Key = Key ?? NewKey(), Fingerprint = Fingerprint(chosen, choice) },
        };
    }

    public WeekChoice Choice(ScheduleFace schedule) => WeekChoice.Of(Resource, Length, schedule);

    /// <summary>What was sent for a field that is not asked is nobody's answer.</summary>
    private static string Asked(FieldUse use, string? typed) => use == FieldUse.Hidden ? "" : typed ?? "";

    private string Fingerprint(ChosenTime chosen, WeekChoice choice)
    {
        var asked = string.Join('\n', chosen, choice.ResourceId?.ToString(CultureInfo.InvariantCulture), choice.Length?.ToString(CultureInfo.InvariantCulture), Name, Email, Phone, Mobile, Address, Note);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(asked)));
    }
}
